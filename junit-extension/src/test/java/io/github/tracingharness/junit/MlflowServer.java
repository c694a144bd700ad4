package io.github.tracingharness.junit;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real {@code mlflow server} with a database of its own. */
final class MlflowServer implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final Process process;
  private final String url;

  private MlflowServer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Returns the interpreter that {@code -Dharness.mlflow.python} names, else the one that the tests
   * of {@code mock-server} install below {@code target/}. Skips the calling test, with the reason,
   * if there is none.
   */
  static Path assumePython() {
    String given = System.getProperty("harness.mlflow.python", "");
    Path python = given.isEmpty()
        ? Path.of("..", "target", "real-mlflow", "bin", "python")
            .toAbsolutePath()
            .normalize()
        : Path.of(given);
    Assumptions.assumeTrue(
        Files.isExecutable(python),
        () ->
            "there is no real MLflow here: " + python + " is missing; .ci/real-server installs it");
    return python;
  }

  /** Starts a server; skips the calling test, with the reason, if there is no MLflow. */
  static MlflowServer assumeStarted(Path directory) throws IOException, InterruptedException {
    Path python = assumePython();
    int port = freePort();
    Path output = directory.resolve("server.txt");
    ProcessBuilder builder = new ProcessBuilder(
            python.toString(),
            "-m",
            "mlflow",
            "server",
            "--backend-store-uri",
            "sqlite:///" + directory.resolve("mlflow.db"),
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
    MlflowServer server = new MlflowServer(builder.start(), "http://127.0.0.1:" + port);
    try {
      server.awaitHealth(output);
      return server;
    } catch (Throwable e) {
      server.close();
      throw e;
    }
  }

  String url() {
    return url;
  }

  private void awaitHealth(Path output) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest health = HttpRequest.newBuilder(URI.create(url + "/health"))
        .timeout(Duration.ofSeconds(5))
        .build();
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      try {
        if (http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It does not listen yet.
      }
      if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() - end > 0) {
        throw new AssertionError("mlflow server did not start within " + START_LIMIT.toSeconds()
            + " s:\n" + Files.readString(output));
      }
    }
  }

  @Override
  public void close() {
    Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList().forEach(one -> {
      one.destroy();
      one.onExit().completeOnTimeout(one, 10, TimeUnit.SECONDS).join();
      one.destroyForcibly();
    });
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
