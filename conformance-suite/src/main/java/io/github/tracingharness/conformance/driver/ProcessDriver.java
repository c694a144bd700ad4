package io.github.tracingharness.conformance.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A subject in a process of its own that speaks EDP/1 on stdin and stdout. */
public final class ProcessDriver implements Driver {

  /** Longest line that a driver may write: 1 MiB. */
  static final int MAX_LINE_BYTES = 1 << 20;

  // Escaped, because a case may send a lone surrogate, which has no UTF-8 form.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final ProcessTree tree;
  private final OutputStream stdin;
  private final BlockingQueue<Received> answers = new LinkedBlockingQueue<>();
  private final Thread stdoutReader;
  private final Thread stderrReader;
  private volatile DriverListener listener = DriverListener.NONE;
  private volatile String lastNoise = "";

  /** A line that claims to be an answer, or the end of stdout. */
  private record Received(@Nullable ObjectNode answer, String problem) {}

  private ProcessDriver(Process process) {
    this.tree = new ProcessTree(process);
    this.stdin = process.getOutputStream();
    this.stdoutReader = reader("driver-stdout", process.getInputStream(), this::takeStdout);
    this.stderrReader = reader(
        "driver-stderr",
        process.getErrorStream(),
        line -> listener.stderr(new String(line, StandardCharsets.UTF_8)));
  }

  /**
   * Starts a driver.
   *
   * @param command program and arguments
   * @param environment variables that are set in addition to this process's own
   * @throws IOException if the program cannot be started
   */
  public static ProcessDriver start(
      List<String> command, Map<String, String> environment, Path directory) throws IOException {
    requireProgram(command.get(0), directory);
    ProcessBuilder builder =
        new ProcessBuilder(ProcessTree.inOwnGroup(command)).directory(directory.toFile());
    builder.environment().putAll(environment);
    // Python then prints its stacks when it is told to abort.
    builder.environment().put("PYTHONFAULTHANDLER", "1");
    return new ProcessDriver(builder.start());
  }

  private static void requireProgram(String program, Path directory) throws IOException {
    boolean isPath = program.contains(File.separator);
    boolean found = isPath
        ? Files.isExecutable(directory.resolve(program))
        : Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
    if (!found) {
      throw new IOException("the driver's program %s %s"
          .formatted(program, isPath ? "does not exist" : "is not on the PATH"));
    }
  }

