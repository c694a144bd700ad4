package io.github.tracingharness.conformance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.driver.Driver;
import io.github.tracingharness.conformance.driver.DriverException;
import io.github.tracingharness.conformance.driver.DriverListener;
import io.github.tracingharness.conformance.driver.ProcessUsage;
import io.github.tracingharness.conformance.driver.Versions;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.report.SubjectIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/** A driver that has said who it is and has passed the honesty probe, or has failed it. */
final class ReadyDriver implements AutoCloseable {

  private static final Duration HELLO_DEADLINE = Duration.ofSeconds(60);
  private static final Duration PROBE_DEADLINE = Duration.ofSeconds(5);

  /** A one-shot program has to start before it can say no. */
  private static final Duration START_DEADLINE = Duration.ofSeconds(30);

  private final Driver driver;
  private final SubjectIdentity identity;
  private final Capabilities capabilities;
  private final boolean honest;
  private long lastId = 2;

  private ReadyDriver(
      Driver driver, SubjectIdentity identity, Capabilities capabilities, boolean honest) {
    this.driver = driver;
    this.identity = identity;
    this.capabilities = capabilities;
    this.honest = honest;
  }

  /**
   * Starts the subject, asks who it is and whether it says no to an operation that does not exist.
   *
   * @throws IOException if it cannot be started or does not answer as the protocol wants; the
   *     message says why
   */
  static ReadyDriver start(Subject subject) throws IOException {
    Driver driver = subject.starter().start();
    LastWords lastWords = new LastWords();
    driver.listen(lastWords);
    try {
      JsonNode hello = driver.call(hello(), HELLO_DEADLINE).path("ok");
      if (!(hello.path("capabilities") instanceof ObjectNode capabilities)) {
        throw new IOException(
            "the driver's answer to hello must have ok with the object capabilities");
      }
      if (subject.kind() == Subject.Kind.ATTACHED) {
        withoutExit(capabilities);
      }
      String probe = "x-probe-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
      boolean oneShot = subject.kind() == Subject.Kind.ONE_SHOT;
      if (oneShot) {
        capabilities.put(CaseHistory.ONE_SHOT, true);
      }
      ObjectNode answer = driver.call(command(2, probe), oneShot ? START_DEADLINE : PROBE_DEADLINE);
      return new ReadyDriver(
          driver, identity(hello), new Capabilities(capabilities), answer.has("unsupported"));
    } catch (DriverException e) {
      driver.close();
      throw new IOException(e.getMessage() + lastWords, e);
    } catch (IOException | RuntimeException e) {
      driver.close();
      throw e;
    }
  }

  /** Keeps the last line on stderr, which mostly says why a driver did not start. */
  private static final class LastWords implements DriverListener {

    private volatile String line = "";

    @Override
    public void event(ObjectNode event) {}

    @Override
    public void noise(String line) {}

    @Override
    public void stderr(String line) {
      if (!line.isBlank()) {
        this.line = line.strip();
      }
    }

    @Override
    public String toString() {
      return line.isEmpty() ? "" : "; its last words on stderr were: " + line;
    }
  }

  /** Who attached something to the suite wants it to live on, and nobody could start it again. */
  private static void withoutExit(ObjectNode capabilities) {
    if (capabilities.path("ops") instanceof ArrayNode ops) {
      for (int i = ops.size() - 1; i >= 0; i--) {
        if (ops.get(i).asText().equals("exit")) {
          ops.remove(i);
        }
      }
    }
  }

  private static ObjectNode hello() {
    ObjectNode hello = command(1, "hello").put("deadline_ms", HELLO_DEADLINE.toMillis());
    hello.putArray("protocol").add(1);
    hello.putObject("harness").put("name", "tracing-harness").put("version", Versions.suite());
    return hello;
  }

  private static ObjectNode command(long id, String op) {
    return JsonNodeFactory.instance.objectNode().put("id", id).put("op", op);
  }

  private static SubjectIdentity identity(JsonNode hello) {
    JsonNode subject = hello.path("subject");
    return new SubjectIdentity(
        subject.path("name").asText("unnamed"),
        subject.path("version").asText("unknown"),
        subject.path("language").asText("unknown"),
        nameAndVersion(hello.path("runtime")),
        nameAndVersion(hello.path("driver")));
  }

  private static String nameAndVersion(JsonNode part) {
    return (part.path("name").asText("unknown") + " " + part.path("version").asText("")).strip();
  }

  SubjectIdentity identity() {
    return identity;
  }

  Capabilities capabilities() {
    return capabilities;
  }

  /** Returns whether it runs a whole case at once and answers nothing. */
  boolean isOneShot() {
    return capabilities.json().path(CaseHistory.ONE_SHOT).asBoolean();
  }

  /** Returns whether it answered a made-up operation with {@code unsupported}. */
  boolean isHonest() {
    return honest;
  }

  void listen(DriverListener listener) {
    driver.listen(listener);
  }

  /** Returns a command with the next id. */
  ObjectNode next(String op, Duration deadline) {
    return command(++lastId, op).put("deadline_ms", deadline.toMillis());
  }

  ObjectNode call(ObjectNode command, Duration deadline) throws DriverException {
    return driver.call(command, deadline);
  }

  OptionalInt callForExit(ObjectNode command, Duration deadline) throws DriverException {
    return driver.callForExit(command, deadline);
  }

  OptionalInt terminate(Duration deadline) throws DriverException {
    return driver.terminate(deadline);
  }

  Optional<ProcessUsage> usage() {
    return driver.usage();
  }

  @Override
  public void close() {
    driver.close();
  }
}
