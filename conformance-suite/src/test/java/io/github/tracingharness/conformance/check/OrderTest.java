package io.github.tracingharness.conformance.check;

import static io.github.tracingharness.conformance.check.CheckAssertions.assertMet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnmet;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OrderTest {

  private static final Requests STARTS = Requests.requests(Endpoints.START_TRACE);

  @Test
  void uploadsAfterStart_uploadFirst_tellsTimes() {
    assertMet(
        Order.uploadsAfterStart(), new HandMadeHistory().start(1).upload(1).build());
    assertUnmet(
        Order.uploadsAfterStart(), new HandMadeHistory().upload(1).start(1).build(), """
        expected each upload of traces.json after its start-trace request was answered
           found #1 PUT /api/2.0/mlflow-artifacts/artifacts/1/traces/tr-11111111111111111111111111111111/artifacts/traces.json -> 200 at 1.0 ms
         nearest #2 POST /api/3.0/mlflow/traces -> 200 answered at 2.5 ms""");
  }

  @Test
  void uploadsAfterStart_otherTraceOrRefusedStart_isNotMet() {
    assertUnmet(
        Order.uploadsAfterStart(), new HandMadeHistory().start(2).upload(1).build(), """
        expected each upload of traces.json after its start-trace request was answered
           found #2 PUT /api/2.0/mlflow-artifacts/artifacts/1/traces/tr-11111111111111111111111111111111/artifacts/traces.json -> 200 at 2.0 ms
         nearest no start-trace request for it""");
    assertUnmet(
        Order.uploadsAfterStart(), new HandMadeHistory().start(1, 500, "").build(), """
        expected an upload of traces.json after a start-trace request
           found no upload
         nearest all requests: #1 POST /api/3.0/mlflow/traces -> 500""");
  }

  @Test
  void gapAfter_tooSoon_tellsTheGap() {
    assertMet(
        Order.gapAfter(STARTS, 1, Duration.ofSeconds(1)),
        new HandMadeHistory().start(1, 503, "").pause(980).start(1).build());
    assertUnmet(
        Order.gapAfter(STARTS, 1, Duration.ofSeconds(1)),
        new HandMadeHistory().start(1, 503, "").pause(979).start(1).build(),
        """
        expected at least 1000 ms from the answer to request 1 to START_TRACE until the next
           found 979.5 ms
         nearest #1 POST /api/3.0/mlflow/traces -> 503, then #2 POST /api/3.0/mlflow/traces -> 200""");
  }

  @Test
  void gapAfter_noSecondRequest_isNotMet() {
    assertUnmet(
        Order.gapAfter(STARTS, 1, Duration.ofSeconds(1)),
        new HandMadeHistory().start(1, 503, "").build(),
        """
        expected at least 1000 ms from the answer to request 1 to START_TRACE until the next
           found #1 POST /api/3.0/mlflow/traces -> 503
         nearest all requests: #1 POST /api/3.0/mlflow/traces -> 503""");
  }
}
