package io.github.tracingharness.junit;

import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.core.trace.TraceMetadataKey;
import io.github.tracingharness.core.trace.TraceTagKey;
import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import io.github.tracingharness.server.StoredTrace.SpansFrom;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the answer of {@code GET /api/3.0/mlflow/traces/get}. */
final class TraceJson {

  private TraceJson() {}

  /** Returns the trace, if it has ended and all spans that it announces are there. */
  static Optional<StoredTrace> completeTrace(Map<?, ?> answer) {
    Map<?, ?> trace = map(answer.get("trace"));
    Map<?, ?> info = map(trace.get("trace_info"));
    List<StoredSpan> spans =
        list(trace.get("spans")).stream().map(span -> span(map(span))).toList();
    Map<String, String> metadata = texts(info.get("trace_metadata"));
    String state = text(info, "state");
    if (state.equals("IN_PROGRESS") || spans.size() < announced(metadata)) {
      return Optional.empty();
    }
    Map<?, ?> location = map(map(info.get("trace_location")).get("mlflow_experiment"));
    Map<String, String> tags = texts(info.get("tags"));
    return Optional.of(new StoredTrace(
        text(info, "trace_id"),
        new TraceLocation.Experiment(text(location, "experiment_id")),
        optional(info, "client_request_id"),
        Instant.parse(text(info, "request_time")),
        optional(info, "execution_duration").map(TraceJson::duration),
        state,
        metadata,
        tags,
        optional(info, "request_preview"),
        optional(info, "response_preview"),
        true,
        SpansFrom.TRACKING_STORE,
        spans,
        prompts(tags)));
  }

  private static int announced(Map<String, String> metadata) {
    String stats = metadata.get(TraceMetadataKey.SIZE_STATS);
    return stats != null
            && PythonJson.loads(stats) instanceof Map<?, ?> members
            && members.get("num_spans") instanceof Number spans
        ? spans.intValue()
        : 1;
  }

  private static StoredSpan span(Map<?, ?> span) {
    Map<?, ?> status = map(span.get("status"));
    Map<String, String> attributes = new LinkedHashMap<>();
    values(span.get("attributes"))
        .forEach((key, value) -> attributes.put(key, PythonJson.dumps(value)));
    return new StoredSpan(
        String.valueOf(hex(span.get("span_id"))),
        hex(span.get("parent_span_id")),
        text(span, "name"),
        number(span.get("start_time_unix_nano")),
        number(span.get("end_time_unix_nano")),
        status.get("code") instanceof String code ? code.replace("STATUS_CODE_", "") : "UNSET",
        text(status, "message"),
        attributes,
        list(span.get("events")).stream().map(event -> event(map(event))).toList(),
        list(span.get("links")).stream().map(link -> link(map(link))).toList());
  }

  private static StoredSpan.Event event(Map<?, ?> event) {
    return new StoredSpan.Event(
        text(event, "name"), number(event.get("time_unix_nano")), values(event.get("attributes")));
  }

  private static StoredSpan.Link link(Map<?, ?> link) {
    return new StoredSpan.Link(
        String.valueOf(hex(link.get("trace_id"))),
        String.valueOf(hex(link.get("span_id"))),
        values(link.get("attributes")));
  }

  private static Map<String, @Nullable Object> values(@Nullable Object keyValues) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Object keyValue : list(keyValues)) {
      values.put(text(map(keyValue), "key"), value(map(map(keyValue).get("value"))));
    }
    return values;
  }

  private static @Nullable Object value(Map<?, ?> anyValue) {
    for (Map.Entry<?, ?> only : anyValue.entrySet()) {
      Object value = only.getValue();
      return switch (String.valueOf(only.getKey())) {
        case "int_value" -> number(value);
        case "double_value" ->
          value instanceof Number number
              ? (Object) number.doubleValue()
              : Double.valueOf(String.valueOf(value));
        case "array_value" -> {
          List<@Nullable Object> items = new ArrayList<>();
          list(map(value).get("values")).forEach(item -> items.add(value(map(item))));
          yield items;
        }
        case "kvlist_value" -> values(map(value).get("values"));
        default -> value;
      };
    }
    return null;
  }

  /** The tag holds a list of objects with name and version. */
  private static List<String> prompts(Map<String, String> tags) {
    String linked = tags.get(TraceTagKey.LINKED_PROMPTS);
    return linked == null
        ? List.of()
        : list(PythonJson.loads(linked)).stream()
            .map(prompt -> text(map(prompt), "name") + "/" + text(map(prompt), "version"))
            .toList();
  }

  /** Reads {@code "1.5s"}. */
  private static Duration duration(String seconds) {
    String digits = seconds.substring(0, seconds.length() - 1);
    return Duration.ofNanos(new BigDecimal(digits).movePointRight(9).longValue());
  }

  private static @Nullable String hex(@Nullable Object base64) {
    return base64 instanceof String id && !id.isEmpty()
        ? HexFormat.of().formatHex(Base64.getDecoder().decode(id))
        : null;
  }

  private static long number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.longValue();
    }
    return value == null ? 0 : Long.parseLong(String.valueOf(value));
  }

  private static Map<String, String> texts(@Nullable Object value) {
    Map<String, String> texts = new LinkedHashMap<>();
    map(value).forEach((key, text) -> texts.put(String.valueOf(key), String.valueOf(text)));
    return texts;
  }

  private static Optional<String> optional(Map<?, ?> members, String name) {
    return Optional.ofNullable(members.get(name)).map(String::valueOf);
  }

  private static String text(Map<?, ?> members, String name) {
    return optional(members, name).orElse("");
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> members ? members : Map.of();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> items ? items : List.of();
  }
}
