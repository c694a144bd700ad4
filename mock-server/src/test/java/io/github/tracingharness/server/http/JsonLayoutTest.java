package io.github.tracingharness.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLayoutTest {

  private static final JsonNode TREE =
      Json.read("{\"b\": [1, {\"c\": null}], \"a\": {}, \"d\": []}").orElseThrow();

  @Test
  void tree_inEachLayout_isWrittenAsPythonDoes() {
    assertThat(JsonLayout.COMPACT.write(TREE))
        .isEqualTo("{\"b\":[1,{\"c\":null}],\"a\":{},\"d\":[]}");
    assertThat(JsonLayout.SPACED.write(TREE))
        .isEqualTo("{\"b\": [1, {\"c\": null}], \"a\": {}, \"d\": []}");
    assertThat(JsonLayout.PRETTY.write(TREE)).isEqualTo("""
            {
              "b": [
                1,
                {
                  "c": null
                }
              ],
              "a": {},
              "d": []
            }""");
  }

  @Test
  void text_withSpecialCharacters_isEscapedAsPythonDoes() {
    JsonNode text = Json.read("\"é🙂\\u007f\\u0001\\n\\\"\\\\/\"").orElseThrow();

    assertThat(JsonLayout.COMPACT.write(text))
        .isEqualTo("\"\\u00e9\\ud83d\\ude42\\u007f\\u0001\\n\\\"\\\\/\"");
    assertThat(JsonLayout.COMPACT.write(text, false)).isEqualTo("\"é🙂\u007f\\u0001\\n\\\"\\\\/\"");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "-0.0, -0.0",
    "1, 1.0",
    "1.5, 1.5",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "7.5e-07, 7.5e-07",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "1.25e100, 1.25e+100",
    "NaN, NaN",
    "Infinity, Infinity",
    "-Infinity, -Infinity",
    "123456789.125, 123456789.125"
  })
  void number_written_looksLikePythonsRepr(double number, String expected) {
    assertThat(JsonLayout.number(number)).isEqualTo(expected);
  }
}
