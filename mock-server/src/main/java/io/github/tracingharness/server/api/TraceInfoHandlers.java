package io.github.tracingharness.server.api;

import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.TrackingException;

/** Reads trace infos. */
final class TraceInfoHandlers {

  private TraceInfoHandlers() {}

  static Reply get(Call call) {
    String id = call.variable("trace_id");
    return Replies.compact(TraceJson.wrapped(call.state()
        .traces()
        .find(id)
        .orElseThrow(() -> TrackingException.absent("Trace with ID '" + id + "' not found."))));
  }
}
