package io.github.tracingharness.conformance.check;

import static io.github.tracingharness.conformance.check.HandMadeHistory.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a': 1, 'b': 2} | {'b': 2, 'a': 1}",
        "1.50 | 1.5",
        "[1, [2]] | [1, [2]]",
        "1180591620717411303424 | 1180591620717411303424"
      })
  void same_equalValues_isTrue(String a, String b) {
    assertThat(Json.same(json(a), json(b))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 | 1.0",
        "1 | '1'",
        "[1, 2] | [2, 1]",
        "[1] | [1, 1]",
        "{'a': 1} | {'a': 1, 'b': 1}",
        "{'a': 1} | {'b': 1}",
        "null | ''",
        "true | 'true'",
        "9007199254740993 | 9007199254740992"
      })
  void same_otherValues_isFalse(String a, String b) {
    assertThat(Json.same(json(a), json(b))).isFalse();
  }

  @Test
  void strict_pythonsTokensOrTrailingText_isRefused() {
    assertThat(Json.strict("NaN")).isEmpty();
    assertThat(Json.strict("{} x")).isEmpty();
    assertThat(Json.strict("")).isEmpty();
    assertThat(Json.lenient("[NaN, -Infinity]")).isPresent();
    assertThat(Json.lenient("v")).isEmpty();
  }
}
