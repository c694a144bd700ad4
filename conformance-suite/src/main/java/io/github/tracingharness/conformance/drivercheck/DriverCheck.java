package io.github.tracingharness.conformance.drivercheck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.driver.DriverException;
import io.github.tracingharness.conformance.driver.EdpSchema;
import io.github.tracingharness.conformance.engine.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks whether a driver keeps to EDP/1. Used once. */
public final class DriverCheck {

  private static final List<String> NAME_LISTS =
      List.of("destinations", "pipeline", "ops", "config", "spans", "environment", "signals");

  private final Subject subject;
  private final Consumer<CheckLine> listener;
  private final EdpSchema schema = EdpSchema.load();
  private final List<CheckLine> lines = new ArrayList<>();

  /**
   * Prepares a check.
   *
   * @param listener takes each line as soon as it is known
   */
  public DriverCheck(Subject subject, Consumer<CheckLine> listener) {
    this.subject = subject;
    this.listener = listener;
  }

  /**
   * Talks to the driver, which takes as long as the driver does; one that never answers is given up
   * after a minute.
   *
   * @return all lines
   * @throws IOException if the driver cannot be started at all
   */
  public List<CheckLine> run() throws IOException {
    try (Surroundings surroundings = new Surroundings()) {
      @Nullable JsonNode capabilities;
      try (Conversation talk = Conversation.start(subject, schema)) {
        capabilities = introduce(talk);
        if (capabilities == null) {
          return List.copyOf(lines);
        }
        new TalkCheck(capabilities, surroundings, this::add).run(talk);
      }
      new EndCheck(subject, schema, capabilities, surroundings, this::add).run();
    }
    return List.copyOf(lines);
  }

  private void add(CheckLine line) {
    lines.add(line);
    listener.accept(line);
  }

  /** Returns the capabilities, or null when there is nothing to talk to. */
  private @Nullable JsonNode introduce(Conversation talk) {
    ObjectNode answer;
    try {
      answer = talk.hello();
    } catch (DriverException e) {
      add(
          CheckLine.driverFault(
              "hello",
              e.getMessage() + talk.lastWords(),
              "run the command by hand and give it the line {\"id\": 1, \"op\": \"hello\", \"protocol\": [1]}"));
      return null;
    }
    JsonNode ok = answer.path("ok");
    List<String> problems = talk.problems();
    if (!problems.isEmpty()) {
      problems.forEach(problem -> add(CheckLine.driverFault(
          "hello", problem, "see hello and capabilities in docs/driver-protocol.md")));
    } else {
      add(CheckLine.ok(
          "hello",
          "%s %s (%s)"
              .formatted(
                  ok.at("/subject/name").asText(),
                  ok.at("/subject/version").asText(),
                  ok.at("/subject/language").asText())));
    }
    if (!ok.path("capabilities").isObject()
        || ok.path("capabilities").path("destinations").isEmpty()) {
      return null;
    }
    noteUnknownNames(ok.path("capabilities"));
    return ok.path("capabilities");
  }

  private void noteUnknownNames(JsonNode capabilities) {
    for (String list : NAME_LISTS) {
      Set<String> unknown = new TreeSet<>();
      capabilities.path(list).forEach(name -> unknown.add(name.asText()));
      unknown.removeAll(schema.knownNames(list));
      unknown.removeIf(name -> list.equals("config") && name.matches("(MLFLOW|OTEL)_.*"));
      if (!unknown.isEmpty()) {
        add(CheckLine.note(
            "names",
            "capabilities.%s has %s, which the suite does not know"
                .formatted(list, String.join(", ", unknown)),
            "known are " + String.join(", ", schema.knownNames(list))));
      }
    }
  }
}
