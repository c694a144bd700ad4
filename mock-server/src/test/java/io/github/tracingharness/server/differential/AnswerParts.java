package io.github.tracingharness.server.differential;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parts of a body that must be equal: each value of a JSON text under its pointer, with its
 * type, the order of members where it is determined, and the layout. Ids that a server chose and
 * times of today are not compared.
 */
final class AnswerParts {

  private static final List<String> MAPS =
      List.of("tags", "trace_metadata", "metadata", "values", "dimensions");
  private static final Pattern PYTHON_SET = Pattern.compile("\\{('[^'{}]*'(?:, '[^'{}]*')+)}");
  private static final Pattern SQL = Pattern.compile("(?s)\\(sqlite3\\..*");
  private static final Pattern TIME =
      Pattern.compile("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(?:\\.[0-9]+)?Z");
  private static final Pattern RANDOM_ID =
      Pattern.compile("(?<![0-9a-f])(?<!tr-)[0-9a-f]{32}(?![0-9a-f])");
  /** Of another conversation: both servers count from a number of eight digits. */
  private static final Pattern EXPERIMENT_ID = Pattern.compile("(?<![0-9])[78]0[0-9]{6}(?![0-9])");

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private final Names names;
  private final long now = System.currentTimeMillis();

  AnswerParts(Names names) {
    this.names = names;
  }

  void parts(Answer answer, Map<String, String> parts) {
    JsonNode json = answer.json();
    if (!json.isContainerNode()) {
      parts.put("body", text(answer.body()));
      return;
    }
    parts.put("layout", layout(answer.body()));
    node("", json, parts);
  }

  private void node(String path, JsonNode node, Map<String, String> parts) {
    if (node.isObject()) {
      List<String> members = new ArrayList<>();
      node.fieldNames().forEachRemaining(members::add);
      String name = path.substring(path.lastIndexOf('/') + 1);
      boolean inOrder = !MAPS.contains(name) && !path.contains("value");
      parts.put(
          "body" + path + " members",
          (inOrder ? members : members.stream().sorted().toList()).toString());
      for (String member : members) {
        node(path + "/" + names.hide(member), node.get(member), parts);
      }
    } else if (node.isArray()) {
      parts.put("body" + path + " length", Integer.toString(node.size()));
      int number = 0;
      for (JsonNode item : items(path, node)) {
        node(path + "/" + number++, item, parts);
      }
    } else {
      String type = node.isIntegralNumber() ? "INTEGER" : node.getNodeType().name();
      parts.put("body" + path, type + " " + value(node));
    }
  }

  /** Maps that are written as lists have no order: it is that of the real server's database. */
  private static List<JsonNode> items(String path, JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    if (path.endsWith("/tags") || path.endsWith("/request_metadata")) {
      items.sort(Comparator.comparing(item -> item.path("key").asText()));
    }
    return items;
  }

  private String value(JsonNode node) {
    if (node.isIntegralNumber() && Math.abs(node.longValue() - now) < DAY_MILLIS) {
      return "«now»";
    }
    return text(node.asText());
  }

  private String text(String text) {
    String hidden = names.hide(text);
    hidden = RANDOM_ID.matcher(hidden).replaceAll("«id»");
    hidden = EXPERIMENT_ID.matcher(hidden).replaceAll("«experiment»");
    hidden = SQL.matcher(hidden).replaceAll("«sql»");
    hidden =
        TIME.matcher(hidden).replaceAll(time -> isToday(time.group()) ? "«now»" : time.group());
    return PYTHON_SET
        .matcher(hidden)
        .replaceAll(set -> Matcher.quoteReplacement(Arrays.stream(set.group(1).split(", ", -1))
            .sorted()
            .collect(Collectors.joining(", ", "{", "}"))));
  }

  private boolean isToday(String time) {
    return Math.abs(Instant.parse(time).toEpochMilli() - now) < DAY_MILLIS;
  }

  private static String layout(String body) {
    if (body.startsWith("{\n")) {
      return "pretty";
    }
    return body.matches("(?s)\\{\"[a-z_]*\": .*") ? "spaced" : "compact";
  }
}
