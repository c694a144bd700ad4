package io.github.tracingharness.conformance.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.cases.AllCases;
import io.github.tracingharness.conformance.model.CaseNeeds;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published schema: what it takes, what it refuses, and that it knows every name of a case. */
class EdpSchemaTest {

  private static final EdpSchema SCHEMA = EdpSchema.load();

  private static ObjectNode json(String text) throws IOException {
    return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  @Test
  void answer_withMembersOfALaterVersion_isSound() throws IOException {
    ObjectNode answer = json(
        "{'id': 4000000001, 'took': 3, 'ok': {'refs': {'a': {'trace': 'tr-%s', 'span': '00f067aa0ba902b7', 'x': 1}}, 'accepted': 1}}"
            .formatted("0af7651916cd43dd8448eb211c80319c"));

    assertThat(SCHEMA.answerProblems("emit", answer)).isEmpty();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "flush | {'ok': {'result': 'success'}}                        | $: required property 'id' not found",
        "flush | {'id': '7', 'ok': {'result': 'success'}}             | $.id: string found, integer expected",
        "flush | {'id': 7, 'ok': {'result': 'done'}}                  | $.result: does not have a value in the enumeration",
        "flush | {'id': 7, 'ok': {}}                                  | $: required property 'result' not found",
        "flush | {'id': 7, 'ok': {'result': 'success'}, 'error': {'kind': 'driver', 'type': '', 'message': ''}} | $: must be valid to one and only one schema, but 2 are valid",
        "flush | {'id': 7, 'unsupported': {}}                         | $.unsupported: required property 'reason' not found",
        "flush | {'id': 7, 'error': {'kind': 'oops', 'type': 'E', 'message': ''}} | $.error.kind: does not have a value in the enumeration",
        "open  | {'id': 7, 'ok': {'applied': []}}                     | $: required property 'ignored' not found",
        "emit  | {'id': 7, 'ok': {'accepted': 1, 'refs': {'a': {'trace': '0AF7651916CD43DD8448EB211C80319C', 'span': '00f067aa0ba902b7'}}}} | $.refs.a.trace: does not match the regex pattern",
        "emit  | {'id': 7, 'ok': {'accepted': 1, 'refs': {}, 'caller_max_ns': 12}} | $.caller_max_ns: integer found, string expected",
        "stats | {'id': 7, 'ok': {'created': '3'}}                    | $.created: string found, integer expected"
      })
  void answer_thatBreaksARule_isRefusedWithThePlace(String op, String answer, String problem)
      throws IOException {
    assertThat(SCHEMA.answerProblems(op, json(answer)))
        .anySatisfy(found -> assertThat(found).startsWith(problem));
  }

  @Test
  void event_levelThatDoesNotExist_isRefused() throws IOException {
    assertThat(SCHEMA.eventProblems(json("{'event': 'log', 'level': 'WARN', 'text': 'x'}")))
        .isEmpty();
    assertThat(SCHEMA.eventProblems(json("{'event': 'log', 'level': 'warning', 'text': 'x'}")))
        .singleElement()
        .asString()
        .startsWith("$.level: does not have a value in the enumeration");
    assertThat(SCHEMA.eventProblems(json("{'event': 'x-later'}"))).isEmpty();
  }

  @Test
  void command_withoutItsMembers_isRefused() throws IOException {
    assertThat(SCHEMA.commandProblems(json("{'id': 1, 'op': 'flush', 'session': 's1'}")))
        .containsExactly("$: required property 'timeout_ms' not found");
    assertThat(SCHEMA.commandProblems(json("{'id': 1, 'op': 'x-probe-1'}"))).isEmpty();
    assertThat(SCHEMA.commandProblems(json("{'id': 1, 'op': 'frobnicate'}"))).isNotEmpty();
  }

  /**
   * Lines of a run of the real MLflow Python SDK, one for each form of a line, taken from its
   * {@code run.ndjson}.
   */
  @Test
  void lines_ofTheMlflowPythonDriver_areSound() throws IOException {
    Path recorded = Path.of("src", "test", "resources", "edp", "mlflow-python.ndjson");
    List<String> problems = new ArrayList<>();
    int answers = 0;
    for (String text : Files.readAllLines(recorded)) {
      JsonNode line = new ObjectMapper().readTree(text);
      if (line.path("answer") instanceof ObjectNode answer) {
        answers++;
        problems.addAll(SCHEMA.answerProblems(line.path("op").asText(), answer));
      } else if (line.path("command") instanceof ObjectNode command) {
        problems.addAll(SCHEMA.commandProblems(command));
      } else if (line.path("event") instanceof ObjectNode event) {
        problems.addAll(SCHEMA.eventProblems(event));
      } else if (line.path("capabilities") instanceof ObjectNode capabilities) {
        ObjectNode hello = json(
            "{'id': 1, 'ok': {'protocol': 1,"
                + " 'subject': {'name': 'mlflow-python', 'version': '3.17.2', 'language': 'Python'},"
                + " 'driver': {'name': 'd', 'version': '1'}, 'runtime': {'name': 'r', 'version': '1'}}}");
        ((ObjectNode) hello.path("ok")).set("capabilities", capabilities);
        problems.addAll(SCHEMA.answerProblems("hello", hello));
      }
    }

    assertThat(problems).isEmpty();
    assertThat(answers).isGreaterThan(8);
  }

  @Test
  void names_ofAllCases_areKnownToTheSchema() {
    Map<String, String> members = Map.of(
        "op", "ops",
        "config", "config",
        "span", "spans",
        "environment", "environment",
        "signal", "signals",
        "pipeline", "pipeline",
        "destination", "destinations");
    TreeSet<String> unknown = new TreeSet<>();
    for (ConformanceCase c : AllCases.registry().all()) {
      for (String need : CaseNeeds.of(c)) {
        List<String> parts = List.of(need.split(":", 2));
        String member = members.get(parts.get(0));
        if (member != null
            && !SCHEMA.knownNames(member).contains(parts.get(1))
            && !parts.get(1).matches("(MLFLOW|OTEL)_.*")) {
          unknown.add(need);
        }
      }
    }

    assertThat(unknown).isEmpty();
  }
}
