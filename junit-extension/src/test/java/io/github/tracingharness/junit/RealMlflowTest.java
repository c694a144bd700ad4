package io.github.tracingharness.junit;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.tracingharness.junit.RealBackendTest.SameTestCase;
import io.github.tracingharness.server.StoredTrace;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * The same test classes, without a change, against the fake server and a real MLflow server. Slow:
 * {@code .ci/real-server} runs it.
 */
@Tag("real")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class RealMlflowTest {

  @TempDir
  private static Path directory;

  private static MlflowServer mlflow;

  @BeforeAll
  static void start() throws Exception {
    mlflow = MlflowServer.assumeStarted(directory);
  }

  @AfterAll
  static void stop() {
    if (mlflow != null) {
      mlflow.close();
    }
  }

  private static EngineExecutionResults runOnMlflow(Class<?> testClass) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter(TracingHarness.TRACKING_URI, mlflow.url())
        .selectors(selectClass(testClass))
        .execute();
  }

  @Test
  void sameTest_againstTheFakeAndMlflow_seesTheSameTrace() {
    EngineRuns.requireAllPassed(EngineRuns.run(SameTestCase.class), 1);
    StoredTrace byFake = SameTestCase.SEEN.get();

    EngineRuns.requireAllPassed(runOnMlflow(SameTestCase.class), 1);

    StoredTrace byMlflow = SameTestCase.SEEN.get();
    assertThat(byMlflow.traceId()).isNotEqualTo(byFake.traceId());
    // Ids and times differ from run to run, and attributes hold the trace id.
    assertThat((Object) byMlflow)
        .usingRecursiveComparison()
        .ignoringFields("traceId", "location", "requestTime", "metadata", "tags")
        .ignoringFieldsMatchingRegexes("spans\\.(spanId|parentId|startNanos|endNanos)")
        .ignoringFieldsMatchingRegexes("spans\\.(attributes|events).*")
        .isEqualTo(byFake);
    assertThat(byMlflow.metadata()).containsEntry("mlflow.trace.session", "s-1");
    assertThat(byMlflow.tags()).containsEntry("model", "m1");
  }

  /** Each has one test. */
  @ParameterizedTest
  @MethodSource("io.github.tracingharness.junit.example.RealServerRecipes#classes")
  void recipe_againstTheFakeAndMlflow_passes(Class<?> recipe) {
    EngineRuns.requireAllPassed(EngineRuns.run(recipe), 1);
    EngineRuns.requireAllPassed(runOnMlflow(recipe), 1);
  }
}
