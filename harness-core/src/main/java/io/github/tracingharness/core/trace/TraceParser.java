package io.github.tracingharness.core.trace;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads traces from the JSON forms that they are written in, as MLflow's {@code Trace.from_json}
 * does. Of a text among a span's attributes the file does not say whether it is JSON; what can be
 * read as JSON is taken for it.
 *
 * @since 0.1.0
 */
public final class TraceParser {

  private static final Pattern HEX = Pattern.compile("(?:[0-9a-f]{16}){1,2}");
  private static final String CODE_PREFIX = "STATUS_CODE_";

  private TraceParser() {}

  /**
   * Reads what {@link Trace#toJson()} writes.
   *
   * @throws IllegalArgumentException if the text is no trace
   */
  public static Trace trace(String json) {
    Tree tree = Tree.of(PythonJson.loads(json), "the trace");
    return new Trace(info(tree.object("info")), data(tree.object("data")));
  }

  /**
   * Reads the JSON object of a trace info, with its duration as text or in milliseconds. A state
   * that is not said counts as in progress.
   *
   * @throws IllegalArgumentException if it is no trace info
   */
  public static TraceInfo info(Map<?, ?> tree) {
    return info(new Tree(tree));
  }

  /**
   * Reads the JSON object of a {@code traces.json}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static TraceData data(Map<?, ?> tree) {
    return data(new Tree(tree));
  }

  private static TraceInfo info(Tree tree) {
    return new TraceInfo(
        tree.text("trace_id"),
        tree.optionalText("client_request_id"),
        location(tree.object("trace_location")),
        tree.optionalText("request_preview"),
        tree.optionalText("response_preview"),
        timestamp(tree.text("request_time")),
        duration(tree),
        state(tree),
        tree.textMap("trace_metadata"),
        tree.textMap("tags"));
  }

  private static TraceState state(Tree tree) {
    String name = tree.has("state") ? tree.text("state") : "";
    return switch (name) {
      case "OK" -> TraceState.OK;
      case "ERROR" -> TraceState.ERROR;
      case "", "IN_PROGRESS", "STATE_UNSPECIFIED" -> TraceState.IN_PROGRESS;
      default -> throw new IllegalArgumentException("state is " + name);
    };
  }

  private static long timestamp(String text) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("request_time is no time but " + text, e);
    }
  }

  private static @Nullable Long duration(Tree tree) {
    if (tree.has("execution_duration_ms")) {
      return tree.number("execution_duration_ms");
    }
    String text = tree.optionalText("execution_duration");
    if (text == null) {
      return null;
    }
    try {
      String seconds = text.endsWith("s") ? text.substring(0, text.length() - 1) : "";
      return new BigDecimal(seconds)
          .movePointRight(3)
          .setScale(0, RoundingMode.FLOOR)
          .longValueExact();
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException("execution_duration is no duration but " + text, e);
    }
  }

  private static TraceLocation location(Tree tree) {
    if (tree.has("uc_schema")) {
      Tree names = tree.object("uc_schema");
      return new TraceLocation.UcSchema(names.text("catalog_name"), names.text("schema_name"));
    }
    if (tree.has("uc_table_prefix")) {
      Tree names = tree.object("uc_table_prefix");
      return new TraceLocation.UcTablePrefix(
          names.text("catalog_name"),
          names.text("schema_name"),
          names.text("table_prefix"),
          names.text("spans_table_name"));
    }
    return new TraceLocation.Experiment(tree.object("mlflow_experiment").text("experiment_id"));
  }

  private static TraceData data(Tree tree) {
    return new TraceData(tree.objects("spans").stream().map(TraceParser::span).toList());
  }

  private static Span span(Tree tree) {
    Map<String, Object> attributes = attributes(tree);
    String hex = hex(tree.text("trace_id"));
    String parent = tree.optionalText("parent_span_id");
    return new Span(
        traceId(attributes, hex),
        hex(tree.text("span_id")),
        parent == null || parent.isEmpty() ? null : hex(parent),
        tree.text("name"),
        tree.number("start_time_unix_nano"),
        tree.has("end_time_unix_nano")
            ? OptionalLong.of(tree.number("end_time_unix_nano"))
            : OptionalLong.empty(),
        tree.objects("events").stream()
            .map(event -> new SpanEvent(
                event.text("name"), event.number("time_unix_nano"), event.members("attributes")))
            .toList(),
        status(tree),
        attributes,
        links(tree));
  }

  private static List<SpanLink> links(Tree tree) {
    return tree.objects("links").stream()
        .map(link ->
            new SpanLink(link.text("trace_id"), link.text("span_id"), link.members("attributes")))
        .toList();
  }

  private static SpanStatus status(Tree tree) {
    if (!tree.has("status")) {
      return SpanStatus.UNSET;
    }
    Tree status = tree.object("status");
    String code = status.has("code") ? status.text("code") : CODE_PREFIX + SpanStatusCode.UNSET;
    String message = status.has("message") ? status.text("message") : "";
    String name = code.startsWith(CODE_PREFIX) ? code.substring(CODE_PREFIX.length()) : code;
    return new SpanStatus(SpanStatusCode.valueOf(name), message);
  }

  private static Map<String, Object> attributes(Tree tree) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    tree.members("attributes")
        .forEach((key, value) -> attributes.put(
            key, value instanceof String text && isJson(text) ? new JsonText(text) : value));
    return attributes;
  }

  private static boolean isJson(String text) {
    try {
      Object unused = PythonJson.loads(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The attribute knows the whole id, the field only its number. */
  private static String traceId(Map<String, Object> attributes, String hex) {
    return attributes.get(SpanAttributeKey.REQUEST_ID) instanceof JsonText json
            && PythonJson.loads(json.text()) instanceof String id
            && TraceIds.hex(id).equals(hex)
        ? id
        : TraceIds.v3(hex);
  }

  private static String hex(String id) {
    String plain = TraceIds.hex(id);
    if (HEX.matcher(plain).matches()) {
      return plain;
    }
    String hex = HexFormat.of().formatHex(Base64.getDecoder().decode(id));
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("an id of a span is " + id);
    }
    return hex;
  }
}
