package io.github.tracingharness.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.RealBackendTest.NeedsTheFakeTestCase;
import io.github.tracingharness.junit.RealBackendTest.SameTestCase;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventStatistics;
import org.testcontainers.DockerClientFactory;

/**
 * The same tests against MLflow in a container that the extension starts, skipped where there is no
 * Docker daemon or no MLflow to make an image of. Without a registry, Testcontainers itself needs
 * {@code TESTCONTAINERS_RYUK_DISABLED=true}, {@code TESTCONTAINERS_CHECKS_DISABLE=true} and
 * {@code TESTCONTAINERS_HOST_OVERRIDE=localhost}.
 */
@Tag("real")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ContainerBackendTest {

  private static final String IMAGE = "tracing-harness-test-mlflow:local";
  private static final String EMPTY_IMAGE = "tracing-harness-test-empty:local";

  @ExtendWith(TracingHarness.class)
  @TracingConfig(awaitMillis = 20_000, strict = true)
  static class StrictTestCase {

    static final Set<String> SERVERS = ConcurrentHashMap.newKeySet();

    @RepeatedTest(2)
    void answer(MlflowTracer tracer, Traces traces, ChildEnvironment environment) {
      tracer.trace("answer", () -> {});
      assertThat(traces.awaitTrace("answer").spans()).hasSize(1);
      SERVERS.add(environment.mlflow().get("MLFLOW_TRACKING_URI"));
    }
  }

  @ExtendWith(TracingHarness.class)
  static class TwoTestsTestCase {

    @RepeatedTest(2)
    void takesTraces(Traces traces) {
      assertThat(traces).as("not reached").isNull();
    }
  }

  @BeforeAll
  static void makeImage() throws Exception {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(), "there is no Docker daemon here");
    make(
        Path.of("..", "mock-server", "src", "test", "docker", "mlflow-image").toString(),
        IMAGE,
        MlflowServer.assumePython().toString());
    make("sh", "-c", "tar -c -T /dev/null | docker import - " + EMPTY_IMAGE);
  }

  private static void make(String... command) throws Exception {
    Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(made.waitFor() == 0, () -> "no image could be made: " + output);
  }

  private static EngineExecutionResults run(String setting, Class<?>... testCases) {
    EngineTestKit.Builder engine = EngineTestKit.engine("junit-jupiter")
        .configurationParameter(TracingHarness.TRACKING_URI, setting);
    for (Class<?> testCase : testCases) {
      engine.selectors(selectClass(testCase));
    }
    return engine.execute();
  }

  @Test
  void testsOfARun_againstAContainer_shareItAndEndIt() {
    EngineExecutionResults results =
        run("testcontainers:" + IMAGE, StrictTestCase.class, SameTestCase.class);

    EngineRuns.requireAllPassed(results, 3);
    assertThat(StrictTestCase.SERVERS).hasSize(1);
    URI server = URI.create(StrictTestCase.SERVERS.iterator().next());
    Assertions.assertThatIOException()
        .as("the server is gone")
        .isThrownBy(() -> new Socket(server.getHost(), server.getPort()).close());
  }

  @Test
  void testsThatNeedTheFake_areSkipped_withoutAContainer() {
    run("testcontainers:no/such-image:1", NeedsTheFakeTestCase.class)
        .testEvents()
        .assertStatistics((EventStatistics statistics) -> statistics.skipped(2).started(0));
  }

  @Test
  void image_withoutMlflow_failsEachTestWithItsName() {
    EngineExecutionResults results = run("testcontainers:" + EMPTY_IMAGE, TwoTestsTestCase.class);

    assertThat(results.testEvents().failed().stream()
            .map(event -> event.getRequiredPayload(TestExecutionResult.class))
            .map(result -> result.getThrowable().orElseThrow()))
        .hasSize(2)
        .allSatisfy(failure -> assertThat(failure)
            .isInstanceOf(ParameterResolutionException.class)
            .hasMessageStartingWith(
                "tracingharness.trackingUri asks for a server in a container, but"
                    + " none of the image " + EMPTY_IMAGE + " starts: ")
            .hasMessageContaining("mlflow"));
  }
}
