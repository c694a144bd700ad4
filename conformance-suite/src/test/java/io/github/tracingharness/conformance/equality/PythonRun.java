package io.github.tracingharness.conformance.equality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that traces scenarios with the Python SDK. */
final class PythonRun {

  private static final Path SCRIPT = Path.of("src", "test", "equality", "scenarios.py");
  private static final int LIMIT_SECONDS = 90;

  private final Process process;
  private final Path output;

  private PythonRun(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts a process with nothing of MLflow's settings but the given ones. */
  static PythonRun start(
      Path interpreter, Path directory, Map<String, String> settings, List<String> scenarios)
      throws IOException {
    List<String> command = new ArrayList<>(
        List.of(interpreter.toString(), "-B", SCRIPT.toAbsolutePath().toString()));
    command.addAll(scenarios);
    Path output = Files.createTempFile(directory, "python", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(PythonRun::isSetting);
    builder.environment().put("MLFLOW_DISABLE_TELEMETRY", "true");
    builder.environment().put("NO_PROXY", "127.0.0.1,localhost");
    builder.environment().put("HOME", directory.toString());
    builder.environment().putAll(settings);
    return new PythonRun(builder.start(), output);
  }

  /**
   * Waits for the end of the process.
   *
   * @throws AssertionError with what it printed, if it failed
   */
  void await() throws IOException, InterruptedException {
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (!ended || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError("the Python scenarios "
          + (ended ? "ended with status " + process.exitValue() : "took too long")
          + ":\n"
          + Files.readString(output));
    }
  }

  private static boolean isSetting(String variable) {
    return variable.startsWith("MLFLOW_")
        || variable.startsWith("OTEL_")
        || variable.startsWith("DATABRICKS_")
        || variable.startsWith("PYTHON");
  }
}
