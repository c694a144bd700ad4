package io.github.tracingharness.conformance.equality;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.cli.PythonPackages;
import io.github.tracingharness.core.FlushResult;
import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.server.FakeTrackingServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The reference sends what the Python SDK sends, but for what docs/differences.md says. */
class EqualityTest {

  private static final Path REQUIREMENTS = Path.of("src", "test", "equality", "requirements.txt");

  @TempDir
  private Path directory;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES) // The first time sets up Python's packages.
  void sameScenarios_pythonAndOurs_differOnlyAsListed() throws Exception {
    Path python = PythonPackages.assumeInstalled("equality", REQUIREMENTS.toAbsolutePath());
    List<Difference> found = new ArrayList<>();
    try (Servers servers = new Servers()) {
      Map<Scenario, Target> theirs = servers.targets();
      Map<Scenario, Target> ours = servers.targets();
      // The first request of a JVM may take longer than the 3 s that GET /version has.
      trace(servers.target(Scenario.NESTED));
      ours.values().forEach(EqualityTest::trace);
      List<PythonRun> runs = new ArrayList<>();
      for (List<Target> alike : alike(theirs.values())) {
        runs.add(start(python, alike));
      }
      for (PythonRun run : runs) {
        run.await();
      }
      for (Scenario scenario : Scenario.values()) {
        found.addAll(Comparison.of(
            scenario.id(),
            theirs.get(scenario).sent(),
            ours.get(scenario).sent(),
            !scenario.asynchronous()));
      }
    }
    assertThat(DifferenceTable.below("Sent to a fake server").disagreements(found))
        .as("what both clients send, and what docs/differences.md says")
        .isEmpty();
  }

  /** Scenarios with the same settings, which one process of Python can trace. */
  private static Collection<List<Target>> alike(Collection<Target> targets) {
    return targets.stream()
        .collect(Collectors.groupingBy(Target::settings, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  private PythonRun start(Path python, List<Target> targets) throws IOException {
    List<String> arguments = targets.stream()
        .map(target -> target.scenario().id() + "=" + target.trackingUri())
        .toList();
    return PythonRun.start(python, directory, targets.get(0).settings(), "scenarios.py", arguments);
  }

  private static void trace(Target target) {
    try (MlflowTracing tracing = target.builder().build()) {
      target.scenario().trace(tracing);
      assertThat(tracing.flush(Duration.ofSeconds(20)))
          .as(target.scenario().id())
          .matches(FlushResult::isSuccess);
    }
  }

  /** One server for all spaces, and one for each workspace. */
  private static final class Servers implements AutoCloseable {

    private final FakeTrackingServer shared = FakeTrackingServer.start();
    private final List<FakeTrackingServer> all = new ArrayList<>(List.of(shared));

    Map<Scenario, Target> targets() {
      Map<Scenario, Target> targets = new EnumMap<>(Scenario.class);
      for (Scenario scenario : Scenario.values()) {
        targets.put(scenario, target(scenario));
      }
      return targets;
    }

    Target target(Scenario scenario) {
      if (!scenario.onDatabricks()) {
        return Target.of(scenario, shared);
      }
      FakeTrackingServer workspace = FakeTrackingServer.start();
      all.add(workspace);
      return Target.of(scenario, workspace);
    }

    @Override
    public void close() {
      all.forEach(FakeTrackingServer::close);
    }
  }
}
