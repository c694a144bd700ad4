package io.github.tracingharness.server.differential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Makes valid requests wrong in one way, or just unusual. */
final class Mutations {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> JUNK = List.of(
      "null",
      "true",
      "0",
      "-1",
      "7",
      "1.5",
      "9007199254740993",
      "\"\"",
      "\"x\"",
      "\"5\"",
      "\"0\"",
      "\"ä😀\"",
      "[]",
      "{}",
      "[1]",
      "[\"a\"]",
      "{\"a\":\"b\"}",
      "[null]",
      "99999999999999999999");

  /** Without these, or with another value, conversations would meet in one trace. */
  static final Set<String> KEPT = Set.of("trace_id", "traceId");

  private final Random random;

  Mutations(Random random) {
    this.random = random;
  }

  Step mutate(Step step) {
    if (step.body() == null || random.nextInt(12) == 0) {
      return around(step);
    }
    try {
      return step.withBody(inside(step.body()));
    } catch (JsonProcessingException noJson) {
      return around(step);
    }
  }

  private Step around(Step step) {
    return switch (random.nextInt(6)) {
      case 0 -> step.with(pick(List.of("GET", "POST", "PUT", "PATCH", "DELETE")), step.path());
      case 1 -> step.with(step.method(), step.path().replaceFirst("(\\?|$)", "/$1"));
      case 2 -> step.with(step.method(), step.path().replaceFirst("/api/", "/ajax-api/"));
      case 3 ->
        step.body() == null
            ? step
            : step.withBody(pick(
                List.of("", "null", "[]", "\"x\"", "5", "{", "{}", "{\"a\"", "{} x", "{'a': 1}")));
      case 4 -> step.with(step.method(), step.path().replaceFirst("=[^&]*", "="));
      default -> withContentType(step);
    };
  }

  private Step withContentType(Step step) {
    Map<String, String> headers = new HashMap<>(step.headers());
    headers.put(
        "Content-Type",
        pick(List.of("text/plain", "application/json; charset=utf-8", "Application/JSON", "x")));
    return step.withHeaders(headers);
  }

  private String inside(String body) throws JsonProcessingException {
    JsonNode json = MAPPER.readTree(body);
    List<ObjectNode> objects = new ArrayList<>();
    collect(json, objects);
    objects.removeIf(ObjectNode::isEmpty);
    if (objects.isEmpty()) {
      return pick(JUNK);
    }
    ObjectNode object = pick(objects);
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    names.removeAll(KEPT);
    if (names.isEmpty()) {
      return body;
    }
    String name = pick(names);
    switch (random.nextInt(5)) {
      case 0 -> object.remove(name);
      case 1 -> {
        JsonNode value = object.remove(name);
        object.set(camel(name), value);
      }
      case 2 -> object.set(camel(name), object.get(name));
      default -> object.set(name, MAPPER.readTree(pick(JUNK)));
    }
    return MAPPER.writeValueAsString(json);
  }

  private static void collect(JsonNode json, List<ObjectNode> objects) {
    if (json instanceof ObjectNode object) {
      objects.add(object);
    }
    if (json instanceof ObjectNode || json instanceof ArrayNode) {
      json.forEach(child -> collect(child, objects));
    }
  }

  private static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    for (String word : name.split("_", -1)) {
      camel.append(
          camel.isEmpty() || word.isEmpty()
              ? word
              : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return camel.toString();
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
