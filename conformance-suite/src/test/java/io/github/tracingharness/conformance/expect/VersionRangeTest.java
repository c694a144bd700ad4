package io.github.tracingharness.conformance.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {

  @ParameterizedTest
  @CsvSource({
    "'*', 3.17.2, true",
    "'*', unknown, true",
    "'>=3.10 <3.19', 3.10, true",
    "'>=3.10 <3.19', 3.9.9, false",
    "'>=3.10 <3.19', 3.17.2, true",
    "'>=3.10 <3.19', 3.19.0, false",
    "'>=3.10 <3.19', 3.19.0rc1, true",
    "'>=3.10 <3.19', unknown, false",
    "'>= 3.10, < 3.19', 3.18.99, true",
    "'>3.10 <=3.11', 3.10.0, false",
    "'>3.10 <=3.11', 3.11, true",
    "3.17.2, 3.17.2, true",
    "=3.17, 3.17.0, true",
    "3.17, 3.17.2, false",
    "'<2 || >=3', 2.5, false",
    "'<2 || >=3', 1.9, true",
    "'<2 || >=3', 3, true",
    ">=0.1.0-SNAPSHOT, 0.1.0-SNAPSHOT, true",
    ">=0.1.0, 0.1.0-SNAPSHOT, false",
    ">=3.17.0.dev0, 3.17.0, true",
    "3.17.2, 3.17.2+build.5, true"
  })
  void contains_version_isComparedNumberByNumber(String range, String version, boolean expected) {
    assertThat(VersionRange.parse(range).contains(version)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "new", ">=", "~3.1", ">=3.1 and <4", "3.x", "<2 ||", "=>3", "<>3"})
  void parse_noRange_isRefusedWithWhatIsAllowed(String range) {
    assertThatThrownBy(() -> VersionRange.parse(range))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + range + "' is no range of versions; allowed are " + VersionRange.ALLOWED);
  }

  @Test
  void toString_range_isAsWritten() {
    assertThat(VersionRange.parse(">=3.10  <3.19")).hasToString(">=3.10  <3.19");
  }
}
