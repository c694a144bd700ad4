package io.github.tracingharness.conformance.drivercheck;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.driver.Driver;
import io.github.tracingharness.conformance.driver.DriverException;
import io.github.tracingharness.conformance.driver.DriverListener;
import io.github.tracingharness.conformance.driver.EdpSchema;
import io.github.tracingharness.conformance.driver.Versions;
import io.github.tracingharness.conformance.engine.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/** One driver from its start to its end, with everything that it says held against the schema. */
final class Conversation implements AutoCloseable {

  static final Duration HELLO = Duration.ofSeconds(60);
  static final Duration OPEN = Duration.ofSeconds(30);
  static final Duration PLENTY = Duration.ofSeconds(20);
  static final String SESSION = "s1";

  // More than 31 bits: an id is a number like any other.
  private static final long FIRST_ID = 4_000_000_000L;

  private final Driver driver;
  private final EdpSchema schema;
  private final Heard heard;
  private final List<String> problems = new ArrayList<>();
  private long lastId = FIRST_ID;

  private Conversation(Driver driver, EdpSchema schema) {
    this.driver = driver;
    this.schema = schema;
    this.heard = new Heard(schema);
    driver.listen(heard);
  }

  static Conversation start(Subject subject, EdpSchema schema) throws IOException {
    return new Conversation(subject.starter().start(), schema);
  }

  ObjectNode hello() throws DriverException {
    ObjectNode hello = JsonNodeFactory.instance.objectNode();
    hello.putArray("protocol").add(1);
    hello.putObject("harness").put("name", "tracing-harness").put("version", Versions.suite());
    return call("hello", hello, HELLO);
  }

  /** Opens the session; config may be empty. */
  ObjectNode open(ObjectNode destination, ObjectNode config) throws DriverException {
    ObjectNode open = JsonNodeFactory.instance.objectNode();
    open.put("session", SESSION).put("case", "driver-check");
    open.set("destination", destination);
    open.set("config", config);
    return call("open", open, OPEN);
  }

  ObjectNode inSession(String op, ObjectNode members, Duration deadline) throws DriverException {
    return call(op, members.put("session", SESSION), deadline);
  }

  ObjectNode call(String op, ObjectNode members, Duration deadline) throws DriverException {
    ObjectNode command = command(op, deadline);
    command.setAll(members);
    ObjectNode answer = driver.call(command, deadline);
    schema.answerProblems(op, answer).forEach(problem -> problems.add(op + ": " + problem));
    return answer;
  }

  OptionalInt exit(String how, Duration deadline) throws DriverException {
    return driver.callForExit(command("exit", deadline).put("how", how), deadline);
  }

  OptionalInt endInput(Duration deadline) throws DriverException {
    return driver.endInput(deadline);
  }

  private ObjectNode command(String op, Duration deadline) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", ++lastId)
        .put("op", op)
        .put("deadline_ms", deadline.toMillis())
        .put("x_future", "a member that no version of the protocol has");
  }

  /** Returns what the schema finds wrong with the answers and events so far. */
  List<String> problems() {
    List<String> all = new ArrayList<>(problems);
    all.addAll(heard.eventProblems);
    return all;
  }

  List<String> noise() {
    return List.copyOf(heard.noise);
  }

  /** Returns the last line on stderr as the end of a sentence; empty when there was none. */
  String lastWords() {
    return heard.lastStderr.isEmpty() ? "" : "; its last words on stderr were: " + heard.lastStderr;
  }

  @Override
  public void close() {
    driver.close();
  }

  /** What is said without being asked. */
  private static final class Heard implements DriverListener {

    private final EdpSchema schema;
    private final List<String> eventProblems = new CopyOnWriteArrayList<>();
    private final List<String> noise = new CopyOnWriteArrayList<>();
    private volatile String lastStderr = "";

    Heard(EdpSchema schema) {
      this.schema = schema;
    }

    @Override
    public void event(ObjectNode event) {
      schema.eventProblems(event).forEach(problem -> eventProblems.add("event: " + problem));
    }

    @Override
    public void noise(String line) {
      noise.add(line);
    }

    @Override
    public void stderr(String line) {
      if (!line.isBlank()) {
        lastStderr = line.strip();
      }
    }
  }
}
