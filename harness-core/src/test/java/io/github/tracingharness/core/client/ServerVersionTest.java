package io.github.tracingharness.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerVersionTest {

  @ParameterizedTest
  @CsvSource({
    "3.4, true",
    "3.4.0, true",
    "3.17.2, true",
    "3.10.0.dev0, true",
    "4.0.0, true",
    "3.4.1rc1, true",
    "3.4.0.post1, true",
    "3.5.0rc1, true",
    " 3.17.2 , true",
    "3.4.0+databricks, true",
    "3.4.0rc1, false",
    "3.4.dev0, false",
    "3.3.9, false",
    "2.22.0, false",
    "3, false"
  })
  void isAtLeast34_version_comparesAsPython(String version, boolean expected) {
    assertThat(ServerVersion.parse(version).orElseThrow().isAtLeast(3, 4)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Not Found", "<html>3.4</html>", "3.x", "99999999999.1"})
  void parse_textThatIsNoVersion_isEmpty(String text) {
    assertThat(ServerVersion.parse(text)).isEmpty();
  }
}
