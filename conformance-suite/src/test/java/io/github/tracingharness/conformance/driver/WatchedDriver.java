package io.github.tracingharness.conformance.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.engine.Subject;
import java.time.Duration;
import java.util.Collection;
import java.util.OptionalInt;

/** Hands everything on, and notes which lines are not sound by the schema. */
public final class WatchedDriver implements Driver {

  private final Driver driver;
  private final EdpSchema schema;
  private final Collection<String> problems;

  private WatchedDriver(Driver driver, EdpSchema schema, Collection<String> problems) {
    this.driver = driver;
    this.schema = schema;
    this.problems = problems;
  }

  /**
   * Returns the subject with its lines watched.
   *
   * @param strict whether a member that the schema does not name is a problem
   * @param problems gets a sentence for each problem; from several threads
   */
  public static Subject watch(Subject subject, boolean strict, Collection<String> problems) {
    EdpSchema schema = strict ? EdpSchema.of(closed(EdpSchema.read())) : EdpSchema.load();
    return new Subject(
        subject.arguments(),
        subject.kind(),
        () -> new WatchedDriver(subject.starter().start(), schema, problems));
  }

  /** Refuses members that are not named, wherever members are. */
  private static ObjectNode closed(ObjectNode schema) {
    schema.path("$defs").properties().forEach(definition -> {
      if (!definition.getKey().equals("command") && !definition.getKey().equals("event")) {
        close(definition.getValue());
      }
    });
    return schema;
  }

  private static void close(JsonNode json) {
    json.forEach(WatchedDriver::close);
    if (json instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
  }

  private void note(String op, Iterable<String> found) {
    found.forEach(problem -> problems.add(op + " " + problem));
  }

  @Override
  public ObjectNode call(ObjectNode command, Duration deadline) throws DriverException {
    String op = command.path("op").asText();
    note("command " + op, schema.commandProblems(command));
    ObjectNode answer = driver.call(command, deadline);
    note("answer to " + op, schema.answerProblems(op, answer));
    return answer;
  }

  @Override
  public OptionalInt callForExit(ObjectNode command, Duration deadline) throws DriverException {
    note("command exit", schema.commandProblems(command));
    return driver.callForExit(command, deadline);
  }

  @Override
  public void listen(DriverListener listener) {
    driver.listen(new DriverListener() {
      @Override
      public void event(ObjectNode event) {
        note("event", schema.eventProblems(event));
        listener.event(event);
      }

      @Override
      public void noise(String line) {
        listener.noise(line);
      }

      @Override
      public void stderr(String line) {
        listener.stderr(line);
      }
    });
  }

  @Override
  public void close() {
    driver.close();
  }
}
