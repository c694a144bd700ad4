package io.github.tracingharness.conformance.check;

import static io.github.tracingharness.conformance.check.CheckAssertions.assertMet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnmet;

import io.github.tracingharness.conformance.history.CaseHistory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

  @ParameterizedTest
  @ValueSource(strings = {"2023-11-14T22:13:20.223Z", "2023-11-14T22:13:20.223456789Z"})
  void requestTime_cutOrExact_isMet(String time) {
    assertMet(Times.requestTime("a", "2023-11-14T22:13:20.223Z"), info("request_time", time));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023-11-14T22:13:20.224Z", "2023-11-14T22:13:20Z", "1700000000223"})
  void requestTime_other_isNotMet(String time) {
    assertUnmet(
        Times.requestTime("a", "2023-11-14T22:13:20.223Z"),
        info("request_time", time),
        "expected trace_info/request_time of the trace of a to be \"2023-11-14T22:13:20.223Z\" to the millisecond below\n"
            + "   found \"" + time
            + "\"\n nearest #1 POST /api/3.0/mlflow/traces -> 200: {\"trace\": {\"trace_info\":"
            + " {\"trace_id\": \"tr-11111111111111111111111111111111\", \"request_time\": \"" + time
            + "\"}}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.234s", "1.234000s", "1.234999999s"})
  void duration_cutOrExact_isMet(String duration) {
    assertMet(Times.duration("a", "1.234"), info("execution_duration", duration));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.235s", "1234", "1.234", "-1.234s", "1,234s", "s"})
  void duration_other_isNotMet(String duration) {
    assertUnmet(
        Times.duration("a", "1.234"),
        info("execution_duration", duration),
        "expected trace_info/execution_duration of the trace of a to be \"1.234s\" to the millisecond below\n"
            + "   found \"" + duration
            + "\"\n nearest #1 POST /api/3.0/mlflow/traces -> 200: {\"trace\": {\"trace_info\":"
            + " {\"trace_id\": \"tr-11111111111111111111111111111111\", \"execution_duration\": \""
            + duration + "\"}}}");
  }

  @Test
  void durationNotNegative_negative_isNotMet() {
    assertMet(Times.durationNotNegative("a"), info("execution_duration", "0s"));
    assertMet(Times.durationNotNegative("a"), info("other", ""));
    assertUnmet(Times.durationNotNegative("a"), info("execution_duration", "-1s"), """
        expected trace_info/execution_duration of the trace of a to be absent or not negative
           found "-1s"
         nearest #1 POST /api/3.0/mlflow/traces -> 200: {"trace": {"trace_info": {"trace_id": "tr-11111111111111111111111111111111", "execution_duration": "-1s"}}}""");
  }

  private static CaseHistory info(String member, String value) {
    return new HandMadeHistory()
        .emit("a")
        .start(1, 200, ", '%s': '%s'".formatted(member, value))
        .build();
  }
}
