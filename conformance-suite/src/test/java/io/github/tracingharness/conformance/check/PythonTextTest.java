package io.github.tracingharness.conformance.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected texts are what CPython 3.11 prints. */
class PythonTextTest {

  @Test
  void of_nested_hasPythonsSeparators() {
    JsonNode value =
        HandMadeHistory.json("{'a': [1, 2.5, true, null, {}], 'b': [], 'c': {'d': 'e'}}");
    assertThat(PythonText.of(value, true))
        .isEqualTo("{\"a\": [1, 2.5, true, null, {}], \"b\": [], \"c\": {\"d\": \"e\"}}");
  }

  @Test
  void of_nonAscii_isEscapedOnlyWhenAsked() {
    JsonNode value = TextNode.valueOf("é🚀\u007f\n\t\"\\\u0001/");
    assertThat(PythonText.of(value, true))
        .isEqualTo("\"\\u00e9\\ud83d\\ude80\\u007f\\n\\t\\\"\\\\\\u0001/\"");
    assertThat(PythonText.of(value, false)).isEqualTo("\"é🚀\u007f\\n\\t\\\"\\\\\\u0001/\"");
    assertThat(PythonText.asciiSize(value)).isEqualTo(41);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0",
    "0.1, 0.1",
    "-2.5, -2.5",
    "0.0, 0.0",
    "-0.0, -0.0",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "1.5e300, 1.5e+300",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "-1.25e-7, -1.25e-07",
    "NaN, NaN",
    "Infinity, Infinity",
    "-Infinity, -Infinity"
  })
  void of_double_isPythonsRepr(double value, String text) {
    assertThat(PythonText.of(DoubleNode.valueOf(value), true)).isEqualTo(text);
  }
}
