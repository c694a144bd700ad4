package io.github.tracingharness.server.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.server.http.JsonLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares an answer with the recorded one: status, headers, body, JSON types, member order and
 * layout.
 */
final class GoldenComparison {

  /** Members whose order is random on the real server. */
  private static final Set<String> MAPS =
      Set.of("tags", "trace_metadata", "metadata", "values", "dimensions");

  private static final Pattern PYTHON_SET = Pattern.compile("\\{('[^'{}]*'(?:, '[^'{}]*')+)}");
  private static final int SHOWN = 200;

  private final JsonNode step;
  private final GoldenScenario scenario;
  private final List<String> differences = new ArrayList<>();

  private GoldenComparison(JsonNode step, GoldenScenario scenario) {
    this.step = step;
    this.scenario = scenario;
  }

  static List<String> compare(JsonNode step, GoldenClient.Answer answer, GoldenScenario scenario) {
    GoldenComparison comparison = new GoldenComparison(step, scenario);
    comparison.answer(answer);
    return comparison.differences;
  }

  private void answer(GoldenClient.Answer answer) {
    JsonNode expected = step.path("response");
    check("status", expected.path("status").intValue(), answer.status());
    for (Map.Entry<String, JsonNode> header : expected.path("headers").properties()) {
      String wanted = header.getValue().isNull()
          ? "absent"
          : scenario.fill(header.getValue().textValue());
      List<String> values = answer.headers().get(header.getKey());
      String found = values == null ? "absent" : String.join(", ", values);
      boolean list = Set.of("allow", "vary").contains(header.getKey());
      check(header.getKey(), list ? words(wanted) : wanted, list ? words(found) : found);
    }
    switch (expected.path("body_encoding").asText("none")) {
      case "json" -> json(expected, answer);
      case "text" -> check("body", scenario.fill(expected.path("body").textValue()), answer.text());
      case "base64" ->
        check(
            "body",
            expected.path("body").textValue(),
            Base64.getEncoder().encodeToString(answer.body()));
      default -> check("body", "", answer.text());
    }
  }

  private void json(JsonNode expected, GoldenClient.Answer answer) {
    node("", scenario.fill(expected.path("body")), answer.json());
    String layout = expected.path("json_style").asText();
    if (differences.isEmpty() && !layout.isEmpty()) {
      check("layout " + layout, written(answer.json(), layout), answer.text().stripTrailing());
    }
  }

  private static String written(JsonNode json, String layout) {
    if (layout.equals("spans")) {
      List<String> spans = new ArrayList<>();
      json.path("spans").forEach(span -> spans.add(JsonLayout.SPACED.write(span)));
      return "{\"spans\":[" + String.join(",", spans) + "]}";
    }
    return JsonLayout.valueOf(layout.toUpperCase(Locale.ROOT)).write(json);
  }

  private void node(String path, JsonNode expected, JsonNode actual) {
    String form = rule(step.path("mask_patterns"), path);
    if (form != null || masked(path)) {
      check(path + " type", type(expected), type(actual));
      if (form != null && !actual.asText().matches("(?s)" + form)) {
        differences.add(path + " is " + actual + " and not of the form " + form);
      }
    } else if (!type(expected).equals(type(actual))) {
      check(path, expected.toString(), actual.toString());
    } else if (expected.isObject()) {
      object(path, expected, actual);
    } else if (expected.isArray()) {
      array(path, expected, actual);
    } else {
      check(path, normalized(expected.asText()), normalized(actual.asText()));
    }
  }

  private void object(String path, JsonNode expected, JsonNode actual) {
    List<String> wanted = names(expected);
    List<String> found = names(actual);
    boolean map = MAPS.contains(path.substring(path.lastIndexOf('/') + 1))
        || path.contains("/feedback/value");
    check(path + " members", map ? sorted(wanted) : wanted, map ? sorted(found) : found);
    for (String name : wanted) {
      if (actual.has(name)) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        node(path + "/" + escaped, expected.path(name), actual.path(name));
      }
    }
  }

  private void array(String path, JsonNode expected, JsonNode actual) {
    if (rule(step.path("unordered"), path) != null) {
      check(path, sorted(texts(expected)), sorted(texts(actual)));
      return;
    }
    check(path + " length", expected.size(), actual.size());
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      node(path + "/" + i, expected.get(i), actual.get(i));
    }
  }

  private boolean masked(String path) {
    return rule(step.path("mask"), path) != null;
  }

  /**
   * The rule for a path: the pattern of an object's member, or the path itself of a list's item.
   */
  private String rule(JsonNode rules, String path) {
    for (Map.Entry<String, JsonNode> rule : rules.properties()) {
      if (fits(scenario.fill(rule.getKey()), path)) {
        return scenario.fill(rule.getValue().textValue());
      }
    }
    for (JsonNode rule : rules) {
      if (rules.isArray() && fits(scenario.fill(rule.textValue()), path)) {
        return path;
      }
    }
    return null;
  }

  private static boolean fits(String pattern, String path) {
    String[] wanted = pattern.split("/", -1);
    String[] found = path.split("/", -1);
    if (wanted.length != found.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i].equals("*") && !wanted[i].equals(found[i])) {
        return false;
      }
    }
    return true;
  }

  private void check(String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      differences.add(what + " is " + shortened(actual) + " instead of " + shortened(expected));
    }
  }

  private static String shortened(Object value) {
    String text = String.valueOf(value);
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  private static String type(JsonNode node) {
    return node.isNumber()
        ? (node.isIntegralNumber() ? "INTEGER" : "FLOAT")
        : node.getNodeType().name();
  }

  /** Python prints sets in random order. */
  private static String normalized(String text) {
    return PYTHON_SET
        .matcher(text)
        .replaceAll(set -> Matcher.quoteReplacement(Arrays.stream(set.group(1).split(", ", -1))
            .sorted()
            .collect(Collectors.joining(", ", "{", "}"))));
  }

  private static Set<String> words(String list) {
    return new TreeSet<>(Arrays.asList(list.split(",\\s*", -1)));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.toString()));
    return texts;
  }

  private static List<String> sorted(List<String> names) {
    return names.stream().sorted().toList();
  }
}
