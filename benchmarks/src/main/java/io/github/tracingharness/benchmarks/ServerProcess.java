package io.github.tracingharness.benchmarks;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in a process of its own, and how long it took to answer. */
final class ServerProcess implements AutoCloseable {

  private static final long START_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final int POLL_MILLIS = 10;

  private final Process process;
  private final URI uri;
  private final double readySeconds;

  private ServerProcess(Process process, URI uri, double readySeconds) {
    this.process = process;
    this.uri = uri;
    this.readySeconds = readySeconds;
  }

  /** Starts a server; <code>%d</code> in its command is a free port. */
  static ServerProcess start(List<String> command, Path directory)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> words = new ArrayList<>();
    command.forEach(word -> words.add(word.replace("%d", Integer.toString(port))));
    Path log = directory.resolve("server-" + port + ".txt");
    ProcessBuilder builder = new ProcessBuilder(words)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("MLFLOW_"));
    builder.environment().put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
    builder.environment().put("MLFLOW_DISABLE_TELEMETRY", "true");
    long begun = System.nanoTime();
    Process process = builder.start();
    URI uri = URI.create("http://127.0.0.1:" + port);
    while (!isHealthy(uri)) {
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)
          || System.nanoTime() - begun > START_LIMIT_NANOS) {
        process.destroyForcibly();
        throw new IOException(words.get(0) + " did not become a server: " + Files.readString(log));
      }
    }
    return new ServerProcess(process, uri, (System.nanoTime() - begun) / 1e9);
  }

  URI uri() {
    return uri;
  }

  double readySeconds() {
    return readySeconds;
  }

  private static boolean isHealthy(URI uri) {
    try {
      HttpURLConnection health =
          (HttpURLConnection) uri.resolve("/health").toURL().openConnection();
      health.setConnectTimeout(5_000);
      health.setReadTimeout(5_000);
      return health.getResponseCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Asks the server to end, and returns whether it did. */
  boolean end(long limit, TimeUnit unit) throws InterruptedException {
    process.destroy();
    boolean ended = process.waitFor(limit, unit);
    process.destroyForcibly();
    return ended;
  }

  @Override
  public void close() {
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
}
