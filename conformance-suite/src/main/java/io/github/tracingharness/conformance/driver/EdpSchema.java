package io.github.tracingharness.conformance.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The published JSON Schema of EDP/1, {@code schemas/edp-1.schema.json}: which lines are sound. It
 * takes members that it does not know, as both sides of the protocol do.
 */
public final class EdpSchema {

  private final JsonNode definitions;
  private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private final Map<String, JsonSchema> compiled = new ConcurrentHashMap<>();

  private EdpSchema(JsonNode definitions) {
    this.definitions = definitions;
  }

  /** Reads the schema from the class path. */
  public static EdpSchema load() {
    return of(read());
  }

  /** Returns the schema as it is published. */
  static ObjectNode read() {
    try (InputStream in = EdpSchema.class.getResourceAsStream("/schemas/edp-1.schema.json")) {
      return (ObjectNode) new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read schemas/edp-1.schema.json", e);
    }
  }

  /** Judges by another schema of the same form. */
  static EdpSchema of(ObjectNode schema) {
    return new EdpSchema(schema.path("$defs"));
  }

  /**
   * Returns what is wrong with an answer, one sentence each, empty when it is sound.
   *
   * @param op the operation that it answers
   */
  public List<String> answerProblems(String op, ObjectNode answer) {
    List<String> problems = new ArrayList<>(problems("answer", answer));
    if (answer.path("ok").isObject() && definitions.has("ok." + op)) {
      problems.addAll(problems("ok." + op, answer.path("ok")));
    }
    return problems;
  }

  /** Returns what is wrong with a line without an id, empty when it is sound. */
  public List<String> eventProblems(ObjectNode event) {
    return problems("event", event);
  }

  /** Returns what is wrong with a command, empty when it is sound. */
  public List<String> commandProblems(ObjectNode command) {
    String definition = "command." + command.path("op").asText();
    return problems(definitions.has(definition) ? definition : "command.probe", command);
  }

  /**
   * Returns the names that the suite knows for a member of the capabilities, sorted; empty for
   * members that are no list of names.
   */
  public Set<String> knownNames(String capability) {
    Set<String> names = new TreeSet<>();
    definitions
        .at("/capabilities/properties/" + capability + "/examples")
        .forEach(name -> names.add(name.asText()));
    return names;
  }

  private List<String> problems(String definition, JsonNode value) {
    return compiled.computeIfAbsent(definition, this::compile).validate(value).stream()
        .map(ValidationMessage::getMessage)
        .sorted()
        .toList();
  }

  private JsonSchema compile(String definition) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$ref", "#/$defs/" + definition);
    schema.set("$defs", definitions);
    return factory.getSchema(schema);
  }
}
