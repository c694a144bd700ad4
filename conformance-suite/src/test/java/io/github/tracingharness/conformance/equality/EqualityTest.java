package io.github.tracingharness.conformance.equality;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.cli.PythonPackages;
import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.HeldAnswer;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.ServerProfile.SpanStorage;
import io.github.tracingharness.server.TrackingSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The reference sends what the Python SDK sends, but for what docs/differences.md says. */
class EqualityTest {

  private static final Path REQUIREMENTS = Path.of("src", "test", "equality", "requirements.txt");
  private static final Map<String, String> SYNCHRONOUS =
      Map.of("MLFLOW_ENABLE_ASYNC_TRACE_LOGGING", "false");

  @TempDir
  private Path directory;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES) // The first time sets up Python's packages.
  void sameScenarios_pythonAndOurs_differOnlyAsListed() throws Exception {
    Path python = PythonPackages.assumeInstalled("equality", REQUIREMENTS.toAbsolutePath());
    List<Difference> found = new ArrayList<>();
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      Map<Scenario, TrackingSpace> theirs = spaces(server);
      Map<Scenario, TrackingSpace> ours = spaces(server);
      List<PythonRun> runs =
          List.of(start(python, SYNCHRONOUS, theirs, false), start(python, Map.of(), theirs, true));
      ours.forEach(EqualityTest::trace);
      for (PythonRun run : runs) {
        run.await();
      }
      for (Scenario scenario : Scenario.values()) {
        found.addAll(Comparison.of(
            scenario.id(),
            SentRequests.of(theirs.get(scenario).calls()),
            SentRequests.of(ours.get(scenario).calls()),
            !scenario.asynchronous()));
      }
    }
    assertThat(DifferenceTable.below("Sent to a fake server").disagreements(found))
        .as("what both clients send, and what docs/differences.md says")
        .isEmpty();
  }

  private PythonRun start(
      Path python,
      Map<String, String> settings,
      Map<Scenario, TrackingSpace> spaces,
      boolean asynchronous)
      throws IOException {
    List<String> arguments = spaces.entrySet().stream()
        .filter(entry -> entry.getKey().asynchronous() == asynchronous)
        .map(entry -> entry.getKey().id() + "=" + entry.getValue().trackingUri())
        .toList();
    return PythonRun.start(python, directory, settings, "scenarios.py", arguments);
  }

  private static Map<Scenario, TrackingSpace> spaces(FakeTrackingServer server) {
    Map<Scenario, TrackingSpace> spaces = new EnumMap<>(Scenario.class);
    for (Scenario scenario : Scenario.values()) {
      TrackingSpace space = server.newSpace();
      spaces.put(scenario, space);
      if (scenario == Scenario.ARTIFACT) {
        space.profile(ServerProfile.standard().withSpanStorage(SpanStorage.NOT_IMPLEMENTED));
      }
      if (scenario.asynchronous()) {
        spansFirst(space);
      }
    }
    return spaces;
  }

  /** Answers start-trace when the spans have come; else Python may upload them, too, or not. */
  private static void spansFirst(TrackingSpace space) {
    HeldAnswer held = space.on(Endpoint.START_TRACE).hold();
    space.onCall(call -> {
      if (call.endpoint() == Endpoint.OTLP_TRACES) {
        held.release();
      }
    });
  }

  private static void trace(Scenario scenario, TrackingSpace space) {
    try (MlflowTracing tracing = MlflowTracing.builder()
        .environment(Map.of())
        .trackingUri(space.trackingUri().toString())
        .asyncExport(scenario.asynchronous())
        .build()) {
      scenario.trace(tracing);
      assertThat(tracing.flush(Duration.ofSeconds(20)).isSuccess()).isTrue();
    }
  }
}
