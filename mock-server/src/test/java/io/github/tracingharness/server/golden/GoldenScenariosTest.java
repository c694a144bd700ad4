package io.github.tracingharness.server.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.TrackingSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fake answers recorded conversations as the real server did, byte for byte as far as that is
 * determined.
 */
class GoldenScenariosTest {

  /** How many steps of a scenario are answered in another way, each with its reason. */
  private static final Map<String, Integer> KNOWN_DIFFERENCES = Map.of(
      // A filter on the word "timestamp" that the real server's SQL parser takes for a type.
      "search_errors_filter", 1);

  private static FakeTrackingServer server;

  @BeforeAll
  static void startServer() {
    server = FakeTrackingServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  static Stream<Path> scenarios() throws Exception {
    Path folder = Path.of(GoldenScenariosTest.class.getResource("/golden").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void recordedConversation_replayedBelowAPrefix_isAnsweredAsRecorded(Path file) throws Exception {
    GoldenScenario scenario = GoldenScenario.read(file);
    try (TrackingSpace space = server.newSpace()) {
      List<String> differences = scenario.differences(new GoldenClient(space.trackingUri()));

      assertThat(differences)
          .as("steps of %s that are answered in another way than recorded", scenario.name())
          .hasSize(KNOWN_DIFFERENCES.getOrDefault(scenario.name(), 0));
      assertThat(space.failures()).isEmpty();
    }
  }
}
