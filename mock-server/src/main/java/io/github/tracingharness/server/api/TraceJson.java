package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.core.trace.TraceIds;
import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.state.Assessment;
import io.github.tracingharness.server.state.AttributeText;
import io.github.tracingharness.server.state.TraceEntry;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Trace infos in JSON. */
final class TraceJson {

  private static final int MAX_KEY = 250;
  private static final int MAX_TAG = 4096;
  private static final int MAX_METADATA = 250;

  private TraceJson() {}

  /** An info; the id of a trace in Unity Catalog is given without its location. */
  static ObjectNode info(TraceEntry trace) {
    ObjectNode info = Json.object();
    boolean inCatalog = trace.location() instanceof TraceLocation.UnityCatalog;
    info.put("trace_id", inCatalog ? TraceIds.hex(trace.id()) : trace.id());
    if (trace.clientRequestId() != null) {
      info.put("client_request_id", trace.clientRequestId());
    }
    info.set("trace_location", AttributeText.node(trace.location().toTree()));
    info.put("request_time", ProtoTexts.timestamp(trace.requestMillis()));
    if (trace.durationMillis() != null) {
      info.put("execution_duration", ProtoTexts.duration(trace.durationMillis()));
    }
    info.put("state", trace.state().name());
    putMap(info, "trace_metadata", cutMetadata(trace));
    if (!trace.assessments().isEmpty()) {
      ArrayNode assessments = info.putArray("assessments");
      trace.assessments().stream()
          .sorted(Comparator.comparingLong(Assessment::createMillis))
          .forEach(item -> assessments.add(AssessmentJson.write(item)));
    }
    putMap(info, "tags", cutTags(trace));
    if (trace.requestPreview() != null) {
      info.put("request_preview", trace.requestPreview());
    }
    if (trace.responsePreview() != null) {
      info.put("response_preview", trace.responsePreview());
    }
    return info;
  }

  /** {@code {"trace":{"trace_info":…}}}. */
  static ObjectNode wrapped(TraceEntry trace) {
    ObjectNode answer = Json.object();
    answer.putObject("trace").set("trace_info", info(trace));
    return answer;
  }

  /** The metadata as answers give them. */
  static Map<String, String> cutMetadata(TraceEntry trace) {
    return cut(trace.metadata(), MAX_METADATA);
  }

  /** The tags as answers give them. */
  static Map<String, String> cutTags(TraceEntry trace) {
    return cut(trace.tags(), MAX_TAG);
  }

  private static void putMap(ObjectNode into, String member, Map<String, String> map) {
    if (!map.isEmpty()) {
      ObjectNode json = into.putObject(member);
      map.forEach(json::put);
    }
  }

  private static Map<String, String> cut(Map<String, String> map, int maxValue) {
    Map<String, String> cut = new LinkedHashMap<>();
    map.forEach((key, value) -> cut.put(cut(key, MAX_KEY), cut(value, maxValue)));
    return cut;
  }

  private static String cut(String text, int limit) {
    return text.codePointCount(0, text.length()) <= limit
        ? text
        : text.substring(0, text.offsetByCodePoints(0, limit));
  }
}
