package io.github.tracingharness.server.differential;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real {@code mlflow server} with a database of its own. MLflow is installed below
 * {@code target/} by pip when it is missing; {@code -Dharness.mlflow.python=FILE} names an
 * interpreter that has it.
 */
public final class RealMlflow implements AutoCloseable {

  public static final String VERSION = "3.17.2";
  private static final int START_LIMIT_SECONDS = 180;
  private static final int INSTALL_LIMIT_MINUTES = 15;
  /** Ids of experiments become long by this, so that they can be told from other numbers. */
  private static final String FIRST_ID = """
      import sqlite3, sys
      with sqlite3.connect(sys.argv[1]) as db:
          db.execute("insert into experiments (experiment_id, name, lifecycle_stage) values (%d, 'first', 'deleted')")
      """;

  private final Process process;
  private final URI uri;
  private final long readyMillis;

  private RealMlflow(Process process, URI uri, long readyMillis) {
    this.process = process;
    this.uri = uri;
    this.readyMillis = readyMillis;
  }

  /** An interpreter that has MLflow. Skips the calling test, with the reason, if there is none. */
  public static Path assumePython() throws IOException, InterruptedException {
    String given = System.getProperty("harness.mlflow.python", "");
    Path python = given.isEmpty()
        ? Path.of("..", "target", "real-mlflow", "bin", "python")
            .toAbsolutePath()
            .normalize()
        : Path.of(given);
    if (hasMlflow(python)) {
      return python;
    }
    Assumptions.assumeTrue(given.isEmpty(), () -> python + " has no mlflow " + VERSION);
    Path environment = python.getParent().getParent();
    System.out.println("installing mlflow " + VERSION + " (some minutes) into " + environment);
    Files.createDirectories(environment.getParent());
    install(List.of("python3", "-m", "venv", environment.toString()));
    install(List.of(python.toString(), "-m", "pip", "install", "-q", "mlflow==" + VERSION));
    return python;
  }

  private static boolean hasMlflow(Path python) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(
              python.toString(),
              "-c",
              "import importlib.metadata as m; assert m.version('mlflow') == '" + VERSION + "'")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private static void install(List<String> command) throws InterruptedException {
    try {
      Path output = Files.createTempFile("install", ".txt");
      Process process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
      boolean ended = process.waitFor(INSTALL_LIMIT_MINUTES, TimeUnit.MINUTES);
      if (!ended) {
        process.destroyForcibly();
      }
      Assumptions.assumeTrue(
          ended && process.exitValue() == 0,
          () -> "there is no real MLflow here: " + String.join(" ", command) + " failed, see "
              + output);
    } catch (IOException missing) {
      Assumptions.abort("there is no real MLflow here: " + missing.getMessage());
    }
  }

  static RealMlflow start(Path python, Path directory, long firstExperimentId)
      throws IOException, InterruptedException {
    int port = freePort();
    Path database = directory.resolve("mlflow.db");
    Path output = directory.resolve("server.txt");
    ProcessBuilder builder = new ProcessBuilder(
            python.toString(),
            "-m",
            "mlflow",
            "server",
            "--backend-store-uri",
            "sqlite:///" + database,
            "--artifacts-destination",
            directory.resolve("artifacts").toString(),
            "--workers",
            "1",
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port))
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("MLFLOW_"));
    builder.environment().put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
    builder.environment().put("MLFLOW_DISABLE_TELEMETRY", "true");
    long start = System.nanoTime();
    Process process = builder.start();
    URI uri = URI.create("http://127.0.0.1:" + port);
    try {
      awaitHealth(process, uri, output);
      long ready = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      RealMlflow server = new RealMlflow(process, uri, ready);
      Process insert = new ProcessBuilder(
              python.toString(), "-c", FIRST_ID.formatted(firstExperimentId), database.toString())
          .inheritIO()
          .start();
      if (insert.waitFor() != 0) {
        throw new AssertionError("the first experiment could not be made");
      }
      return server;
    } catch (Throwable e) {
      stop(process);
      throw e;
    }
  }

  URI uri() {
    return uri;
  }

  /** How long the start took, until the server was healthy. */
  long readyMillis() {
    return readyMillis;
  }

  @Override
  public void close() {
    stop(process);
  }

  private static void stop(Process process) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    for (ProcessHandle one : all) {
      try {
        one.onExit().get(10, TimeUnit.SECONDS);
      } catch (Exception stubborn) {
        one.destroyForcibly();
      }
    }
  }

  private static void awaitHealth(Process process, URI uri, Path output)
      throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest health = HttpRequest.newBuilder(uri.resolve("/health"))
        .timeout(Duration.ofSeconds(5))
        .build();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS);
    while (true) {
      try {
        if (http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It does not listen yet.
      }
      if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        throw new AssertionError("mlflow server did not start within %d s:%n%s"
            .formatted(START_LIMIT_SECONDS, Files.readString(output)));
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
