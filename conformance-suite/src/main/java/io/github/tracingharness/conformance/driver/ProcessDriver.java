package io.github.tracingharness.conformance.driver;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A subject in a process of its own that speaks EDP/1 on stdin and stdout. */
public final class ProcessDriver extends LineDriver {

  /** What a process that ended may still need to have its last lines read. */
  private static final Duration LAST_LINES = Duration.ofSeconds(1);

  private final ProcessTree tree;
  private final OutputStream stdin;
  private final Runnable afterKill;
  private final Thread stderrReader;
  private volatile OptionalInt code = OptionalInt.empty();

  private ProcessDriver(Process process, AnswerLines lines, Runnable afterKill) {
    super(process.getOutputStream(), lines);
    this.afterKill = afterKill;
    this.tree = new ProcessTree(process);
    this.stdin = process.getOutputStream();
    this.stderrReader = AnswerLines.read(
        "driver-stderr",
        process.getErrorStream(),
        line -> lines.listener().stderr(new String(line, StandardCharsets.UTF_8)),
        () -> {});
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
    return start(launch(command, environment, directory), () -> {});
  }

  /**
   * Starts a driver in a container.
   *
   * @param command program and arguments inside of the container; none: the image's own
   * @param environment variables that are set in the container
   * @throws IOException if there is no Docker
   */
  public static ProcessDriver start(
      Container container, List<String> command, Map<String, String> environment, Path directory)
      throws IOException {
    String name = Container.newName();
    List<String> words = container.run(name, environment, command);
    return start(launch(words, Map.of(), directory), () -> Container.remove(name));
  }

  private static ProcessDriver start(ProcessBuilder builder, Runnable afterKill)
      throws IOException {
    Process process = builder.start();
    AnswerLines lines = new AnswerLines("driver-stdout", process.getInputStream());
    return new ProcessDriver(process, lines, afterKill);
  }

  /** Returns what starts the command as the leader of a group of processes. */
  static ProcessBuilder launch(
      List<String> command, Map<String, String> environment, Path directory) throws IOException {
    requireProgram(command.get(0), directory);
    ProcessBuilder builder =
        new ProcessBuilder(ProcessTree.inOwnGroup(command)).directory(directory.toFile());
    builder.environment().putAll(environment);
    // Python then prints its stacks when it is told to abort.
    builder.environment().put("PYTHONFAULTHANDLER", "1");
    return builder;
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

  @Override
  boolean awaitGone(Duration limit) {
    code = tree.awaitExit(limit);
    if (code.isEmpty()) {
      return false;
    }
    lines().awaitEnd(LAST_LINES);
    AnswerLines.join(stderrReader, LAST_LINES);
    return true;
  }

  @Override
  public OptionalInt terminate(Duration deadline) throws DriverException {
    tree.terminate();
    if (!awaitGone(deadline)) {
      askForStacks();
      close();
      throw new DriverException(
          DriverException.Kind.DEADLINE,
          "the process did not end within %d ms after SIGTERM, so it was killed"
              .formatted(deadline.toMillis()));
    }
    return code;
  }

  @Override
  public Optional<ProcessUsage> usage() {
    return ProcessUsage.of(tree.pid());
  }

  @Override
  OptionalInt exitCode() {
    return code;
  }

  @Override
  void askForStacks() {
    tree.askForStacks();
  }

  @Override
  String fate() {
    return "the driver was killed";
  }

  @Override
  String howItEnded() {
    return code.isPresent() ? "ended with exit code " + code.getAsInt() : "closed its stdout";
  }

  @Override
  void endOfCommands() throws IOException {
    stdin.close();
  }

  @Override
  public void close() {
    try {
      stdin.close();
    } catch (IOException e) {
      // It is about to be killed.
    }
    boolean ended = tree.awaitExit(Duration.ZERO).isPresent();
    tree.kill();
    if (!ended) {
      afterKill.run();
    }
    // Its stacks, if it printed them, belong to the case that it was running.
    lines().awaitEnd(LAST_LINES);
    AnswerLines.join(stderrReader, LAST_LINES);
  }
}
