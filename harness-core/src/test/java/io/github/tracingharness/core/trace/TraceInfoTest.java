package io.github.tracingharness.core.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceInfoTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "61, 0.061s",
    "1234, 1.234s",
    "2080, 2.080s",
    "61000, 61s",
    "-1500, -1.500s",
    "-100000000000, -100000000s"
  })
  void toWireTree_duration_hasNoOrThreeDecimals(long millis, String expected) {
    assertThat(info(0, millis).toWireTree()).containsEntry("execution_duration", expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1700000000000, 2023-11-14T22:13:20Z",
    "1700000000061, 2023-11-14T22:13:20.061Z",
    "-1, 1969-12-31T23:59:59.999Z"
  })
  void toWireTree_requestTime_hasNoOrThreeDecimals(long millis, String expected) {
    assertThat(info(millis, 0).toWireTree()).containsEntry("request_time", expected);
  }

  @Test
  void toTree_duration_isANumberAndUnsetFieldsAreAbsent() {
    assertThat(info(0, 5).toTree())
        .containsEntry("execution_duration_ms", 5L)
        .doesNotContainKeys(
            "execution_duration", "client_request_id", "request_preview", "response_preview");
  }

  @Test
  void cut_nonBmpCharacters_countsCodePoints() {
    assertThat(Texts.cut("😀😀😀", 2)).isEqualTo("😀😀");
    assertThat(Texts.ellipsize("😀".repeat(1000), 1000)).isEqualTo("😀".repeat(1000));
    assertThat(Texts.ellipsize("😀".repeat(1001), 1000)).isEqualTo("😀".repeat(997) + "...");
  }

  private static TraceInfo info(long requestTimeMs, long durationMs) {
    return new TraceInfo(
        "tr-" + "0".repeat(32),
        null,
        new TraceLocation.Experiment("1"),
        null,
        null,
        requestTimeMs,
        durationMs,
        TraceState.OK,
        Map.of(),
        Map.of());
  }
}
