package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.SpanIngest;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TraceStore;
import io.github.tracingharness.server.state.TrackingException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads traces: infos, and infos with spans. */
final class TraceHandlers {

  /** How long the real server waits for spans that were announced and have not come. */
  private static final Duration SPAN_PATIENCE = Duration.ofSeconds(3);

  private static final BodyReader GET =
      BodyReader.of(Schema.of(Schema.text("trace_id"), Schema.bool("allow_partial")), "trace_id");
  private static final BodyReader BATCH_GET = BodyReader.of(
      Schema.of(Schema.text("trace_ids").list(), Schema.text("experiment_ids").list()),
      "trace_ids");

  private TraceHandlers() {}

  static Reply info(Call call) {
    String id = call.variable("trace_id");
    return Replies.compact(TraceJson.wrapped(call.state()
        .traces()
        .find(id)
        .orElseThrow(() -> TrackingException.absent("Trace with ID '" + id + "' not found."))));
  }

  static Reply get(Call call) {
    Message said = GET.read(call.request());
    String id = said.text("trace_id");
    TraceStore traces = call.state().traces();
    TraceEntry trace = require(traces, id);
    requireStoredSpans(trace);
    if (!said.flag("allow_partial")) {
      trace = traces
          .await(id, TraceHandlers::hasAllSpans, SPAN_PATIENCE)
          .orElseThrow(() -> TrackingException.absent(
              "Trace with ID " + id + " is not fully exported yet, please try again later."));
    }
    ObjectNode answer = Json.object();
    answer.set("trace", SpanJson.traceWithSpans(trace));
    return Replies.compact(answer);
  }

  static Reply batchGet(Call call) {
    Message said = BATCH_GET.read(call.request());
    ObjectNode answer = Json.object();
    ArrayNode traces = Json.object().arrayNode();
    for (TraceEntry trace : wanted(call, said)) {
      requireStoredSpans(trace);
      if (hasAllSpans(trace)) {
        traces.add(SpanJson.traceWithSpans(trace));
      }
    }
    if (!traces.isEmpty()) {
      answer.set("traces", traces);
    }
    return Replies.compact(answer);
  }

  static Reply batchGetInfos(Call call) {
    Message said = BATCH_GET.read(call.request());
    ObjectNode answer = Json.object();
    List<TraceEntry> found = wanted(call, said);
    if (!found.isEmpty()) {
      ArrayNode infos = answer.putArray("trace_infos");
      found.forEach(trace -> infos.add(TraceJson.info(trace)));
    }
    return Replies.compact(answer);
  }

  static TraceEntry require(TraceStore traces, String id) {
    return traces
        .find(id)
        .orElseThrow(() -> TrackingException.absent("Trace with ID " + id + " is not found."));
  }

  private static List<TraceEntry> wanted(Call call, Message said) {
    Set<String> experiments = new TreeSet<>(said.texts("experiment_ids"));
    // Of an id that was asked for twice the later place counts.
    Set<String> ids = new LinkedHashSet<>();
    for (String id : said.texts("trace_ids")) {
      ids.remove(id);
      ids.add(id);
    }
    return ids.stream()
        .map(id -> call.state().traces().find(id))
        .flatMap(Optional::stream)
        .filter(trace -> !said.has("experiment_ids") || experiments.contains(trace.experimentId()))
        .toList();
  }

  private static void requireStoredSpans(TraceEntry trace) {
    if (!trace.storesSpans()) {
      throw TrackingException.internal("Trace data not stored in tracking store");
    }
  }

  private static boolean hasAllSpans(TraceEntry trace) {
    return trace.spans().size() >= SpanIngest.announcedSpans(trace).orElse(1);
  }
}
