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
        expected each upload of traces.json to arrive after the answer to its start-trace request
           found #1 PUT /api/2.0/mlflow-artifacts/artifacts/1/traces/tr-11111111111111111111111111111111/artifacts/traces.json -> 200, arrived at 1.0 ms
         nearest #2 POST /api/3.0/mlflow/traces -> 200, arrived at 2.0 ms""");
  }

  @Test
  void uploadsAfterStart_withinTheServersTime_isNotMet() {
    Duration tenth = Duration.ofMillis(100);
    assertMet(
        Order.uploadsAfterStart(tenth),
        new HandMadeHistory().start(1).pause(100).upload(1).build());
    assertUnmet(
        Order.uploadsAfterStart(tenth),
        new HandMadeHistory().start(1).pause(98).upload(1).build(),
        """
        expected each upload of traces.json to arrive after the answer to its start-trace request, which took 100 ms
           found #2 PUT /api/2.0/mlflow-artifacts/artifacts/1/traces/tr-11111111111111111111111111111111/artifacts/traces.json -> 200, arrived at 100.0 ms
         nearest #1 POST /api/3.0/mlflow/traces -> 200, arrived at 1.0 ms""");
  }

  @Test
  void uploadsAfterStart_otherTraceOrRefusedStart_isNotMet() {
    assertUnmet(
        Order.uploadsAfterStart(), new HandMadeHistory().start(2).upload(1).build(), """
        expected each upload of traces.json to arrive after the answer to its start-trace request
           found #2 PUT /api/2.0/mlflow-artifacts/artifacts/1/traces/tr-11111111111111111111111111111111/artifacts/traces.json -> 200, arrived at 2.0 ms
         nearest no start-trace request for it""");
    assertUnmet(
        Order.uploadsAfterStart(), new HandMadeHistory().start(1, 500, "").build(), """
        expected each upload of traces.json to arrive after the answer to its start-trace request
           found no upload
         nearest all requests: #1 POST /api/3.0/mlflow/traces -> 500""");
  }

  @Test
  void gapAfter_tooSoon_tellsTheGap() {
    assertMet(
        Order.gapAfter(STARTS, 1, Duration.ofSeconds(1)),
        new HandMadeHistory().start(1, 503, "").pause(979).start(1).build());
    assertUnmet(
        Order.gapAfter(STARTS, 1, Duration.ofSeconds(1)),
        new HandMadeHistory().start(1, 503, "").pause(978).start(1).build(),
        """
        expected at least 1000 ms from request 1 to START_TRACE until the next
           found 979.0 ms
         nearest #1 POST /api/3.0/mlflow/traces -> 503, then #2 POST /api/3.0/mlflow/traces -> 200""");
  }

  @Test
  void gapAfter_noSecondRequest_isNotMet() {
    assertUnmet(
        Order.gapAfter(STARTS, 1, Duration.ofSeconds(1)),
        new HandMadeHistory().start(1, 503, "").build(),
        """
        expected at least 1000 ms from request 1 to START_TRACE until the next
           found #1 POST /api/3.0/mlflow/traces -> 503
         nearest all requests: #1 POST /api/3.0/mlflow/traces -> 503""");
  }
}
