package io.github.tracingharness.server.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import java.util.Base64;
import java.util.HexFormat;

/** A span as the server keeps it in its database: one JSON text, which searches look into. */
public final class SpanContent {

  private SpanContent() {}

  /**
   * The text that searches look into.
   *
   * @param span the span
   * @return its JSON, non-ASCII characters as they are
   */
  public static String text(SpanEntry span) {
    return JsonLayout.SPACED.write(json(span), false);
  }

  /**
   * The content as a tree; attribute values are JSON texts themselves.
   *
   * @param span the span
   * @return its tree
   */
  public static ObjectNode json(SpanEntry span) {
    ObjectNode json = Json.object();
    json.put("trace_id", base64(span.traceId()));
    json.put("span_id", base64(span.spanId()));
    json.set(
        "parent_span_id",
        span.parentId() == null ? NullNode.instance : new TextNode(base64(span.parentId())));
    json.put("name", span.name());
    json.put("start_time_unix_nano", span.startNanos());
    json.put("end_time_unix_nano", span.endNanos());
    ArrayNode events = json.putArray("events");
    for (SpanEntry.Event event : span.events()) {
      ObjectNode entry = events.addObject();
      entry.put("name", event.name());
      entry.put("time_unix_nano", event.timeNanos());
      entry.set("attributes", AttributeText.node(event.attributes()));
    }
    ObjectNode status = json.putObject("status");
    status.put("code", "STATUS_CODE_" + span.status().code());
    status.put("message", span.status().message());
    ObjectNode attributes = json.putObject("attributes");
    span.attributes().forEach(attributes::put);
    ArrayNode links = json.putArray("links");
    for (SpanEntry.Link link : span.links()) {
      ObjectNode target = links.addObject();
      target.put("trace_id", "tr-" + link.traceId());
      target.put("span_id", link.spanId());
      target.set("attributes", AttributeText.node(link.attributes()));
    }
    return json;
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }
}
