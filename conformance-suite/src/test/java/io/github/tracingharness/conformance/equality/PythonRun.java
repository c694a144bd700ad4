package io.github.tracingharness.conformance.equality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of one of the scripts in Python beside these tests. */
final class PythonRun {

  private static final Path SCRIPTS = Path.of("src", "test", "equality").toAbsolutePath();
  private static final int LIMIT_SECONDS = 180;

  private final String script;
  private final Process process;
  private final Path output;
  private final Path messages;

  private PythonRun(String script, Process process, Path output, Path messages) {
    this.script = script;
    this.process = process;
    this.output = output;
    this.messages = messages;
  }

  /** Starts a script with nothing of MLflow's settings but the given ones. */
  static PythonRun start(
      Path interpreter,
      Path directory,
      Map<String, String> settings,
      String script,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(
        List.of(interpreter.toString(), "-B", SCRIPTS.resolve(script).toString()));
    command.addAll(arguments);
    Path output = Files.createTempFile(directory, script, ".txt");
    Path messages = Files.createTempFile(directory, script, ".err.txt");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectOutput(output.toFile())
        .redirectError(messages.toFile());
    clean(builder.environment(), directory);
    builder.environment().putAll(settings);
    return new PythonRun(script, builder.start(), output, messages);
  }

  /** Leaves nothing in an environment that would set MLflow up. */
  static void clean(Map<String, String> environment, Path home) {
    environment.keySet().removeIf(PythonRun::isSetting);
    environment.put("MLFLOW_DISABLE_TELEMETRY", "true");
    environment.put("NO_PROXY", "127.0.0.1,localhost");
    environment.put("HOME", home.toString());
  }

  /**
   * Waits for the end of the process and returns what it printed.
   *
   * @throws AssertionError with its messages, if it failed
   */
  String await() throws IOException, InterruptedException {
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (!ended || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(script
          + (ended ? " ended with status " + process.exitValue() : " took too long")
          + ":\n"
          + Files.readString(messages));
    }
    return Files.readString(output);
  }

  private static boolean isSetting(String variable) {
    return variable.startsWith("MLFLOW_")
        || variable.startsWith("OTEL_")
        || variable.startsWith("DATABRICKS_")
        || variable.startsWith("PYTHON");
  }
}
