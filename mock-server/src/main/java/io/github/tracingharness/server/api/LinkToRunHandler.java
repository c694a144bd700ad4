package io.github.tracingharness.server.api;

import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.TrackingException;
import java.util.List;

/**
 * {@code POST /api/2.0/mlflow/traces/link-to-run}. Unknown traces and runs are accepted, as by the
 * real server; links to unknown traces are forgotten.
 */
final class LinkToRunHandler implements Handler {

  private static final int MAX_TRACES = 100;
  private static final BodyReader BODY = BodyReader.of(
      Schema.of(Schema.text("trace_ids").list(), Schema.text("run_id")), "trace_ids", "run_id");

  @Override
  public Reply handle(Call call) {
    Message said = BODY.read(call.request());
    List<String> traces = said.texts("trace_ids");
    if (traces.size() > MAX_TRACES) {
      throw TrackingException.invalid("Cannot link more than " + MAX_TRACES
          + " traces to a run in a single request. Provided " + traces.size() + " traces.");
    }
    traces.forEach(id -> call.state().traces().linkRun(id, said.text("run_id")));
    return Replies.emptyObject();
  }
}
