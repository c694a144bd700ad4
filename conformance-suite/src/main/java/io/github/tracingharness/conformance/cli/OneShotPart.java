package io.github.tracingharness.conformance.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.driver.NativeVariable;
import io.github.tracingharness.conformance.driver.OneShotProgram;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part {@code one-shot} of a {@code subject.yaml}.
 *
 * @param capabilities as a driver would declare them; {@code sessions} is always {@code one}
 * @param variables the exporter's own variables by neutral key: a name, or an object with
 *     {@code name} and, for numbers, {@code times} and {@code plus}; may be null
 */
record OneShotPart(
    @JsonProperty(required = true) ObjectNode capabilities,
    @Nullable Map<String, JsonNode> variables) {

  /**
   * Returns the program.
   *
   * @throws UsageException if a variable is not understood
   */
  OneShotProgram program(SubjectFile file, Launch launch) {
    ObjectNode hello = JsonNodeFactory.instance.objectNode();
    hello
        .putObject("subject")
        .put("name", file.name())
        .put("version", file.version())
        .put("language", file.language());
    hello.set("capabilities", capabilities.deepCopy().put("sessions", "one"));
    Map<String, NativeVariable> named = new HashMap<>();
    if (variables != null) {
      variables.forEach((key, value) -> named.put(key, variable(file.name(), key, value)));
    }
    return new OneShotProgram(
        launch.command(), launch.environment(), launch.directory(), named, hello);
  }

  private static NativeVariable variable(String subject, String key, JsonNode value) {
    if (value.isTextual()) {
      return new NativeVariable(value.asText());
    }
    if (!value.path("name").isTextual()) {
      throw new UsageException(
          "%s/subject.yaml: one-shot.variables.%s must be the name of a variable, or {name, times, plus}, not %s"
              .formatted(subject, key, value));
    }
    return new NativeVariable(
        value.get("name").asText(),
        value.path("times").isNumber() ? value.get("times").decimalValue() : BigDecimal.ONE,
        value.path("plus").isNumber() ? value.get("plus").decimalValue() : BigDecimal.ZERO);
  }
}
