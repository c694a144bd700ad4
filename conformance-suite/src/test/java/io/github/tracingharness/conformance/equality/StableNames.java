package io.github.tracingharness.conformance.equality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives ids, times, sizes, versions and facts of the host names that are the same for each client.
 * What has not the form that it must have keeps its text, and so shows as a difference.
 */
final class StableNames {

  private static final Pattern ID = Pattern.compile("(tr-)?\\b([0-9a-f]{32}|[0-9a-f]{16})\\b");
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+[\\w.+-]*");
  private static final Pattern TOTAL = Pattern.compile("\"total_size_bytes\": (\\d+)");
  private static final Pattern NANOSECONDS = Pattern.compile("\\d{19}");
  private static final Map<String, Pattern> TIMES = Map.of(
      "request_time",
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z"),
      "start_time_unix_nano",
      NANOSECONDS,
      "end_time_unix_nano",
      NANOSECONDS,
      "time_unix_nano",
      NANOSECONDS,
      "request_time_ms",
      Pattern.compile("\\d{13}"),
      "execution_duration_ms",
      Pattern.compile("\\d+"));
  private static final Pattern DURATION = Pattern.compile("\\d+(\\.\\d{3})?s");
  private static final String SIZE_STATS = "mlflow.trace.sizeStats";
  private static final String SIZE_BYTES = "mlflow.trace.sizeBytes";

  private final Map<String, String> ids = new LinkedHashMap<>();

  /** Names a span by its name and its trace by the name of the trace's first span. */
  void span(String traceId, String spanId, String name) {
    ids.put(spanId, "«span " + name + "»");
    ids.putIfAbsent(traceId, "«trace»");
  }

  /** Replaces ids in a text, wherever they are. */
  String text(String text) {
    Matcher matcher = ID.matcher(text);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      String name = ids.get(matcher.group(2));
      String prefix = matcher.group(1) == null ? "" : matcher.group(1);
      matcher.appendReplacement(
          out, Matcher.quoteReplacement(name == null ? matcher.group() : prefix + name));
    }
    return matcher.appendTail(out).toString();
  }

  /** Replaces the versions in a header of a client. */
  static String versions(String text) {
    return VERSION.matcher(text).replaceAll("«version»");
  }

  /** Replaces ids and everything of one run in a tree. */
  JsonNode tree(JsonNode node) {
    if (node.isObject()) {
      ObjectNode named = JsonNodeFactory.instance.objectNode();
      node.properties()
          .forEach(member ->
              named.set(text(member.getKey()), member(member.getKey(), member.getValue(), node)));
      return named;
    }
    if (node.isArray()) {
      List<JsonNode> items = new ArrayList<>();
      node.forEach(item -> items.add(tree(item)));
      return JsonNodeFactory.instance.arrayNode().addAll(items);
    }
    return node.isTextual() ? JsonNodeFactory.instance.textNode(text(node.textValue())) : node;
  }

  private JsonNode member(String key, JsonNode value, JsonNode parent) {
    if (!value.isValueNode()) {
      return tree(value);
    }
    String text = value.asText();
    String name = switch (key) {
      case "execution_duration" -> DURATION.matcher(text).matches() ? "«duration»" : text;
      case "exception.stacktrace" -> text.isEmpty() ? text : "«stack trace»";
      case "mlflow.source.name" -> text.isEmpty() ? text : "«program»";
      case "mlflow.user" -> text.equals(System.getProperty("user.name")) ? "«user»" : text;
      case "telemetry.sdk.version" -> versions(text);
      case SIZE_STATS -> TOTAL.matcher(text).replaceFirst("\"total_size_bytes\": «bytes»");
      case SIZE_BYTES -> text.equals(total(parent)) ? "«bytes»" : text;
      default -> TIMES.containsKey(key) && TIMES.get(key).matcher(text).matches() ? "«time»" : null;
    };
    return name == null ? tree(value) : JsonNodeFactory.instance.textNode(name);
  }

  private static String total(JsonNode metadata) {
    Matcher total = TOTAL.matcher(metadata.path(SIZE_STATS).asText());
    return total.find() ? total.group(1) : "";
  }
}
