package io.github.tracingharness.conformance.check;

import static io.github.tracingharness.conformance.check.CheckAssertions.assertMet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnmet;
import static io.github.tracingharness.conformance.check.HandMadeHistory.json;
import static io.github.tracingharness.conformance.check.TraceInfoField.metadata;
import static io.github.tracingharness.conformance.check.TraceInfoField.tag;
import static io.github.tracingharness.conformance.check.TraceInfoField.traceInfo;

import io.github.tracingharness.conformance.history.CaseHistory;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TraceInfoFieldTest {

  private static final CaseHistory OK = new HandMadeHistory()
      .emit("a")
      .start(
          1,
          200,
          ", 'state': 'OK', 'tags': {'k/~': 'v'}, 'trace_metadata': {'list': '[1, 2]'}, 'nothing': null")
      .build();

  @Test
  void is_otherValue_showsTheRequest() {
    assertMet(traceInfo("a", "/state").is("OK"), OK);
    assertMet(traceInfo("a", "/state").is(json("'OK'")), OK);
    assertMet(traceInfo("a", "/state").matches(Pattern.compile("O.")), OK);
    assertMet(traceInfo("a", "/state").present(), OK);
    assertUnmet(traceInfo("a", "/state").is("ERROR"), OK, """
        expected trace_info/state of the trace of a to be "ERROR"
           found "OK"
         nearest #1 POST /api/3.0/mlflow/traces -> 200: {"trace": {"trace_info": {"trace_id": "tr-11111111111111111111111111111111", "state": "OK", "tags": {"k/~": "v"}, "trace_metadata": {"list": "[1, 2]"}, "nothing": null}}}""");
  }

  @Test
  void tagAndMetadata_keysMayHoldPointerCharacters() {
    assertMet(tag("a", "k/~").is("v"), OK);
    assertMet(metadata("a", "list").isTextOf(json("[1, 2]")), OK);
    assertMet(metadata("a", "list").isJsonText("a list", v -> v.isArray()), OK);
    assertUnmet(metadata("a", "list").isTextOf(json("[2, 1]")), OK, """
        expected trace_metadata["list"] of the trace of a to be the JSON text of [2,1]
           found "[1, 2]"
         nearest #1 POST /api/3.0/mlflow/traces -> 200: {"trace": {"trace_info": {"trace_id": "tr-11111111111111111111111111111111", "state": "OK", "tags": {"k/~": "v"}, "trace_metadata": {"list": "[1, 2]"}, "nothing": null}}}""");
  }

  @Test
  void absent_nullOrPresent_isNotMet() {
    assertMet(traceInfo("a", "/missing").absent(), OK);
    assertUnmet(traceInfo("a", "/nothing").absent(), OK, """
        expected trace_info/nothing of the trace of a to be absent
           found null
         nearest #1 POST /api/3.0/mlflow/traces -> 200: {"trace": {"trace_info": {"trace_id": "tr-11111111111111111111111111111111", "state": "OK", "tags": {"k/~": "v"}, "trace_metadata": {"list": "[1, 2]"}, "nothing": null}}}""");
  }

  @Test
  void absent_noRequest_isNotMetBySilence() {
    assertUnmet(
        traceInfo("a", "/missing").absent(), new HandMadeHistory().emit("a").build(), """
        expected trace_info/missing of the trace of a to be absent
           found no start-trace request for tr-11111111111111111111111111111111
         nearest all requests: no request at all""");
    assertUnmet(traceInfo("b", "/missing").absent(), OK, """
        expected trace_info/missing of the trace of b to be absent
           found no ids for b in the answers to emit
         nearest refs [a]""");
  }

  @Test
  void is_repeatedRequest_everyOneCounts() {
    CaseHistory changed = new HandMadeHistory()
        .emit("a")
        .start(1, 503, ", 'state': 'OK'")
        .start(1, 200, ", 'state': 'ERROR'")
        .build();
    assertUnmet(traceInfo("a", "/state").is("OK"), changed, """
        expected trace_info/state of the trace of a to be "OK"
           found "ERROR"
         nearest #2 POST /api/3.0/mlflow/traces -> 200: {"trace": {"trace_info": {"trace_id": "tr-11111111111111111111111111111111", "state": "ERROR"}}}""");
  }
}