  private Thread reader(String name, InputStream in, LineSink sink) {
    Thread thread = new Thread(
        () -> {
          try (InputStream lines = new BufferedInputStream(in)) {
            readLines(lines, sink);
          } catch (IOException e) {
            // The stream of a process that was killed may break instead of ending.
          } finally {
            if (name.equals("driver-stdout")) {
              answers.add(new Received(null, ""));
            }
          }
        },
        name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private interface LineSink {
    void take(byte[] line);
  }

  private static void readLines(InputStream in, LineSink sink) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n' || line.size() > MAX_LINE_BYTES) {
        sink.take(line.toByteArray());
        line.reset();
      } else {
        line.write(b);
      }
    }
    if (line.size() > 0) {
      sink.take(line.toByteArray());
    }
  }

  private void takeStdout(byte[] bytes) {
    String line = new String(bytes, StandardCharsets.UTF_8);
    if (line.isBlank()) {
      return;
    }
    if (bytes.length > MAX_LINE_BYTES) {
      answers.add(new Received(null, "is longer than the limit of 1 MiB: " + shorten(line)));
      return;
    }
    if (!Arrays.equals(line.getBytes(StandardCharsets.UTF_8), bytes)) {
      answers.add(new Received(null, "is not UTF-8: " + shorten(line)));
      return;
    }
    JsonNode json;
    try {
      json = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      if (line.stripLeading().startsWith("{")) {
        answers.add(new Received(null, "is not valid JSON: " + shorten(line)));
      } else {
        takeNoise(line);
      }
      return;
    }
    if (!(json instanceof ObjectNode object)) {
      takeNoise(line);
    } else if (object.has("id")) {
      answers.add(new Received(object, ""));
    } else if (object.has("event")) {
      listener.event(object);
    } else {
      answers.add(new Received(null, "has neither id nor event: " + shorten(line)));
    }
  }

  private void takeNoise(String line) {
    lastNoise = line;
    listener.noise(line);
  }

  @Override
  public ObjectNode call(ObjectNode command, Duration deadline) throws DriverException {
    send(command);
    ObjectNode answer = receive(command, deadline);
    String op = command.path("op").asText();
    if (answer.path("id").asLong(-1) != command.path("id").asLong()) {
      throw protocol("the answer to %s has the id %s, but the command had %s"
          .formatted(op, answer.path("id"), command.path("id")));
    }
    long forms = answer.properties().stream().filter(m -> isForm(m.getKey())).count();
    if (forms != 1) {
      throw protocol("the answer to %s must have exactly one of ok, unsupported and error: %s"
          .formatted(op, shorten(answer.toString())));
    }
    return answer;
  }

  private static boolean isForm(String member) {
    return member.equals("ok") || member.equals("unsupported") || member.equals("error");
  }

  private ObjectNode receive(ObjectNode command, Duration deadline) throws DriverException {
    String op = command.path("op").asText();
    @Nullable Received received;
    try {
      received = answers.poll(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new DriverException(DriverException.Kind.CRASHED, "the run was interrupted");
    }
    if (received == null) {
      tree.askForStacks();
      String noise =
          lastNoise.isEmpty() ? "" : "; its last line on stdout was " + shorten(lastNoise);
      close();
      throw new DriverException(
          DriverException.Kind.DEADLINE,
          "%s was not answered within %d ms, so the driver was killed%s"
              .formatted(op, deadline.toMillis(), noise));
    }
    if (received.answer() != null) {
      return received.answer();
    }
    if (!received.problem().isEmpty()) {
      throw protocol("the answer to %s %s".formatted(op, received.problem()));
    }
    OptionalInt code = tree.awaitExit(Duration.ofSeconds(2));
    awaitReaders();
    close();
    throw new DriverException(
        DriverException.Kind.CRASHED,
        code.isPresent()
            ? "the driver ended with exit code %d instead of answering %s"
                .formatted(code.getAsInt(), op)
            : "the driver closed its stdout instead of answering " + op);
  }

  private DriverException protocol(String message) {
    close();
    return new DriverException(DriverException.Kind.PROTOCOL, message);
  }

  private void send(ObjectNode command) throws DriverException {
    try {
      stdin.write((MAPPER.writeValueAsString(command) + "\n").getBytes(StandardCharsets.UTF_8));
      stdin.flush();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      OptionalInt code = tree.awaitExit(Duration.ofSeconds(2));
      awaitReaders();
      close();
      throw new DriverException(
          DriverException.Kind.CRASHED,
          "the driver had ended%s before it could be sent %s"
              .formatted(
                  code.isPresent() ? " with exit code " + code.getAsInt() : "",
                  command.path("op").asText()));
    }
  }

  @Override
  public OptionalInt callForExit(ObjectNode command, Duration deadline) throws DriverException {
    send(command);
    OptionalInt code = tree.awaitExit(deadline);
    if (code.isEmpty()) {
      tree.askForStacks();
      close();
      throw new DriverException(
          DriverException.Kind.DEADLINE,
          "the process did not end within %d ms after exit, so it was killed"
              .formatted(deadline.toMillis()));
    }
    awaitReaders();
    return code;
  }

  /** Lets the readers take what a process that ended had still written. */
  private void awaitReaders() {
    try {
      stdoutReader.join(1_000);
      stderrReader.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void listen(DriverListener listener) {
    this.listener = listener;
  }

  @Override
  public void close() {
    try {
      stdin.close();
    } catch (IOException e) {
      // It is about to be killed.
    }
    tree.kill();
  }

  private static String shorten(String line) {
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }
}
