package io.github.tracingharness.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SqliteTextTest {

  /** What {@code select cast(x as text)} gives. */
  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("LLM", "LLM"),
        Arguments.of("\"quoted\"", "\"quoted\""),
        Arguments.of(42L, "42"),
        Arguments.of(true, "1"),
        Arguments.of(false, "0"),
        Arguments.of(0.0, "0.0"),
        Arguments.of(-1.5, "-1.5"),
        Arguments.of(42.0, "42.0"),
        Arguments.of(0.1 + 0.2, "0.3"),
        Arguments.of(0.0001, "0.0001"),
        Arguments.of(1e-7, "1.0e-07"),
        Arguments.of(1e300, "1.0e+300"),
        Arguments.of(123456789012345680.0, "1.23456789012346e+17"),
        Arguments.of(Double.NEGATIVE_INFINITY, "-Inf"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void value_inAColumnOfTexts_isWrittenAsBySqlite(Object value, String text) {
    assertThat(SqliteText.of(value)).isEqualTo(text);
  }
}
