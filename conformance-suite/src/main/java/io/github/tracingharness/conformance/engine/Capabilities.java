package io.github.tracingharness.conformance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What a driver declared in its answer to {@code hello}.
 *
 * @param json the member {@code capabilities} as it came
 */
record Capabilities(ObjectNode json) {

  /** Member of the declaration for each kind of need. */
  private static final Map<String, String> MEMBERS = Map.of(
      "op", "ops",
      "config", "config",
      "span", "spans",
      "environment", "environment",
      "signal", "signals",
      "destination", "destinations",
      "ids", "ids",
      "pipeline", "pipeline",
      "times", "times");

  /** Returns which of the needs, each {@code kind:name}, are not declared, sorted. */
  List<String> missing(Collection<String> needs) {
    return needs.stream().filter(need -> !declares(need)).sorted().toList();
  }

  private boolean declares(String need) {
    int colon = need.indexOf(':');
    String member = MEMBERS.get(need.substring(0, colon));
    if (member == null) {
      throw new IllegalArgumentException("unknown kind of need: " + need);
    }
    String name = need.substring(colon + 1);
    if (json.path(member).asText().equals(name)) {
      return true;
    }
    for (JsonNode declared : json.path(member)) {
      if (declared.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a process can serve only one session. */
  boolean oneSession() {
    return json.path("sessions").asText("one").equals("one");
  }
}
