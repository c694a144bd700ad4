package io.github.tracingharness.core.trace;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A span as it is exported.
 *
 * @param traceId trace id in MLflow's form
 * @param spanId span id, 16 hex
 * @param parentSpanId span id of the parent, or null for a root
 * @param name name of the span
 * @param startTimeUnixNano start, nanoseconds since 1970
 * @param endTimeUnixNano end, or empty for a span that was still open when its trace was exported
 * @param events events in the order in which they were added
 * @param status how the span ended
 * @param attributes values in the order in which they were set: {@link JsonText} for those of the
 *     MLflow API, otherwise strings, longs, doubles, booleans and lists
 * @param links links in the order in which they were added
 */
public record Span(
    String traceId,
    String spanId,
    @Nullable String parentSpanId,
    String name,
    long startTimeUnixNano,
    OptionalLong endTimeUnixNano,
    List<SpanEvent> events,
    SpanStatus status,
    Map<String, Object> attributes,
    List<SpanLink> links) {

  /** The JSON of a span without all its values. */
  private static final String EMPTY_JSON = """
      {"trace_id": "", "span_id": "", "parent_span_id": , "name": , "start_time_unix_nano": , \
      "end_time_unix_nano": , "events": , "status": {"code": "", "message": }, "attributes": , \
      "links": }""";

  private static final int NULL_LENGTH = 4;
  private static final int QUOTES = 2;
  private static final int EMPTY_LIST = 2;

  /** Copies the collections. */
  public Span {
    Objects.requireNonNull(traceId, "traceId");
    Objects.requireNonNull(spanId, "spanId");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(endTimeUnixNano, "endTimeUnixNano");
    Objects.requireNonNull(status, "status");
    events = List.copyOf(events);
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    links = List.copyOf(links);
  }

  /** Tells whether this span is the root of its trace. */
  public boolean isRoot() {
    return parentSpanId == null;
  }

  /** Returns the JSON text of an attribute of the MLflow API, or null if there is none. */
  public @Nullable String jsonAttribute(String key) {
    return attributes.get(key) instanceof JsonText json ? json.text() : null;
  }

  /**
   * Returns the tree that stands for this span in {@code traces.json}: ids in base64, attributes as
   * JSON text.
   */
  public Map<String, @Nullable Object> toTree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("trace_id", base64(TraceIds.hex(traceId)));
    tree.put("span_id", base64(spanId));
    tree.put("parent_span_id", parentSpanId == null ? null : base64(parentSpanId));
    tree.put("name", name);
    tree.put("start_time_unix_nano", startTimeUnixNano);
    tree.put(
        "end_time_unix_nano", endTimeUnixNano.isPresent() ? endTimeUnixNano.getAsLong() : null);
    tree.put("events", events.stream().map(Span::tree).toList());
    tree.put("status", tree(status));
    Map<String, Object> values = new LinkedHashMap<>();
    attributes.forEach(
        (key, value) -> values.put(key, value instanceof JsonText json ? json.text() : value));
    tree.put("attributes", values);
    tree.put("links", links.stream().map(Span::tree).toList());
    return tree;
  }

  /**
   * Returns how many characters {@link PythonJson#dumpsAscii} makes of {@link #toTree()}, without
   * making either.
   */
  public long jsonLength() {
    long length = EMPTY_JSON.length()
        + base64Length(TraceIds.hex(traceId))
        + base64Length(spanId)
        + (parentSpanId == null ? NULL_LENGTH : QUOTES + base64Length(parentSpanId))
        + PythonJson.asciiLength(name)
        + PythonJson.asciiLength(startTimeUnixNano)
        + (endTimeUnixNano.isPresent()
            ? PythonJson.asciiLength(endTimeUnixNano.getAsLong())
            : NULL_LENGTH)
        + status.code().wireName().length()
        + PythonJson.asciiLength(status.message())
        + PythonJson.asciiLength(attributes);
    length += events.isEmpty()
        ? EMPTY_LIST
        : listLength(events.stream().map(Span::tree).toList());
    length +=
        links.isEmpty() ? EMPTY_LIST : listLength(links.stream().map(Span::tree).toList());
    return length;
  }

  private static long listLength(List<Map<String, Object>> trees) {
    return PythonJson.asciiLength(trees);
  }

  private static int base64Length(String hex) {
    return (hex.length() / 2 + 2) / 3 * 4;
  }

  private static Map<String, Object> tree(SpanEvent event) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", event.name());
    tree.put("time_unix_nano", event.timeUnixNano());
    tree.put("attributes", event.attributes());
    return tree;
  }

  private static Map<String, Object> tree(SpanStatus status) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("code", status.code().wireName());
    tree.put("message", status.message());
    return tree;
  }

  private static Map<String, Object> tree(SpanLink link) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("trace_id", link.traceId());
    tree.put("span_id", link.spanId());
    tree.put("attributes", link.attributes());
    return tree;
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  static List<Map<String, @Nullable Object>> trees(List<Span> spans) {
    List<Map<String, @Nullable Object>> trees = new ArrayList<>(spans.size());
    spans.forEach(span -> trees.add(span.toTree()));
    return trees;
  }
}
