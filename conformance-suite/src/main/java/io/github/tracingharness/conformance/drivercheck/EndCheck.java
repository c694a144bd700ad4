package io.github.tracingharness.conformance.drivercheck;

import static io.github.tracingharness.conformance.drivercheck.Conversation.PLENTY;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.driver.DriverException;
import io.github.tracingharness.conformance.driver.EdpSchema;
import io.github.tracingharness.conformance.engine.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** How drivers end, and what they do where nobody takes the spans; a driver for each question. */
final class EndCheck {

  private static final Duration LEAVE = Duration.ofSeconds(2);

  private final Subject subject;
  private final EdpSchema schema;
  private final JsonNode capabilities;
  private final Surroundings surroundings;
  private final Consumer<CheckLine> out;
  private final String type;
  private final String make;
  private final List<String> ops;

  EndCheck(
      Subject subject,
      EdpSchema schema,
      JsonNode capabilities,
      Surroundings surroundings,
      Consumer<CheckLine> out) {
    this.subject = subject;
    this.schema = schema;
    this.capabilities = capabilities;
    this.surroundings = surroundings;
    this.out = out;
    this.type = capabilities.path("destinations").path(0).asText();
    this.make = TalkCheck.makingOp(capabilities);
    this.ops = TalkCheck.names(capabilities.path("ops"));
  }

  /** A conversation about one question. */
  private interface Question {
    CheckLine ask(Conversation talk) throws DriverException;
  }

  void run() {
    ask("stdin-end", this::endOfInput);
    ask("nobody-listens", this::nobodyListens);
    if (subject.kind() != Subject.Kind.PROCESS || !ops.contains("exit")) {
      out.accept(CheckLine.skipped(
          "exit",
          ops.contains("exit")
              ? "who is attached is not ended"
              : "exit is not among capabilities.ops"));
    } else {
      ask("exit", this::exit);
    }
  }

  private void ask(String name, Question question) {
    try (Conversation talk = Conversation.start(subject, schema)) {
      try {
        talk.hello();
        out.accept(question.ask(talk));
      } catch (DriverException e) {
        out.accept(
            CheckLine.driverFault(name, e.getMessage() + talk.lastWords(), TalkCheck.helpFor(e)));
      }
    } catch (IOException e) {
      out.accept(
          CheckLine.driverFault(
              name,
              "it answered once, but cannot be reached again: " + e.getMessage(),
              "each case has a driver of its own: after the end of one, the next must be able to start"));
    }
  }

  private ObjectNode config(boolean async) {
    ObjectNode wanted = Spans.object().put("async", async).put("retry.max_attempts", 1);
    wanted.put("retry.base_ms", 0).put("timeout_ms", 1_000);
    return Surroundings.config(capabilities, wanted, type);
  }

  /**
   * A driver that exports in the background meets a server that never answers, so that one which
   * flushes at the end is seen to wait; another would not come to read the end of stdin there.
   */
  private CheckLine endOfInput(Conversation talk) throws DriverException {
    boolean inBackground = TalkCheck.names(capabilities.path("config")).contains("async");
    ObjectNode config = config(true);
    config.remove("timeout_ms");
    ObjectNode destination = inBackground
        ? surroundings.silent(type)
        : Surroundings.live(type, surroundings.newSpace(type));
    talk.open(destination, config);
    talk.inSession(make, Spans.rootAndKid(), PLENTY);
    long start = System.nanoTime();
    try {
      talk.endInput(LEAVE);
    } catch (DriverException e) {
      return CheckLine.driverFault(
          "stdin-end",
          String.valueOf(e.getMessage()),
          "leave at once and without flushing, past all exit hooks of the SDK: os._exit, Runtime.halt, process.exit");
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    return CheckLine.ok(
        "stdin-end",
        "it left %d ms after the end of stdin, with spans that nobody had taken".formatted(millis));
  }

  private CheckLine nobodyListens(Conversation talk) throws DriverException {
    String name = "nobody-listens";
    talk.open(surroundings.nobody(type), config(true));
    String at = make;
    try {
      ObjectNode answer = talk.inSession(make, Spans.rootAndKid(), PLENTY);
      if (make.equals("emit") && answer.has("error")) {
        return CheckLine.note(
            name,
            "emit was answered with " + answer.get("error"),
            "the cases will ask that what fails in an exporter does not reach the application");
      }
      String op = ops.contains("flush") ? "flush" : "shutdown";
      if (make.equals("emit") && ops.contains(op)) {
        at = op;
        answer = talk.inSession(op, Spans.timeout(5_000), PLENTY);
      }
      String result = answer.at("/ok/result").asText("none");
      return result.equals("success")
          ? CheckLine.exporterFault(
              name,
              "%s says success, although nobody listens at destination.endpoint".formatted(at),
              "pass on what the SDK says; if it says nothing, the honest answer is unknown")
          : CheckLine.ok(name, "%s ends, with the result %s".formatted(at, result));
    } catch (DriverException e) {
      if (e.kind() != DriverException.Kind.DEADLINE) {
        throw e;
      }
      return CheckLine.exporterFault(
          name,
          "%s although nobody listens at destination.endpoint".formatted(e.getMessage()),
          "give the exporter a limit of time; list retry.max_attempts and timeout_ms in capabilities.config if it has them");
    }
  }

  private CheckLine exit(Conversation talk) throws DriverException {
    talk.open(Surroundings.live(type, surroundings.newSpace(type)), config(true));
    talk.inSession(make, Spans.rootAndKid(), PLENTY);
    OptionalInt code = talk.exit("return", PLENTY);
    return code.equals(OptionalInt.of(0))
        ? CheckLine.ok("exit", "the application returns, and the process ends with 0")
        : CheckLine.driverFault(
            "exit",
            "the process ended with " + (code.isPresent() ? code.getAsInt() : "no code")
                + talk.lastWords(),
            "end as an application does that returns from its main function");
  }
}
