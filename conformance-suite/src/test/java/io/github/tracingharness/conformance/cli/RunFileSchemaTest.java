package io.github.tracingharness.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.github.tracingharness.conformance.history.HistoryEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every line of a run is what {@code run-1.schema.json} says, and the schema is no rubber stamp.
 */
class RunFileSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  private static Path directory;

  private static final List<ObjectNode> LINES = new ArrayList<>();

  @BeforeAll
  static void run() throws IOException {
    HarnessCommand.commandLine()
        .execute(
            "run", "--case", "prompt", "--case", "MLF-ASYNC-002", "--out", directory.toString());
    for (String line : Files.readAllLines(directory.resolve("run.ndjson"))) {
      LINES.add((ObjectNode) JSON.readTree(line));
    }
  }

  @Test
  void lines_ofARun_areValid() throws IOException {
    JsonSchema schema = schema();

    assertThat(LINES).allSatisfy(line -> assertThat(schema.validate(line)).isEmpty());
    assertThat(LINES)
        .extracting(line -> line.path("line").asText())
        .contains("run", "case", "event", "case-end", "not-run", "end");
  }

  @Test
  void schema_lineWithoutOneOfItsMembers_isRefused() throws IOException {
    JsonSchema schema = schema();
    Map<String, ObjectNode> kinds = new LinkedHashMap<>();
    LINES.forEach(
        line -> kinds.put(line.path("line").asText() + line.path("event").asText(), line));

    assertThat(kinds)
        .containsKeys("eventcommand", "eventreply", "eventexchange", "eventlog", "eventreleased");
    for (ObjectNode line : kinds.values()) {
      for (Iterator<String> names = line.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        if (!name.equals("counts")) {
          ObjectNode without = line.deepCopy();
          without.remove(name);
          assertThat(schema.validate(without)).as("%s without %s", line, name).isNotEmpty();
        }
      }
    }
  }

  @Test
  void schema_kindsOfEvents_areThoseOfTheCode() throws IOException {
    List<String> names = Arrays.stream(
            HistoryEvent.class.getAnnotation(JsonSubTypes.class).value())
        .map(JsonSubTypes.Type::name)
        .toList();
    try (InputStream in = stream()) {
      List<String> ofSchema = new ArrayList<>();
      for (JsonNode name : JSON.readTree(in).at("/$defs/event/properties/event/enum")) {
        ofSchema.add(name.asText());
      }
      assertThat(ofSchema).containsExactlyInAnyOrderElementsOf(names);
    }
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream in = stream()) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
    }
  }

  private static InputStream stream() {
    return RunFileSchemaTest.class.getResourceAsStream("/schemas/run-1.schema.json");
  }
}
