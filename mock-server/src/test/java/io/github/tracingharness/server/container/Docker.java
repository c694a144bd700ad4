package io.github.tracingharness.server.container;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;

/**
 * The Docker daemon of this machine. Its images are made of what this machine has, so no registry
 * is needed. Without one, Testcontainers itself needs {@code TESTCONTAINERS_RYUK_DISABLED=true},
 * {@code TESTCONTAINERS_CHECKS_DISABLE=true} and {@code TESTCONTAINERS_HOST_OVERRIDE=localhost}.
 */
final class Docker {

  record Ran(int exit, String output) {}

  private Docker() {}

  /** Skips the calling tests, with the reason, if there is no daemon. */
  static void assumeDaemon() {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(), "there is no Docker daemon here");
  }

  /** Runs a script of {@code src/test/docker}; skips the calling tests if it cannot make it. */
  static void assumeMade(String script, String... arguments)
      throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = Path.of("src", "test", "docker", script).toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Ran made = run(command);
    assumeTrue(made.exit() == 0, () -> script + " made no image: " + made.output());
  }

  static Ran run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output);
  }

  static HttpResponse<String> get(URI base, String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
