package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.core.trace.TraceIds;
import io.github.tracingharness.core.trace.TraceLocation.UnityCatalog;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.CatalogNames;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TrackingException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Traces in Unity Catalog: {@code /api/4.0/mlflow/traces/{location}/…}. */
final class CatalogTraceHandlers {

  private static final BodyReader INFO = BodyReader.of(
      StartTraceHandler.infoSchema(CatalogLocations.LOCATION), "trace_id", "trace_location");
  private static final BodyReader BATCH_GET =
      BodyReader.of(Schema.of(Schema.text("trace_ids").list()), "trace_ids");
  private static final BodyReader TAG =
      BodyReader.of(Schema.of(Schema.text("key"), Schema.text("value")), "key");
  private static final Pattern TRACE_HEX = Pattern.compile("[0-9a-f]{32}");

  private CatalogTraceHandlers() {}

  static Reply put(Call call) {
    UnityCatalog named = location(call);
    String hex = call.variable("trace_id");
    Message said = INFO.read(call.request());
    if (!TRACE_HEX.matcher(hex).matches() || !said.text("trace_id").equals(hex)) {
      throw TrackingException.invalid("Trace id '" + said.text("trace_id")
          + "' in the body must be the 32 hexadecimal digits of the path, '" + hex + "'.");
    }
    UnityCatalog location = CatalogLocations.read(said.message("trace_location"));
    if (!location.name().equals(named.name())) {
      throw TrackingException.invalid("Trace location '" + location.name()
          + "' in the body does not match '" + named.name() + "' in the path.");
    }
    return Replies.compact(TraceJson.info(
        call.state().catalog().put(location, hex, StartTraceHandler.said(said, ""))));
  }

  static Reply info(Call call) {
    return Replies.compact(TraceJson.wrapped(find(call).orElseThrow(() -> absent(call))));
  }

  static Reply batchGet(Call call) {
    UnityCatalog location = location(call);
    ArrayNode traces = Json.object().arrayNode();
    for (String hex : BATCH_GET.read(call.request()).texts("trace_ids")) {
      find(call, location, hex).ifPresent(trace -> traces.add(SpanJson.traceWithSpans(trace)));
    }
    ObjectNode answer = Json.object();
    if (!traces.isEmpty()) {
      answer.set("traces", traces);
    }
    return Replies.compact(answer);
  }

  static Reply setTag(Call call) {
    Message said = TAG.read(call.request());
    if (!call.state().catalog().setTag(id(call), said.text("key"), said.text("value"))) {
      throw absent(call);
    }
    return Replies.emptyObject();
  }

  static Reply deleteTag(Call call) {
    String key = call.variable("key");
    if (find(call).isEmpty()) {
      throw absent(call);
    }
    if (!call.state().catalog().removeTag(id(call), key)) {
      throw TrackingException.absent(
          "No tag with key '" + key + "' for trace with ID '" + id(call) + "'.");
    }
    return Replies.emptyObject();
  }

  private static Optional<TraceEntry> find(Call call) {
    return find(call, location(call), call.variable("trace_id"));
  }

  /** A trace whose info has come. */
  private static Optional<TraceEntry> find(Call call, UnityCatalog location, String hex) {
    return call.state().catalog().find(TraceIds.of(location, hex)).filter(TraceEntry::infoStarted);
  }

  private static String id(Call call) {
    return TraceIds.of(location(call), call.variable("trace_id"));
  }

  private static TrackingException absent(Call call) {
    return TrackingException.absent("Trace with ID '" + id(call) + "' not found.");
  }

  private static UnityCatalog location(Call call) {
    String name = call.variable("location");
    return CatalogNames.location(name)
        .orElseThrow(() -> TrackingException.invalid("Invalid location '" + name
            + "'. Expected <catalog>.<schema> or <catalog>.<schema>.<table_prefix>."));
  }
}
