package io.github.tracingharness.conformance.equality;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tracingharness.conformance.driver.ProcessGroup;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An {@code mlflow server} with a database of its own, started for a test. */
final class RealServer implements AutoCloseable {

  private static final int START_LIMIT_SECONDS = 180;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final ProcessGroup group;
  private final URI uri;
  private final Path output;

  private RealServer(Process process, URI uri, Path output) {
    this.process = process;
    this.group = new ProcessGroup(process);
    this.uri = uri;
    this.output = output;
  }

  /** Starts a server and waits until it answers. */
  static RealServer start(Path python, Path directory) throws IOException, InterruptedException {
    int port = freePort();
    List<String> command = List.of(
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
        Integer.toString(port));
    Path output = directory.resolve("server.txt");
    ProcessBuilder builder = new ProcessBuilder(ProcessGroup.command(command))
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    PythonRun.clean(builder.environment(), directory);
    builder.environment().put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
    RealServer server =
        new RealServer(builder.start(), URI.create("http://127.0.0.1:" + port), output);
    try {
      server.awaitHealth();
      return server;
    } catch (Throwable e) {
      server.close();
      throw e;
    }
  }

  URI uri() {
    return uri;
  }

  String createExperiment(String name) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri.resolve("/api/2.0/mlflow/experiments/create"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(MAPPER.writeValueAsString(Map.of("name", name))))
        .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    String id = MAPPER.readTree(answer.body()).path("experiment_id").asText();
    if (id.isEmpty()) {
      throw new AssertionError("experiment " + name + " was not made: " + answer.body());
    }
    return id;
  }

  @Override
  public void close() {
    group.close();
  }

  private void awaitHealth() throws IOException, InterruptedException {
    long start = System.nanoTime();
    long shown = 0;
    while (!isHealthy()) {
      long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
      if (process.waitFor(250, TimeUnit.MILLISECONDS) || seconds >= START_LIMIT_SECONDS) {
        throw new AssertionError("mlflow server did not start within %d s:%n%s"
            .formatted(START_LIMIT_SECONDS, Files.readString(output)));
      }
      if (seconds >= shown + 5) {
        shown = seconds;
        System.out.printf("mlflow server starts … %d s%n", seconds);
      }
    }
    System.out.printf("mlflow server is ready at %s%n", uri);
  }

  private boolean isHealthy() throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(uri.resolve("/health")).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
