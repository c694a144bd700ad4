package io.github.tracingharness.server.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/**
 * The image and its container with a real Docker daemon, skipped where there is none. The base
 * image is made of this machine's JDK, so no registry is needed. Without one, Testcontainers itself
 * needs {@code TESTCONTAINERS_RYUK_DISABLED=true}, {@code TESTCONTAINERS_CHECKS_DISABLE=true} and
 * {@code TESTCONTAINERS_HOST_OVERRIDE=localhost}. Profile {@code real} runs it.
 */
@Tag("real")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ContainerTest {

  private static final String BASE = "tracing-harness-test-base:local";
  private static final String IMAGE = "tracing-harness-test-server:local";

  @TempDir
  private static Path context;

  @BeforeAll
  static void buildImage() throws Exception {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(), "there is no Docker daemon here");
    if (run("docker", "image", "inspect", BASE).exit() != 0) {
      Ran made = run(Path.of("src", "test", "docker", "base-image").toString(), BASE);
      assumeTrue(made.exit() == 0, () -> "no base image could be made: " + made.output());
    }
    Path lib = Files.createDirectory(context.resolve("lib"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      copy(Path.of(entry), lib);
    }
    Ran built = run(
        "docker",
        "build",
        "-q",
        "--build-arg",
        "BASE=" + BASE,
        "--build-arg",
        "LIB=lib",
        "-f",
        Path.of("Dockerfile").toAbsolutePath().toString(),
        "-t",
        IMAGE,
        context.toString());
    assertThat(built.exit()).as(built.output()).isZero();
  }

  @Test
  void fakeServer_inAContainer_answersTracksAndIsHealthy() throws Exception {
    try (FakeTrackingServerContainer container =
        new FakeTrackingServerContainer(IMAGE).withServeOptions("--basic-auth", "ann:secret-1")) {
      container.start();

      assertThat(get(container.trackingUri(), "/health", false).statusCode()).isEqualTo(200);
      assertThat(get(container.trackingUri(), "/version", false).statusCode()).isEqualTo(401);
      HttpResponse<String> experiment =
          get(container.trackingUri(), "/api/2.0/mlflow/experiments/get?experiment_id=0", true);
      assertThat(experiment.statusCode()).isEqualTo(200);
      assertThat(experiment.body()).contains("Default");
      assertThat(container.getContainerInfo().getConfig().getUser()).isEqualTo("10001:10001");
      Ran health = run(
          "docker",
          "exec",
          container.getContainerId(),
          "java",
          "-cp",
          "/opt/harness/lib/*",
          "io.github.tracingharness.server.HealthCheck");
      assertThat(health.exit()).as(health.output()).isZero();
      Ran unwell = run(
          "docker",
          "exec",
          container.getContainerId(),
          "java",
          "-cp",
          "/opt/harness/lib/*",
          "io.github.tracingharness.server.HealthCheck",
          "http://127.0.0.1:5000/version");
      assertThat(unwell.exit()).isEqualTo(1);
    }
  }

  private record Ran(int exit, String output) {}

  private static Ran run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output);
  }

  private static HttpResponse<String> get(URI base, String path, boolean login) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    if (login) {
      request.header("Authorization", "Basic YW5uOnNlY3JldC0x");
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Copies a jar, or packs a directory of classes. */
  private static void copy(Path entry, Path lib) throws IOException {
    if (Files.isRegularFile(entry)) {
      Files.copy(entry, lib.resolve(entry.getFileName()));
    } else if (Files.isDirectory(entry)) {
      String name = entry.toAbsolutePath().toString().replaceAll("\\W", "-") + ".jar";
      try (OutputStream file = Files.newOutputStream(lib.resolve(name));
          JarOutputStream jar = new JarOutputStream(file);
          Stream<Path> classes = Files.walk(entry)) {
        List<Path> files = classes.filter(Files::isRegularFile).toList();
        for (Path one : files) {
          jar.putNextEntry(new ZipEntry(entry.relativize(one).toString().replace('\\', '/')));
          Files.copy(one, jar);
          jar.closeEntry();
        }
      }
    }
  }
}
