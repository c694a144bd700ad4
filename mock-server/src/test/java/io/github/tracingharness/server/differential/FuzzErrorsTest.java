package io.github.tracingharness.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever malformed request makes the fake answer with a server error makes a real server, too.
 */
@Tag("real")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class FuzzErrorsTest {

  private static final int REQUESTS = 20_000;
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int STATUS_END = 12;

  @Test
  void serverErrors_toMalformedRequests_areTheRealServersToo(@TempDir Path directory)
      throws Exception {
    long seed = Long.getLong("harness.fuzz.seed", 20_260_101);
    Fuzz fuzz;
    try (FakeTrackingServer server = FakeTrackingServer.builder().maxItems(500).start()) {
      fuzz = Fuzz.send(server, seed, Integer.getInteger("harness.fuzz.requests", REQUESTS));
      assertThat(server.rootSpace().failures()).as("defects, seed %s", seed).isEmpty();
    }
    System.out.printf(
        "%d answers to malformed requests, %d of them server errors%n",
        fuzz.answered(), fuzz.serverErrors().size());
    try (RealMlflow real = RealMlflow.start(RealMlflow.assumePython(), directory, 70_000_001)) {
      assertThat(fuzz.serverErrors()).isNotEmpty().allSatisfy(error -> {
        assertThat(status(real.uri(), error.request())).as("%s", error).isEqualTo(error.status());
      });
    }
  }

  /** Unlike the fake, the real server takes a client that says it sends no more for gone. */
  private static int status(URI server, byte[] request) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      ByteArrayOutputStream begin = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0 && begin.size() < STATUS_END; next = in.read()) {
        begin.write(next);
      }
      String line = begin.toString(StandardCharsets.ISO_8859_1);
      return line.length() < STATUS_END ? 0 : Integer.parseInt(line.substring(9));
    }
  }
}
