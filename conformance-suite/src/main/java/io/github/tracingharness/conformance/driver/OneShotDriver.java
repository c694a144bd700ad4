package io.github.tracingharness.conformance.driver;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts a {@link OneShotProgram} where a command would be sent. It answers {@code hello} from what
 * is written of the program, any op that does not exist by asking the program for a scenario that
 * does not exist, and {@link #RUN} by a whole case.
 */
public final class OneShotDriver implements Driver {

  /**
   * The op of the suite's own that runs the program: with {@code scenario}, {@code destination},
   * {@code config} and {@code steps}; answered by {@code exit}, the exit code, and {@code refs}.
   */
  public static final String RUN = "one-shot";

  /** By this exit code a program says that it does not know the scenario. */
  public static final int UNSUPPORTED = 127;

  private static final Duration LAST_LINES = Duration.ofSeconds(1);

  // Escaped, because a case may send a lone surrogate, which has no UTF-8 form.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final OneShotProgram program;
  private final Map<OneShotProgram, Integer> probed;
  private volatile DriverListener listener = DriverListener.NONE;

  /**
   * Drives a program.
   *
   * @param probed what programs answered to a scenario that does not exist, shared by the drivers
   *     of a run so that each is asked once
   */
  public OneShotDriver(OneShotProgram program, ConcurrentHashMap<OneShotProgram, Integer> probed) {
    this.program = program;
    this.probed = probed;
  }

  @Override
  public ObjectNode call(ObjectNode command, Duration deadline) throws DriverException {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("id", command.path("id"));
    switch (command.path("op").asText()) {
      case "hello" -> answer.set("ok", program.hello().deepCopy());
      case RUN -> answer.setAll(run(command, deadline));
      default -> answer.setAll(probe(command.path("op").asText(), deadline));
    }
    return answer;
  }

  private ObjectNode probe(String scenario, Duration deadline) throws DriverException {
    Integer code = probed.get(program);
    if (code == null) {
      ObjectNode play = JsonNodeFactory.instance.objectNode().put("scenario", scenario);
      play.putObject("destination");
      play.putObject("config");
      play.putArray("steps");
      code = run(play, deadline).at("/ok/exit").asInt(UNSUPPORTED);
      probed.put(program, code);
    }
    return code == UNSUPPORTED
        ? unsupported("the program does not know the scenario " + scenario)
        : ok(code, JsonNodeFactory.instance.objectNode());
  }

  private ObjectNode run(ObjectNode play, Duration deadline) throws DriverException {
    Path folder;
    try {
      // Only its owner can look into it: it may hold a token.
      folder = Files.createTempDirectory("one-shot");
    } catch (IOException e) {
      throw new UncheckedIOException("no directory can be made for a one-shot program", e);
    }
    try {
      return run(play, folder, deadline);
    } catch (IOException e) {
      throw new DriverException(DriverException.Kind.CRASHED, String.valueOf(e.getMessage()));
    } finally {
      delete(folder);
    }
  }

  private ObjectNode run(ObjectNode play, Path folder, Duration deadline)
      throws IOException, DriverException {
    String scenario = play.path("scenario").asText();
    Path context = folder.resolve("context.json");
    Path refs = folder.resolve("refs.json");
    ObjectNode content = play.deepCopy();
    content.remove(List.of("id", "op", "deadline_ms"));
    Files.writeString(context, MAPPER.writeValueAsString(content));
    Map<String, String> environment = new HashMap<>(program.environment());
    environment.putAll(program.nativeVariables(play.path("destination"), play.path("config")));
    environment.put("EDP_MODE", "oneshot");
    environment.put("EDP_SCENARIO", scenario);
    environment.put("EDP_CONTEXT", context.toString());
    environment.put("EDP_REFS", refs.toString());
    environment.put("EDP_RUN", UUID.randomUUID().toString());
    Process process = ProcessDriver.launch(program.command(), environment, program.directory())
        .start();
    process.getOutputStream().close();
    OptionalInt code = await(process, deadline);
    if (code.isEmpty()) {
      throw new DriverException(
          DriverException.Kind.DEADLINE,
          "the program did not end within %d ms, so it was killed".formatted(deadline.toMillis()));
    }
    if (code.getAsInt() == UNSUPPORTED) {
      return unsupported("the program does not know the scenario " + scenario);
    }
    JsonNode told = Files.exists(refs)
        ? MAPPER.readTree(Files.readString(refs))
        : JsonNodeFactory.instance.objectNode();
    return ok(code.getAsInt(), told);
  }

  private OptionalInt await(Process process, Duration deadline) {
    Thread out =
        AnswerLines.read("one-shot-stdout", process.getInputStream(), this::text, () -> {});
    Thread err =
        AnswerLines.read("one-shot-stderr", process.getErrorStream(), this::text, () -> {});
    ProcessTree tree = new ProcessTree(process);
    OptionalInt code = tree.awaitExit(deadline);
    if (code.isEmpty()) {
      tree.askForStacks();
    }
    // A program that ended may have left others behind.
    tree.kill();
    AnswerLines.join(out, LAST_LINES);
    AnswerLines.join(err, LAST_LINES);
    return code;
  }

  /** Whatever such a program prints is text for a reader. */
  private void text(byte[] line) {
    listener.stderr(new String(line, StandardCharsets.UTF_8));
  }

  private static ObjectNode ok(int code, JsonNode refs) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putObject("ok").put("exit", code).set("refs", refs);
    return answer;
  }

  private static ObjectNode unsupported(String reason) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putObject("unsupported").put("reason", reason);
    return answer;
  }

  private static void delete(Path folder) {
    try {
      for (String name : List.of("context.json", "refs.json")) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // The system's own cleaning takes what a program put beside them.
    }
  }

  @Override
  public OptionalInt callForExit(ObjectNode command, Duration deadline) throws DriverException {
    throw new DriverException(
        DriverException.Kind.PROTOCOL, "a one-shot program ends by itself, within its scenario");
  }

  @Override
  public void listen(DriverListener listener) {
    this.listener = listener;
  }

  @Override
  public void close() {
    // Nothing runs between two commands.
  }
}
