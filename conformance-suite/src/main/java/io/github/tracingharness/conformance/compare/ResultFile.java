package io.github.tracingharness.conformance.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.report.SubjectIdentity;
import io.github.tracingharness.conformance.requirement.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Renders the lean form of a report that is kept with the sources: sorted, one case a line, and
 * without what passed checks said. Its schema is {@code schemas/result-1.schema.json}.
 */
public final class ResultFile {

  /** Value of the member {@code schema}. */
  static final String SCHEMA = "tracing-harness/result/1";

  private static final int MAX_MESSAGE = 1_500;
  private static final int LEAST_OF_A_DIRECTORY = 3;
  private static final String ELLIPSIS = "…";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, String> replaced;

  /**
   * A renderer.
   *
   * @param replaced what is replaced in texts, such as directories of the machine, in this order
   */
  public ResultFile(Map<String, String> replaced) {
    this.replaced = new LinkedHashMap<>(replaced);
  }

  /** Renders a result. */
  public String render(SubjectResult result) {
    StringBuilder out = new StringBuilder("{\n");
    member(out, "schema", NODES.textNode(SCHEMA));
    member(out, "suite", NODES.textNode(result.suite()));
    SubjectIdentity subject = result.subject();
    member(
        out,
        "subject",
        NODES
            .objectNode()
            .put("name", subject.name())
            .put("version", subject.version())
            .put("language", subject.language())
            .put("runtime", subject.runtime())
            .put("driver", subject.driver()));
    member(out, "seed", NODES.numberNode(result.seed()));
    member(out, "startedAt", NODES.textNode(result.startedAt()));
    member(out, "durationMs", NODES.numberNode(result.durationMs()));
    ObjectNode statements = NODES.objectNode();
    result
        .statements()
        .forEach((key, s) -> statements
            .putObject(key)
            .put("level", s.level().name())
            .put("text", s.text())
            .put("source", s.source()));
    lines(out, "statements", '{', memberLines(statements), '}');
    out.append(",\n");
    List<String> cases = new ArrayList<>();
    result.cases().stream().sorted(CaseLine.ORDER).forEach(c -> cases.add(text(oneCase(c))));
    lines(out, "cases", '[', cases, ']');
    return out.append("\n}\n").toString();
  }

  private ObjectNode oneCase(CaseLine c) {
    ObjectNode json = NODES
        .objectNode()
        .put("id", c.id())
        .put("title", c.title())
        .put("family", c.family())
        .put("set", c.set())
        .put("destination", c.destination())
        .put("verdict", c.verdict().name())
        .put("level", c.level().name())
        .put("requirement", c.requirement());
    if (!c.kind().isEmpty()) {
      json.put("kind", c.kind());
    }
    if (!c.message().isEmpty()) {
      json.put("message", masked(c.message()));
    }
    if (c.isNoteworthy()) {
      explain(c, json);
    }
    return json;
  }

  private void explain(CaseLine c, ObjectNode json) {
    CaseLine.Known known = c.known();
    if (known != null) {
      ObjectNode entry = json.putObject("known").put("reason", known.reason());
      if (known.url() != null) {
        entry.put("url", known.url());
      }
    }
    ArrayNode checks = json.putArray("checks");
    c.unmet()
        .forEach(k -> checks
            .addObject()
            .put("id", k.id())
            .put("verdict", k.level() == Level.MUST ? "FAIL" : "WARN")
            .put("level", k.level().name())
            .put("requirement", k.requirement())
            .put("message", masked(k.message())));
    ArrayNode excerpt = json.putArray("excerpt");
    c.excerpt().forEach(line -> excerpt.add(masked(line)));
    json.put("repro", masked(c.repro()));
  }

  private String masked(String text) {
    String masked = text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + " …";
    for (Map.Entry<String, String> each : replaced.entrySet()) {
      masked = masked.replace(each.getKey(), each.getValue());
      masked = withoutCutOff(masked, each.getKey());
    }
    return masked;
  }

  /** Texts that were shortened may end within a directory's name. */
  private static String withoutCutOff(String text, String directory) {
    String rest = text;
    for (int length = directory.length() - 1; length >= LEAST_OF_A_DIRECTORY; length--) {
      rest = rest.replace(directory.substring(0, length) + ELLIPSIS, ELLIPSIS);
    }
    return rest;
  }

  private static void member(StringBuilder out, String name, JsonNode value) {
    out.append("  \"").append(name).append("\": ").append(text(value)).append(",\n");
  }

  private static List<String> memberLines(ObjectNode members) {
    List<String> lines = new ArrayList<>();
    for (Iterator<String> names = members.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      lines.add(text(NODES.textNode(name)) + ": " + text(members.get(name)));
    }
    return lines;
  }

  private static void lines(
      StringBuilder out, String name, char open, List<String> lines, char close) {
    out.append("  \"").append(name).append("\": ").append(open);
    String end = "";
    for (String line : lines) {
      out.append(end).append("\n    ").append(line);
      end = ",";
    }
    out.append(lines.isEmpty() ? "" : "\n  ").append(close);
  }

  private static String text(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes could not be written", e);
    }
  }
}
