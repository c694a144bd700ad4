package io.github.tracingharness.server.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.ServerProfile.ArtifactService;
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

  /** What a server is started with that is not the default one. */
  private static final Map<String, ServerProfile> PROFILES = Map.of(
      "default", ServerProfile.standard(),
      "basic-auth", ServerProfile.standard().withLogin("admin", "golden-admin-pw-1"),
      "artifacts-only", ServerProfile.standard().withArtifacts(ArtifactService.ONLY));

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
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void recordedConversation_replayedBelowAPrefix_isAnsweredAsRecorded(Path file) throws Exception {
    GoldenScenario scenario = GoldenScenario.read(file);
    try (TrackingSpace space = server.newSpace()) {
      space.profile(PROFILES.get(scenario.profile()));
      List<String> differences = scenario.differences(new GoldenClient(space.trackingUri()));

      assertThat(differences)
          .as("steps of %s that are answered in another way than recorded", scenario.name())
          .isEmpty();
      assertThat(space.failures()).isEmpty();
    }
  }
}
