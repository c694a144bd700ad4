package io.github.tracingharness.conformance.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The suite's end of EDP/1 over a pair of streams: one line out, one answer in. */
abstract class LineDriver implements Driver {

  private static final List<String> FORMS = List.of("ok", "unsupported", "error");

  /** How long the end of a stream is waited for once the other side is known to be gone. */
  private static final Duration LAST_LINES = Duration.ofSeconds(2);

  // Escaped, because a case may send a lone surrogate, which has no UTF-8 form.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final OutputStream out;
  private final AnswerLines lines;

  LineDriver(OutputStream out, AnswerLines lines) {
    this.out = out;
    this.lines = lines;
  }

  /** Waits until the subject is gone and all that it wrote is read; returns whether it is. */
  abstract boolean awaitGone(Duration limit);

  /** Returns the exit code of a subject that is gone; empty where it is no process of ours. */
  abstract OptionalInt exitCode();

  /** Makes the subject say where it stands, where that is possible. */
  abstract void askForStacks();

  /** Returns what befell a driver that was too slow, as in "so the driver was killed". */
  abstract String fate();

  /** Returns what the driver did that is gone, such as "ended with exit code 3". */
  abstract String howItEnded();

  @Override
  public final ObjectNode call(ObjectNode command, Duration deadline) throws DriverException {
    send(command);
    ObjectNode answer = receive(command, deadline);
    String op = command.path("op").asText();
    if (answer.path("id").asLong(-1) != command.path("id").asLong()) {
      throw protocol("the answer to %s has the id %s, but the command had %s"
          .formatted(op, answer.path("id"), command.path("id")));
    }
    if (FORMS.stream().filter(answer::has).count() != 1) {
      throw protocol("the answer to %s must have exactly one of ok, unsupported and error: %s"
          .formatted(op, AnswerLines.shorten(answer.toString())));
    }
    return answer;
  }

  private ObjectNode receive(ObjectNode command, Duration deadline) throws DriverException {
    String op = command.path("op").asText();
    AnswerLines.@Nullable Received received;
    try {
      received = lines.next(deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new DriverException(DriverException.Kind.CRASHED, "the run was interrupted");
    }
    if (received == null && !awaitGone(Duration.ZERO)) {
      throw late("%s was not answered within %d ms".formatted(op, deadline.toMillis()));
    }
    if (received != null && received.answer() != null) {
      return received.answer();
    }
    if (received != null && !received.isEnd()) {
      throw protocol("the answer to %s %s".formatted(op, received.problem()));
    }
    awaitGone(LAST_LINES);
    close();
    throw new DriverException(
        DriverException.Kind.CRASHED,
        "the driver %s instead of answering %s".formatted(howItEnded(), op));
  }

  private DriverException late(String what) {
    String noise = lines.lastNoise().isEmpty()
        ? ""
        : "; its last line on stdout was " + AnswerLines.shorten(lines.lastNoise());
    lines.expectStacks();
    askForStacks();
    close();
    return new DriverException(DriverException.Kind.DEADLINE, what + ", so " + fate() + noise);
  }

  private DriverException protocol(String message) {
    close();
    return new DriverException(DriverException.Kind.PROTOCOL, message);
  }

  private void send(ObjectNode command) throws DriverException {
    try {
      out.write((MAPPER.writeValueAsString(command) + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      String how = awaitGone(LAST_LINES) ? howItEnded() : "reads no more commands";
      close();
      throw new DriverException(
          DriverException.Kind.CRASHED,
          "the driver %s, so it could not be sent %s"
              .formatted(how, command.path("op").asText()));
    }
  }

  @Override
  public final OptionalInt callForExit(ObjectNode command, Duration deadline)
      throws DriverException {
    send(command);
    return awaitExit("after exit", deadline);
  }

  @Override
  public final OptionalInt endInput(Duration deadline) throws DriverException {
    try {
      endOfCommands();
    } catch (IOException e) {
      // Whoever is gone already needs not be told.
    }
    return awaitExit("after the end of its input", deadline);
  }

  /** Ends the stream of commands, and leaves that of answers open. */
  abstract void endOfCommands() throws IOException;

  private OptionalInt awaitExit(String since, Duration deadline) throws DriverException {
    if (!awaitGone(deadline)) {
      throw late("the driver did not end within %d ms %s".formatted(deadline.toMillis(), since));
    }
    return exitCode();
  }

  @Override
  public final void listen(DriverListener listener) {
    lines.listen(listener);
  }

  final AnswerLines lines() {
    return lines;
  }
}
