package io.github.tracingharness.server.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.Jars;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.output.OutputFrame.OutputType;

/**
 * The image and its container with a real Docker daemon, skipped where there is none. The base
 * image is made of this machine's JDK. Profile {@code real} runs it.
 */
@Tag("real")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ContainerTest {

  private static final String BASE = "tracing-harness-test-jre:local";
  private static final String IMAGE = "tracing-harness-test-server:local";
  /** Options for the {@code java} of a container. */
  private static final String JVM = "JDK_JAVA_OPTIONS";

  @TempDir
  private static Path context;

  @BeforeAll
  static void buildImage() throws Exception {
    Docker.assumeDaemon();
    if (Docker.run("docker", "image", "inspect", BASE).exit() != 0) {
      Docker.assumeMade("base-image", BASE);
    }
    Path lib = Files.createDirectory(context.resolve("lib"));
    Jars.ofThisClassPath(lib);
    Docker.Ran built = Docker.run(
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

      assertThat(Docker.get(container.trackingUri(), "/health").statusCode()).isEqualTo(200);
      assertThat(Docker.get(container.trackingUri(), "/version").statusCode()).isEqualTo(401);
      HttpResponse<String> experiment = Docker.get(
          container.trackingUri(),
          "/api/2.0/mlflow/experiments/get?experiment_id=0",
          "Authorization",
          "Basic YW5uOnNlY3JldC0x");
      assertThat(experiment.statusCode()).isEqualTo(200);
      assertThat(experiment.body()).contains("Default");
      assertThat(container.getContainerInfo().getConfig().getUser()).isEqualTo("10001:10001");
      Docker.Ran health = Docker.run(
          "docker",
          "exec",
          container.getContainerId(),
          "java",
          "-cp",
          "/opt/harness/lib/*",
          "io.github.tracingharness.server.HealthCheck");
      assertThat(health.exit()).as(health.output()).isZero();
      Docker.Ran unwell = Docker.run(
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

  @Test
  void fakeServer_inItsImage_startsFromTheArchiveOfItsClasses() {
    try (FakeTrackingServerContainer container =
        new FakeTrackingServerContainer(IMAGE).withEnv(JVM, "-Xlog:class+load")) {
      container.start();

      assertThat(container.getLogs())
          .contains(FakeTrackingServer.class.getName() + " source: shared objects file (top)");
    }
  }

  @Test
  void fakeServer_onAJvmThatTheArchiveDoesNotFit_startsWithoutAWord() throws Exception {
    try (FakeTrackingServerContainer container = new FakeTrackingServerContainer(IMAGE)
        .withEnv(JVM, "-XX:-UseCompressedOops -Xlog:class+load:file=/tmp/loaded.txt")) {
      container.start();

      assertThat(Docker.get(container.trackingUri(), "/health").statusCode()).isEqualTo(200);
      assertThat(container.getLogs(OutputType.STDOUT)).startsWith("Fake MLflow");
      assertThat(container.getLogs(OutputType.STDERR).lines())
          .allMatch(line -> line.startsWith("NOTE: Picked up " + JVM));
      String loaded = container.copyFileFromContainer(
          "/tmp/loaded.txt", file -> new String(file.readAllBytes(), StandardCharsets.UTF_8));
      assertThat(loaded)
          .contains(FakeTrackingServer.class.getName())
          .doesNotContain("shared objects file");
    }
  }
}
