package io.github.tracingharness.conformance.check;

import static io.github.tracingharness.conformance.check.CheckAssertions.assertMet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnmet;
import static io.github.tracingharness.conformance.check.Requests.allRequests;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.Requests.spanDeliveries;
import static io.github.tracingharness.conformance.check.Requests.traceUploads;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.Header;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RequestsTest {

  private static final Requests STARTS = requests(Endpoints.START_TRACE);
  private static final CaseHistory NOTHING = new HandMadeHistory().build();
  private static final CaseHistory TWO =
      new HandMadeHistory().emit("a").start(1, 503, "").start(1).upload(1).build();

  @Test
  void exactly_otherNumber_namesRequests() {
    assertMet(STARTS.exactly(2), TWO);
    assertUnmet(STARTS.exactly(1), TWO, """
        expected exactly 1 request to START_TRACE
           found 2: #1 POST /api/3.0/mlflow/traces -> 503, #2 POST /api/3.0/mlflow/traces -> 200
         nearest all requests: #1 POST /api/3.0/mlflow/traces -> 503, #2 POST /api/3.0/mlflow/traces -> 200, #3 PUT /api/2.0/mlflow-artifacts/artifacts/1/traces/tr-11111111111111111111111111111111/artifacts/traces.json -> 200""");
  }

  @Test
  void atLeast_nothing_saysSo() {
    assertMet(STARTS.atLeast(2), TWO);
    assertUnmet(STARTS.atLeast(1), NOTHING, """
        expected at least 1 request to START_TRACE
           found none
         nearest all requests: no request at all""");
  }

  @Test
  void none_some_namesThem() {
    assertMet(STARTS.none(), NOTHING);
    assertMet(STARTS.atMost(2), TWO);
    assertUnmet(traceUploads().none(), new HandMadeHistory().upload(1).build(), """
        expected no request to PUT traces.json
           found 1: #1 PUT /api/2.0/mlflow-artifacts/artifacts/1/traces/tr-11111111111111111111111111111111/artifacts/traces.json -> 200
         nearest all requests: #1 PUT /api/2.0/mlflow-artifacts/artifacts/1/traces/tr-11111111111111111111111111111111/artifacts/traces.json -> 200""");
    assertUnmet(STARTS.accepted().atMost(0), new HandMadeHistory().start(1).build(), """
        expected at most 0 requests to START_TRACE answered 2xx
           found 1: #1 POST /api/3.0/mlflow/traces -> 200
         nearest all requests: #1 POST /api/3.0/mlflow/traces -> 200""");
  }

  @Test
  void beforeAndAfterReply_splitAtTheAnswer() {
    CaseHistory history = new HandMadeHistory()
        .emit("a")
        .start(1)
        .command("flush", "{}", "{'result': 'success'}")
        .start(2)
        .build();
    assertMet(STARTS.beforeReplyTo("flush").exactly(1), history);
    assertMet(STARTS.afterReplyTo("flush").exactly(1), history);
    assertMet(STARTS.afterReplyTo("shutdown").none(), history);
    assertMet(STARTS.ofTrace("a").exactly(1), history);
    assertMet(STARTS.where("number 2", e -> e.number() == 2).exactly(1), history);
    assertMet(spanDeliveries().none(), history);
  }

  @Test
  void header_otherValue_showsHeadersAndBody() {
    assertMet(STARTS.header("content-type", "application/json"), TWO);
    assertMet(STARTS.header("Content-Type", Pattern.compile("application/.*")), TWO);
    assertUnmet(STARTS.header("Content-Type", "text/plain"), TWO, """
        expected each request to START_TRACE with header Content-Type: text/plain
           found #1 POST /api/3.0/mlflow/traces -> 503 with headers [Content-Type: application/json, Content-Length: 78]
         nearest its body: {"trace": {"trace_info": {"trace_id": "tr-11111111111111111111111111111111"}}}""");
  }

  @Test
  void each_noRequest_isNotMet() {
    assertUnmet(STARTS.withoutHeader("Authorization"), NOTHING, """
        expected each request to START_TRACE with no header Authorization
           found no such request
         nearest all requests: no request at all""");
    assertMet(STARTS.withoutHeader("Authorization"), TWO);
  }

  @Test
  void methodAndPath_areCompared() {
    assertMet(STARTS.method("POST"), TWO);
    assertMet(STARTS.path(Pattern.compile("/api/3\\.0/mlflow/traces")), TWO);
    assertUnmet(
        allRequests().method("GET"),
        new HandMadeHistory().request("POST", "OTHER", "/x", 0, "").build(),
        """
        expected each request to any endpoint with method GET
           found #1 POST /x -> no answer with headers [Content-Type: application/json, Content-Length: 0]
         nearest its body: empty""");
  }

  @Test
  void bodyLengthDeclared_chunked_isNotMet() {
    assertMet(STARTS.bodyLengthDeclared(), TWO);
    assertUnmet(
        allRequests().bodyLengthDeclared(),
        new HandMadeHistory()
            .request("POST", "OTHER", "/x", 200, "{}", new Header("Transfer-Encoding", "chunked"))
            .build(),
        """
        expected each request to any endpoint with Content-Length of the body's size and no Transfer-Encoding
           found #1 POST /x -> 200 with headers [Transfer-Encoding: chunked]
         nearest its body: {}""");
  }

  @Test
  void sameBody_changedBody_showsBoth() {
    assertMet(STARTS.sameBody(), TWO);
    assertUnmet(STARTS.sameBody(), new HandMadeHistory().start(1).start(2).build(), """
        expected all requests to START_TRACE with the same body
           found #2 POST /api/3.0/mlflow/traces -> 200: {"trace": {"trace_info": {"trace_id": "tr-22222222222222222222222222222222"}}}
         nearest #1 POST /api/3.0/mlflow/traces -> 200: {"trace": {"trace_info": {"trace_id": "tr-11111111111111111111111111111111"}}}""");
    assertUnmet(STARTS.sameBody(), NOTHING, """
        expected all requests to START_TRACE with the same body
           found no such request
         nearest all requests: no request at all""");
  }
}
