package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Requests that are wrong in every way. The seed and the number are system properties:
 * {@code -Dharness.fuzz.seed=7 -Dharness.fuzz.requests=20000}.
 */
class FuzzTest {

  @Test
  void server_underMalformedRequests_keepsAnsweringAndNeverHangsOrStumbles() throws Exception {
    long seed = Long.getLong("harness.fuzz.seed", 20_260_101);
    int requests = Integer.getInteger("harness.fuzz.requests", 1_200);
    try (FakeTrackingServer server = FakeTrackingServer.builder().maxItems(500).start()) {
      Fuzz fuzz = Fuzz.send(server, seed, requests);

      assertThat(server.rootSpace().failures()).as("defects, seed %s", seed).isEmpty();
      assertThat(fuzz.answered()).as("requests that got an answer").isGreaterThan(requests / 2);
      assertThat(fuzz.serverErrors())
          .as("answers of the libraries below, seed %s", seed)
          .noneMatch(
              error -> error.answer().contains("jetty") || error.answer().contains("Bad Message"));
      TestClient client = new TestClient(server.rootSpace());
      assertThat(client.get("/health").statusCode()).isEqualTo(200);
      assertThat(client.get("/").statusCode()).isEqualTo(200);
      assertThat(client.get("/api/2.0/mlflow/experiments/get?experiment_id=0").statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void artifactPaths_withTricks_neverLeaveTheStore() throws Exception {
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      TestClient client = new TestClient(server.rootSpace());
      String base = "/api/2.0/mlflow-artifacts/artifacts";
      for (String trick : List.of(
          "/%2e%2e/%2e%2e/etc/passwd",
          "/a/%2e%2e%2f%2e%2e%2fetc/passwd",
          "/..%5c..%5cwindows",
          "/%2fetc%2fpasswd",
          "/a%00b",
          "?path=%2e%2e%2f%2e%2e",
          "?path=/etc")) {
        assertThat(client.get(base + trick).body())
            .as(trick)
            .doesNotContain("root:")
            .doesNotContain("passwd:");
        assertThat(client.get(base + trick).statusCode()).as(trick).isIn(200, 400, 404);
      }
      assertThat(client.put(base + "/%2e%2e/x", "y").statusCode()).isEqualTo(400);
      assertThat(server.rootSpace().failures()).isEmpty();
    }
  }

  @Test
  void bodyThatUnpacksToTooMuch_isRefusedWithoutFillingTheMemory() throws Exception {
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      TestClient client = new TestClient(server.rootSpace());

      var answer = client.send(client
          .request("/v1/traces")
          .header("Content-Type", "application/x-protobuf")
          .header("Content-Encoding", "gzip")
          .header("x-mlflow-experiment-id", "0")
          .POST(BodyPublishers.ofByteArray(bomb(300))));

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo("{\"detail\":\"Failed to decompress gzip payload\"}");
      assertThat(server.rootSpace().failures()).isEmpty();
    }
  }

  /** So many MiB of zeros, packed. */
  private static byte[] bomb(int mebibytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < mebibytes; i++) {
        gzip.write(zeros);
      }
    }
    return packed.toByteArray();
  }
}
