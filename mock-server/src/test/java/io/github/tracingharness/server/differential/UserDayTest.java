package io.github.tracingharness.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.TrackingSpace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real Python client does all that a user does in a day. Profile {@code real} runs it. */
@Tag("real")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class UserDayTest {

  private static final Path SCRIPT = Path.of("src", "test", "python", "user_day.py");

  @Test
  void dayOfAUser_withTheRealClient_worksOnTheFake() throws Exception {
    Path python = RealMlflow.assumePython();
    try (FakeTrackingServer server = FakeTrackingServer.start();
        TrackingSpace space = server.newSpace()) {
      ProcessBuilder day = new ProcessBuilder(
              python.toString(),
              SCRIPT.toAbsolutePath().toString(),
              space.trackingUri().toString())
          .redirectErrorStream(true);
      day.environment().keySet().removeIf(name -> name.startsWith("MLFLOW_"));
      Process process = day.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor()).as(output).isZero();
      assertThat(output).contains("checks hold").doesNotContain("FAIL");
      assertThat(space.failures()).isEmpty();
    }
  }
}
