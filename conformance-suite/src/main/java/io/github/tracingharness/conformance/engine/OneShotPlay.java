package io.github.tracingharness.conformance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.driver.DriverException;
import io.github.tracingharness.conformance.driver.OneShotDriver;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A case as one run of a program that answers nothing: all steps are handed over at once, the end
 * of the process is the barrier. The history has the commands as a driver would have got them, and
 * the answers that follow from the exit code and the file of refs.
 */
final class OneShotPlay {

  private static final Duration MARGIN = Duration.ofSeconds(15);

  private final ConformanceCase conformanceCase;
  private final ReadyDriver driver;
  private final Recorder recorder;

  OneShotPlay(ConformanceCase c, ReadyDriver driver, Recorder recorder) {
    this.conformanceCase = c;
    this.driver = driver;
    this.recorder = recorder;
  }

  /** Returns why a case cannot be played so, if it cannot. */
  static Optional<String> obstacle(ConformanceCase c) {
    for (Step step : c.steps()) {
      if (command(step) == null) {
        return Optional.of(
            "a one-shot program is left alone until it ends, but the case acts while it runs (%s)"
                .formatted(step.getClass().getSimpleName()));
      }
    }
    return Optional.empty();
  }

  /** Returns the members of the command for a step, or null for a step that needs a live driver. */
  private static @Nullable ObjectNode command(Step step) {
    ObjectNode command = JsonNodeFactory.instance.objectNode();
    if (step instanceof Step.Emit emit) {
      return command.put("op", "emit").setAll(emit.body());
    }
    if (step instanceof Step.Flush flush) {
      return command.put("op", "flush").put("timeout_ms", flush.timeout().toMillis());
    }
    if (step instanceof Step.Shutdown shutdown) {
      return command.put("op", "shutdown").put("timeout_ms", shutdown.timeout().toMillis());
    }
    if (step instanceof Step.Exit exit) {
      return command.put("op", "exit").put("how", exit.how());
    }
    return null;
  }

  /**
   * Plays the case.
   *
   * @param session destination and configuration
   */
  void run(ObjectNode session) throws DriverException {
    List<ObjectNode> commands = new ArrayList<>();
    ObjectNode open = driver.next("open", MARGIN).put("case", conformanceCase.id());
    open.setAll(session);
    recorder.command(open);
    recorder.reply(open, opened(open));
    ArrayNode steps = JsonNodeFactory.instance.arrayNode();
    List<String> scenario = new ArrayList<>();
    for (Step step : conformanceCase.steps()) {
      ObjectNode members = command(step);
      if (members == null) {
        throw new IllegalStateException("a case with an obstacle is not played");
      }
      ObjectNode command = driver.next(members.path("op").asText(), conformanceCase.budget());
      command.setAll(members);
      commands.add(command);
      recorder.command(command);
      steps.add(writtenOut(members));
      scenario.add(
          members.has("how")
              ? "exit:" + members.path("how").asText()
              : members.path("op").asText());
    }
    Duration deadline = conformanceCase.budget().plus(MARGIN);
    ObjectNode play = driver.next(OneShotDriver.RUN, deadline);
    play.put("scenario", String.join("+", scenario)).setAll(session);
    play.set("steps", steps);
    conclude(commands, driver.call(play, deadline));
  }

  /** Replaces a {@code gen} by its spans, so that a program needs not know it. */
  private static ObjectNode writtenOut(ObjectNode step) {
    JsonNode gen = step.path("gen");
    if (gen.isMissingNode()) {
      return step;
    }
    ObjectNode written = step.deepCopy();
    written.remove("gen");
    ArrayNode spans = written.putArray("spans");
    for (int n = 0; n < gen.path("count").asInt(); n++) {
      ObjectNode span = gen.path("template").deepCopy();
      span.put("ref", span.path("ref").asText() + "-" + n);
      if (gen.has("pad")) {
        ObjectNode pad = span.withArray("attributes").addObject();
        pad.put("key", gen.at("/pad/key").asText());
        pad.putObject("value")
            .put("stringValue", "x".repeat(gen.at("/pad/chars").asInt()));
      }
      spans.add(span);
    }
    return written;
  }

  /** What is listed as honoured is applied, by a variable or by the program that reads the file. */
  private ObjectNode opened(ObjectNode open) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode ok = answer.putObject("ok");
    ArrayNode applied = ok.putArray("applied");
    ArrayNode ignored = ok.putArray("ignored");
    open.path("config").fieldNames().forEachRemaining(key -> {
      boolean known = key.equals("environment") || key.equals("pipeline");
      boolean declared = driver.capabilities().missing(List.of("config:" + key)).isEmpty();
      (known || declared ? applied : ignored).add(key);
    });
    return answer;
  }

  private void conclude(List<ObjectNode> commands, ObjectNode answer) {
    if (!answer.has("ok")) {
      recorder.reply(commands.get(0), answer);
      return;
    }
    JsonNode refs = answer.at("/ok/refs");
    int code = answer.at("/ok/exit").asInt();
    boolean throwing = commands.stream().anyMatch(c -> c.path("how").asText().equals("throw"));
    if (code != 0 && !throwing) {
      recorder.process("crashed", "the program ended with exit code %d".formatted(code), code);
      return;
    }
    for (ObjectNode command : commands) {
      String op = command.path("op").asText();
      if (op.equals("exit")) {
        continue;
      }
      ObjectNode told = JsonNodeFactory.instance.objectNode();
      if (op.equals("emit")) {
        told.putObject("ok").set("refs", refs);
      } else {
        told.putObject("ok").put("result", "unknown");
      }
      recorder.reply(command, told);
    }
    recorder.process("exited", "the program ended with exit code " + code, code);
  }
}
