package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.core.trace.TraceIds;
import io.github.tracingharness.core.trace.TraceLocation.UnityCatalog;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.CatalogNames;
import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TrackingException;
import java.util.regex.Pattern;

/** Traces in Unity Catalog: {@code /api/4.0/mlflow/traces/{location}/{hex}/info}. */
final class CatalogTraceHandlers {

  private static final BodyReader INFO = BodyReader.of(
      StartTraceHandler.infoSchema(CatalogLocations.LOCATION), "trace_id", "trace_location");
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
    return Replies.compact(
        bare(call.state().catalog().put(location, hex, StartTraceHandler.said(said, ""))));
  }

  static Reply info(Call call) {
    String id = TraceIds.of(location(call), call.variable("trace_id"));
    TraceEntry trace = call.state()
        .catalog()
        .find(id)
        .filter(TraceEntry::infoStarted)
        .orElseThrow(() -> TrackingException.absent("Trace with ID '" + id + "' not found."));
    ObjectNode answer = TraceJson.wrapped(trace);
    ((ObjectNode) answer.path("trace")).set("trace_info", bare(trace));
    return Replies.compact(answer);
  }

  /** The info as it is in Unity Catalog: with the bare digits of the trace id. */
  private static ObjectNode bare(TraceEntry trace) {
    return TraceJson.info(trace).put("trace_id", TraceIds.hex(trace.id()));
  }

  private static UnityCatalog location(Call call) {
    String name = call.variable("location");
    return CatalogNames.location(name)
        .orElseThrow(() -> TrackingException.invalid("Invalid location '" + name
            + "'. Expected <catalog>.<schema> or <catalog>.<schema>.<table_prefix>."));
  }
}
