package io.github.tracingharness.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What a test says when the setting of its server is wrong, or no container can be had. */
class ContainerSettingTest {

  @ExtendWith(TracingHarness.class)
  static class AnyTestCase {

    @Test
    void asksForItsTraces(Traces traces) {
      assertThat(traces).as("not reached").isNull();
    }
  }

  /** Runs in a JVM without Testcontainers, and prints the failure. */
  static final class WithoutTestcontainers {

    private WithoutTestcontainers() {}

    public static void main(String... arguments) {
      System.out.println(failureWith("testcontainers").getMessage());
    }
  }

  private static Throwable failureWith(String setting) {
    return EngineRuns.failure(EngineTestKit.engine("junit-jupiter")
        .configurationParameter(TracingHarness.TRACKING_URI, setting)
        .selectors(selectClass(AnyTestCase.class))
        .execute());
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:5000, localhost:5000",
    "testcontainers:, testcontainers:",
    "Testcontainers, Testcontainers",
    "'no url', no url",
    "http:///path, http:///path",
    "mysql://ada:secret@host/db, mysql://***@host/db"
  })
  void setting_thatNamesNoServer_saysWhatIsAllowed(String setting, String shown) {
    assertThat(failureWith(setting))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(
            "tracingharness.trackingUri (or TRACING_HARNESS_TRACKING_URI) must be the URL of a"
                + " tracking server, such as http://127.0.0.1:5000, or \"testcontainers\", or"
                + " \"testcontainers:IMAGE\" with an image that has MLflow, not \"" + shown
                + "\".");
  }

  @Test
  void container_withoutTestcontainers_saysWhatToAdd() throws Exception {
    String classPath = Stream.of(
            System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.contains("testcontainers"))
        .collect(Collectors.joining(File.pathSeparator));
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            WithoutTestcontainers.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();

    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(printed.strip())
        .isEqualTo(
            "tracingharness.trackingUri asks for a server in a container, but Testcontainers is"
                + " not on the class path: add org.testcontainers:testcontainers 2.x to the test"
                + " dependencies.");
  }

  @Test
  void container_withoutDocker_saysWhatToDo() {
    // Testcontainers' own question starts a helper container, which may take minutes.
    assumeFalse(
        Files.exists(Path.of("/var/run/docker.sock")) || System.getenv("DOCKER_HOST") != null,
        "there is a Docker daemon here; ContainerBackendTest uses it");

    assertThat(failureWith("testcontainers:some/image:1"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(
            "tracingharness.trackingUri asks for a server in a container, but Testcontainers"
                + " finds no Docker here: start Docker, name its address in DOCKER_HOST, or give the URL"
                + " of a server instead.");
  }
}
