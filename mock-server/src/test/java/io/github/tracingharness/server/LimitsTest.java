package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static final int WRITERS = 64;

  @Test
  void tracesPastTheLimit_areRefusedClearlyAndFitAgainAfterADeletion() throws Exception {
    try (FakeTrackingServer server = FakeTrackingServer.builder().maxItems(2).start()) {
      TestClient client = new TestClient(server.rootSpace());
      client.startTrace("tr-1");
      client.startTrace("tr-2");

      HttpResponse<String> full = client.startTrace("tr-3");
      HttpResponse<String> known = client.startTrace("tr-2");

      assertThat(full.statusCode()).isEqualTo(507);
      assertThat(full.body())
          .contains("\"error_code\": \"RESOURCE_EXHAUSTED\"")
          .contains("it holds at most 2 traces");
      assertThat(known.statusCode()).as("a change of a known trace").isEqualTo(200);
      client.post(
          "/api/3.0/mlflow/traces/delete-traces",
          "{\"experiment_id\": \"0\", \"request_ids\": [\"tr-1\"]}");
      assertThat(client.startTrace("tr-3").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void spansAndFilesPastTheLimit_areRefused() throws Exception {
    try (FakeTrackingServer server = FakeTrackingServer.builder().maxItems(2).start()) {
      TestClient client = new TestClient(server.rootSpace());
      String trace = "tr-0123456789abcdef0123456789abcdef";
      for (int i = 0; i < 20; i++) {
        String span = "%016x".formatted(i + 1);
        assertThat(client.sendSpan(trace, span, "s").statusCode()).isEqualTo(200);
      }

      assertThat(client.sendSpan(trace, "00000000000000ff", "s").statusCode()).isEqualTo(507);
      assertThat(client.put(artifact("a"), "x".repeat(9_000)).statusCode()).isEqualTo(200);
      assertThat(client.put(artifact("b"), "x".repeat(2_000)).statusCode()).isEqualTo(507);
      assertThat(client.put(artifact("b"), "x".repeat(500)).statusCode()).isEqualTo(200);
      assertThat(client.put(artifact("c"), "x").statusCode()).isEqualTo(507);
    }
  }

  @Test
  void parallelWriters_ofOneTraceAndOfMany_loseNothing() throws Exception {
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      TestClient client = new TestClient(server.rootSpace());
      client.startTrace("tr-shared");
      CyclicBarrier together = new CyclicBarrier(WRITERS);
      ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
      try {
        List<Future<List<Integer>>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
          int writer = i;
          writers.add(threads.submit(() -> {
            together.await(30, TimeUnit.SECONDS);
            List<Integer> statuses = new ArrayList<>();
            statuses.add(client.startTrace("tr-own-" + writer).statusCode());
            statuses.add(client
                .send(client
                    .request("/api/3.0/mlflow/traces/tr-shared/tags")
                    .header("Content-Type", "application/json")
                    .method(
                        "PATCH",
                        BodyPublishers.ofString(
                            "{\"key\": \"k" + writer + "\", \"value\": \"v\"}")))
                .statusCode());
            statuses.add(client
                .post("/api/2.0/mlflow/experiments/create", "{\"name\": \"e" + writer % 8 + "\"}")
                .statusCode());
            return statuses;
          }));
        }
        int created = 0;
        for (Future<List<Integer>> writer : writers) {
          List<Integer> statuses = writer.get(60, TimeUnit.SECONDS);
          assertThat(statuses.subList(0, 2)).containsExactly(200, 200);
          created += statuses.get(2) == 200 ? 1 : 0;
        }
        assertThat(created).as("experiments of 8 names").isEqualTo(8);
        assertThat(client.get("/api/3.0/mlflow/traces/tr-shared").body())
            .contains("\"k0\":\"v\"")
            .contains("\"k63\":\"v\"");
        assertThat(server.rootSpace().exportState().split("\"id\": \"tr-own-", -1))
            .hasSize(WRITERS + 1);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static String artifact(String name) {
    return "/api/2.0/mlflow-artifacts/artifacts/" + name;
  }
}
