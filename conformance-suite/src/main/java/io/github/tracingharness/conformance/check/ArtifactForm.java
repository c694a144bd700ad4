package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.check.WireSpan.Event;
import io.github.tracingharness.conformance.check.WireSpan.Storage;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code traces.json}: ids in base64, attribute values as JSON text. */
final class ArtifactForm {

  private ArtifactForm() {}

  static List<WireSpan> spans(Exchange upload) {
    JsonNode body = Json.strict(upload.body().text()).orElse(MissingNode.getInstance());
    List<WireSpan> spans = new ArrayList<>();
    for (JsonNode span : body.path("spans")) {
      if (span instanceof ObjectNode object) {
        spans.add(span(upload, object));
      }
    }
    return spans;
  }

  private static WireSpan span(Exchange upload, ObjectNode span) {
    JsonNode status = span.path("status");
    return new WireSpan(
        upload,
        Storage.ARTIFACT,
        hex(span.path("trace_id").asText()),
        hex(span.path("span_id").asText()),
        span.hasNonNull("parent_span_id") ? hex(span.get("parent_span_id").asText()) : null,
        span.path("name").asText(),
        time(span.get("start_time_unix_nano")),
        time(span.get("end_time_unix_nano")),
        status.path("code").asText().replaceFirst("^STATUS_CODE_", ""),
        status.path("message").asText(""),
        attributes(span.path("attributes")),
        events(span.path("events")),
        span);
  }

  private static Map<String, JsonNode> attributes(JsonNode attributes) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
      JsonNode raw = attribute.getValue();
      values.put(
          attribute.getKey(), raw.isTextual() ? Json.lenient(raw.asText()).orElse(raw) : raw);
    }
    return values;
  }

  private static List<Event> events(JsonNode list) {
    List<Event> events = new ArrayList<>();
    for (JsonNode event : list) {
      Map<String, JsonNode> attributes = new LinkedHashMap<>();
      event.path("attributes").properties().forEach(a -> attributes.put(a.getKey(), a.getValue()));
      events.add(
          new Event(event.path("name").asText(), time(event.get("time_unix_nano")), attributes));
    }
    return events;
  }

  /** Times are numbers; what is none counts as missing. */
  private static @Nullable Long time(@Nullable JsonNode time) {
    return time != null && time.canConvertToLong() && time.isIntegralNumber()
        ? Long.valueOf(time.longValue())
        : null;
  }

  private static String hex(String base64) {
    try {
      return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return base64;
    }
  }
}
