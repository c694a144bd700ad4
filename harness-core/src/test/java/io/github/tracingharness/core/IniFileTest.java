package io.github.tracingharness.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IniFileTest {

  @Test
  void parse_allForms_areReadAsPythonDoes() {
    IniFile file = IniFile.parse("f", """
        # a comment
        [DEFAULT]
        Host = https://one ; no comment

        [my profile]
          ; a comment
        host: https://two:8443/a=b
        token=
        long = first
           second

           third
        client_id = x # kept
        [DEFAULT]
        more = 1
        """);

    assertThat(file.sections()).containsExactly("DEFAULT", "my profile");
    assertThat(file.section("DEFAULT"))
        .contains(Map.of("host", "https://one ; no comment", "more", "1"));
    assertThat(file.section("my profile").orElseThrow())
        .containsEntry("host", "https://two:8443/a=b")
        .containsEntry("token", "")
        .containsEntry("long", "first\nsecond\nthird")
        .containsEntry("client_id", "x # kept");
    assertThat(file.section("other")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "host = x|Line 1 of f stands before the first section.",
        "[a]\\ntoken s3cret|Line 2 of f is neither a section nor key = value.",
        "[a]\\n= s3cret|Line 2 of f is neither a section nor key = value.",
        "[a]\\ntoken=s3cret\\nTOKEN=s3cret|Line 3 of f has the key token for the second time.",
        "[a]\\n[b]\\n[a]|Line 3 of f has the section a twice."
      })
  void parse_wrongLine_isNamedWithoutItsValue(String text, String message) {
    assertThatThrownBy(() -> IniFile.parse("f", text.replace("\\n", "\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Property
  void parse_writtenSections_areReadBack(
      @ForAll("sections") Map<String, Map<String, String>> sections) {
    StringBuilder text = new StringBuilder();
    sections.forEach((name, values) -> {
      text.append('[').append(name).append("]\n");
      values.forEach(
          (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
    });

    IniFile file = IniFile.parse("f", text.toString());

    Map<String, Map<String, String>> read = new LinkedHashMap<>();
    file.sections().forEach(name -> read.put(name, file.section(name).orElseThrow()));
    assertThat(read).isEqualTo(sections);
  }

  @Property
  void parse_anyText_isReadOrRefusedWithALine(@ForAll String text) {
    try {
      assertThat(IniFile.parse("f", text).sections()).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageMatching("Line \\d+ of f [\\s\\S]*\\.");
    }
  }

  @Provide
  Arbitrary<Map<String, Map<String, String>>> sections() {
    Arbitrary<String> names =
        Arbitraries.strings().withChars("abcXYZ-_. ").ofMinLength(1).ofMaxLength(9);
    Arbitrary<String> keys = Arbitraries.strings()
        .withCharRange('a', 'z')
        .withChars('_')
        .ofMinLength(1)
        .ofMaxLength(9)
        .map(key -> key.toLowerCase(Locale.ROOT));
    Arbitrary<String> values = Arbitraries.strings()
        .withCharRange('!', '~')
        .withChars("äß= :[]#;%")
        .ofMaxLength(20)
        .map(String::strip);
    return Arbitraries.maps(names, Arbitraries.maps(keys, values).ofMaxSize(5)).ofMaxSize(4);
  }
}
