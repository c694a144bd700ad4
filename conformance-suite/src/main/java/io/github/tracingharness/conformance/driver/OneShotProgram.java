package io.github.tracingharness.conformance.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program that knows no protocol: it is started once for each case, makes the spans of a file
 * through its exporter, and ends.
 *
 * @param command program and arguments
 * @param environment variables that are always set
 * @param directory where it is started
 * @param variables the exporter's own variables, by the neutral key whose value they get:
 *     {@code destination.endpoint} and other members of the destination, keys of the protocol's
 *     configuration, {@code auth.basic.username} and {@code auth.basic.password}
 * @param hello what a driver would answer to {@code hello}
 */
public record OneShotProgram(
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Map<String, NativeVariable> variables,
    ObjectNode hello) {

  /** Keeps copies. */
  public OneShotProgram {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    variables = Map.copyOf(variables);
  }

  /** Returns the exporter's own variables for a case. */
  Map<String, String> nativeVariables(JsonNode destination, JsonNode config) {
    Map<String, String> set = new LinkedHashMap<>();
    addAll(set, "destination.", destination);
    addAll(set, "", config);
    return set;
  }

  private void addAll(Map<String, String> set, String prefix, JsonNode values) {
    for (Map.Entry<String, JsonNode> member : values.properties()) {
      String key = prefix + member.getKey();
      if (member.getValue().isObject()) {
        addAll(set, key + ".", member.getValue());
      } else if (variables.containsKey(key)) {
        NativeVariable variable = variables.get(key);
        set.put(variable.name(), variable.value(member.getValue()));
      } else if (key.matches("(MLFLOW|OTEL)_.*") && member.getValue().isTextual()) {
        set.put(key, member.getValue().asText());
      }
    }
  }
}
