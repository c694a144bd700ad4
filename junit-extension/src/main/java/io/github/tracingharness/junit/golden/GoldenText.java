package io.github.tracingharness.junit.golden;

import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.SpanAttributeKey;
import io.github.tracingharness.core.trace.TraceIds;
import io.github.tracingharness.core.trace.TraceMetadataKey;
import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a trace without what differs between two runs. */
final class GoldenText {

  /** Where the server keeps the parts of the trace. */
  private static final Set<String> VOLATILE_TAGS =
      Set.of("mlflow.artifactLocation", "mlflow.trace.spansLocation");

  private static final Set<String> VOLATILE_METADATA = Set.of(
      "mlflow.trace.infoFinalized",
      TraceMetadataKey.INPUTS,
      TraceMetadataKey.OUTPUTS,
      TraceMetadataKey.SIZE_BYTES,
      TraceMetadataKey.SIZE_STATS,
      TraceMetadataKey.USER,
      TraceMetadataKey.SOURCE_NAME,
      TraceMetadataKey.SOURCE_TYPE);
  private static final String GIT_METADATA = "mlflow.source.git.";
  private static final Set<String> VOLATILE_ATTRIBUTES = Set.of(
      SpanAttributeKey.REQUEST_ID,
      SpanAttributeKey.START_TIME_NS,
      SpanAttributeKey.LOG_LEVEL,
      SpanAttributeKey.SPAN_TYPE);
  private static final String STACK_TRACE = "exception.stacktrace";

  private final StoredTrace trace;
  private final Map<String, String> names = new LinkedHashMap<>();

  private GoldenText(StoredTrace trace) {
    this.trace = trace;
    names.put(trace.traceId(), "<trace id>");
    names.put(TraceIds.hex(trace.traceId()), "<trace id>");
    trace.spans().forEach(span -> names.put(span.spanId(), "<id of " + span.name() + ">"));
  }

  static String of(StoredTrace trace) {
    return new GoldenText(trace).text();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append("state: ").append(trace.state()).append('\n');
    trace.clientRequestId().ifPresent(id -> line(text, "client request id", id, 0));
    trace.requestPreview().ifPresent(preview -> line(text, "request preview", preview, 0));
    trace.responsePreview().ifPresent(preview -> line(text, "response preview", preview, 0));
    entries(text, "tag ", trace.tags(), VOLATILE_TAGS);
    Map<String, String> metadata = new TreeMap<>(trace.metadata());
    metadata.keySet().removeIf(key -> key.startsWith(GIT_METADATA));
    entries(text, "metadata ", metadata, VOLATILE_METADATA);
    trace.prompts().stream().sorted().forEach(prompt -> line(text, "prompt", prompt, 0));
    Set<String> known = new HashSet<>();
    trace.spans().forEach(span -> known.add(span.spanId()));
    Set<String> written = new HashSet<>();
    siblings(
        text,
        trace.spans().stream()
            .filter(span -> span.parentId() == null || !known.contains(span.parentId()))
            .toList(),
        0,
        written);
    return text.toString();
  }

  private void entries(
      StringBuilder text, String kind, Map<String, String> entries, Set<String> left) {
    new TreeMap<>(entries).forEach((key, value) -> {
      if (!left.contains(key)) {
        line(text, kind + key, value, 0);
      }
    });
  }

  /** Spans that run at the same time start in any order, so names and contents say the order. */
  private void siblings(
      StringBuilder text, List<StoredSpan> spans, int depth, Set<String> written) {
    List<String> texts = new ArrayList<>();
    for (StoredSpan span : spans) {
      if (written.add(span.spanId())) {
        texts.add(span(span, depth, written));
      }
    }
    texts.stream().sorted().forEach(text::append);
  }

  private String span(StoredSpan span, int depth, Set<String> written) {
    StringBuilder text = new StringBuilder();
    Map<String, @Nullable Object> values = new TreeMap<>();
    span.attributes().forEach((key, json) -> values.put(key, read(json)));
    Object type = values.get(SpanAttributeKey.SPAN_TYPE);
    text.append("  ".repeat(depth)).append("span ").append(named(span.name()));
    text.append(type == null ? "" : " " + type);
    text.append(' ').append(span.statusCode());
    text.append(span.statusMessage().isEmpty() ? "" : " " + written(span.statusMessage(), ""));
    text.append(span.endNanos() == 0 ? " open" : "");
    text.append(span.parentId() != null && depth == 0 ? " without its parent" : "")
        .append('\n');
    if (values.containsKey(SpanAttributeKey.INPUTS)) {
      line(text, "inputs", values.remove(SpanAttributeKey.INPUTS), depth + 2);
    }
    if (values.containsKey(SpanAttributeKey.OUTPUTS)) {
      line(text, "outputs", values.remove(SpanAttributeKey.OUTPUTS), depth + 2);
    }
    values.keySet().removeAll(VOLATILE_ATTRIBUTES);
    values.forEach((key, value) -> line(text, "attribute " + key, value, depth + 2));
    for (StoredSpan.Event event : span.events()) {
      Map<String, @Nullable Object> attributes = new TreeMap<>(event.attributes());
      attributes.remove(STACK_TRACE);
      line(text, "event " + event.name(), attributes, depth + 2);
    }
    for (StoredSpan.Link link : span.links()) {
      String target = names.getOrDefault(link.spanId(), "another trace");
      line(text, "link to " + target, link.attributes(), depth + 2);
    }
    siblings(
        text,
        trace.spans().stream()
            .filter(child -> span.spanId().equals(child.parentId()))
            .toList(),
        depth + 1,
        written);
    return text.toString();
  }

  private void line(StringBuilder text, String name, @Nullable Object value, int depth) {
    String indent = "  ".repeat(depth);
    text.append(indent).append(name).append(": ").append(written(value, indent)).append('\n');
  }

  private String written(@Nullable Object value, String indent) {
    return named(PrettyJson.write(value, indent));
  }

  /** Puts names in the place of ids, wherever they occur. */
  private String named(String text) {
    String named = text;
    for (Map.Entry<String, String> id : names.entrySet()) {
      named = named.replace(id.getKey(), id.getValue());
    }
    return named;
  }

  private static @Nullable Object read(String json) {
    try {
      return PythonJson.loads(json);
    } catch (IllegalArgumentException notJson) {
      return json;
    }
  }
}
