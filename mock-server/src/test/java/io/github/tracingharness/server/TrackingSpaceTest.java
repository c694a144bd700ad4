package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrackingSpaceTest {

  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String TRACE = "tr-0123456789abcdef0123456789abcdef";

  private static FakeTrackingServer server;
  private TrackingSpace space;
  private TestClient client;

  @BeforeAll
  static void startServer() {
    server = FakeTrackingServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void newSpace() {
    space = server.newSpace();
    client = new TestClient(space);
  }

  @Test
  void spaces_ofOneServer_shareNothing() throws Exception {
    TrackingSpace other = server.newSpace();

    client.startTrace(TRACE);

    assertThat(space.trace(TRACE)).isPresent();
    assertThat(other.trace(TRACE)).isEmpty();
    assertThat(server.rootSpace().trace(TRACE)).isEmpty();
    assertThat(other.calls()).isEmpty();
    assertThat(new TestClient(other).get(TestClient.START + "/" + TRACE).statusCode())
        .isEqualTo(404);
    assertThat(space.createExperiment("same name")).isEqualTo("1");
    assertThat(other.createExperiment("same name")).isEqualTo("1");
  }

  @Test
  void call_answered_isRecordedByteForByteBeforeTheClientCanAsk() throws Exception {
    for (int i = 0; i < 50; i++) {
      HttpResponse<String> response = client.send(client
          .request("/api/3.0/mlflow/traces/search?x=%20y")
          .header("Content-Type", "application/json")
          .header("Authorization", "Bearer dummy")
          .POST(HttpRequest.BodyPublishers.ofString("{\"locations\": [], \"ü\": 1}")));

      List<RecordedCall> calls = space.calls();

      assertThat(calls).hasSize(i + 1);
      RecordedCall call = calls.get(i);
      assertThat(call.number()).isEqualTo(i + 1);
      assertThat(call.endpoint()).isEqualTo(Endpoint.SEARCH_TRACES);
      assertThat(call.method()).isEqualTo("POST");
      assertThat(call.path()).isEqualTo("/api/3.0/mlflow/traces/search");
      assertThat(call.query()).isEqualTo("x=%20y");
      assertThat(call.header("authorization")).contains("Bearer dummy");
      assertThat(call.bodyText()).isEqualTo("{\"locations\": [], \"ü\": 1}");
      assertThat(call.status()).isEqualTo(200);
      assertThat(call.responseText()).isEqualTo(response.body()).isEqualTo("{}");
      assertThat(Header.first(call.responseHeaders(), "content-type")).contains("application/json");
      assertThat(call.connection()).isPositive();
      assertThat(call.answeredNanos()).isGreaterThan(call.arrivedNanos());
    }
  }

  @Test
  void calls_oneAfterTheOther_haveOrderedTimes() throws Exception {
    long before = System.nanoTime();
    client.get("/version");
    client.get("/version");
    long after = System.nanoTime();

    List<RecordedCall> calls = space.calls(Endpoint.VERSION);

    assertThat(List.of(
            before,
            calls.get(0).arrivedNanos(),
            calls.get(0).answeredNanos(),
            calls.get(1).arrivedNanos()))
        .isSorted();
    assertThat(calls.get(1).arrivedNanos()).isLessThan(after);
  }

  @Test
  void compressedBody_recorded_staysAsItWasSent() throws Exception {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(TestClient.rootSpan(TRACE, "00000000000000a1", "root"));
    }

    HttpResponse<String> response = client.send(client
        .request("/v1/traces")
        .header("Content-Type", "application/x-protobuf")
        .header("Content-Encoding", "gzip")
        .header("x-mlflow-experiment-id", "0")
        .POST(HttpRequest.BodyPublishers.ofByteArray(compressed.toByteArray())));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(space.calls(Endpoint.OTLP_TRACES).get(0).body()).isEqualTo(compressed.toByteArray());
    assertThat(space.traces()).hasSize(1);
  }

  @Test
  void chunkedJsonBody_onTheJsonApi_isSeenEmpty() throws Exception {
    byte[] body = TestClient.startTraceBody(TRACE, 1).getBytes(StandardCharsets.UTF_8);

    HttpResponse<String> response = client.send(client
        .request(TestClient.START)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("Missing value for required parameter 'trace'");
    assertThat(space.trace(TRACE)).isEmpty();
    assertThat(space.calls().get(0).body()).isEqualTo(body);
  }

  @Test
  void sixtyFourWriters_atOnce_loseNothing() throws Exception {
    int writers = 64;
    int tracesEach = 4;
    CyclicBarrier together = new CyclicBarrier(writers);
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Future<Void>> done = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        int writer = w;
        Callable<Void> work = () -> {
          together.await();
          for (int i = 0; i < tracesEach; i++) {
            String id = "tr-%032x".formatted(1 + writer * tracesEach + i);
            assertThat(client.sendSpan(id, "00000000000000a1", "root").statusCode())
                .isEqualTo(200);
            assertThat(client.startTrace(id).statusCode()).isEqualTo(200);
            String shared = "%016x".formatted(1 + writer * tracesEach + i);
            assertThat(client.sendSpan(TRACE, shared, "shared").statusCode()).isEqualTo(200);
          }
          return null;
        };
        done.add(threads.submit(work));
      }
      for (Future<Void> writer : done) {
        writer.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(space.failures()).isEmpty();
    assertThat(space.calls()).hasSize(writers * tracesEach * 3);
    assertThat(space.traces()).hasSize(writers * tracesEach + 1);
    assertThat(space.trace(TRACE).orElseThrow().spans()).hasSize(writers * tracesEach);
  }

  @Test
  void trace_withInfoOnly_isCompleteOnceItsSpansAreThere() throws Exception {
    client.post(TestClient.START, TestClient.startTraceBody(TRACE, 2));
    client.sendSpan(TRACE, "00000000000000a1", "root");
    assertThat(space.traces()).isEmpty();

    client.sendSpan(TRACE, "00000000000000a2", "second");

    StoredTrace trace = space.awaitTraces(1, DEADLINE).get(0);
    assertThat(trace.traceId()).isEqualTo(TRACE);
    assertThat(trace.spansFrom()).isEqualTo(StoredTrace.SpansFrom.TRACKING_STORE);
    assertThat(trace.spans()).extracting(StoredSpan::name).containsExactly("root", "second");
    assertThat(trace.tags()).containsEntry("a", "b");
    // Spans widen what the client said, as on the real server.
    assertThat(trace.executionDuration()).isPresent();
  }

  @Test
  void trace_withUploadedFile_isCompleteAndRead() throws Exception {
    client.startTrace(TRACE);
    String file = """
        {"spans": [{"trace_id": "ASNFZ4mrze8BI0VniavN7w==", "span_id": "AAAAAAAAAKE=", "parent_span_id": null,
          "name": "root", "start_time_unix_nano": 5, "end_time_unix_nano": 7, "events": [], "links": [],
          "status": {"code": "STATUS_CODE_ERROR", "message": "boom"},
          "attributes": {"mlflow.spanInputs": "{\\"q\\": 1}"}}]}
        """;
    client.put(
        "/api/2.0/mlflow-artifacts/artifacts/0/traces/" + TRACE + "/artifacts/traces.json", file);

    StoredTrace trace = space.awaitTraces(1, DEADLINE).get(0);

    assertThat(trace.spansFrom()).isEqualTo(StoredTrace.SpansFrom.ARTIFACT);
    assertThat(trace.spans())
        .containsExactly(new StoredSpan(
            "00000000000000a1",
            null,
            "root",
            5,
            7,
            "ERROR",
            "boom",
            Map.of("mlflow.spanInputs", "{\"q\": 1}"),
            List.of(),
            List.of()));
  }

  @Test
  void awaitCalls_untilTheLastOne_returnsThem() throws Exception {
    HeldAnswer held = space.on(Endpoint.VERSION).answer(Fault.real()).hold();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> second = thread.submit(() -> {
        client.get("/version");
        return client.get("/version").statusCode();
      });
      assertThat(held.awaitArrival(1, DEADLINE)).isTrue();
      assertThat(space.calls()).hasSize(1);

      held.release();

      assertThat(space.awaitCalls(Endpoint.VERSION, 2, DEADLINE)).hasSize(2);
      assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(200);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void awaitCalls_withTooFew_saysWhatCame() throws Exception {
    client.get("/version");
    client.get("/nowhere");

    assertThatThrownBy(() -> space.awaitCalls(Endpoint.START_TRACE, 2, Duration.ofMillis(10)))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "expected at least 2 finished call(s) of START_TRACE within 10 ms, but there were 0%n"
                    .formatted()
                + "  calls seen: 2%n".formatted()
                + "    #1 GET /version -> 200%n".formatted()
                + "    #2 GET /nowhere -> 404");
  }

  @Test
  void awaitTraces_withAnIncompleteOne_saysWhatIsMissing() throws Exception {
    client.post(TestClient.START, TestClient.startTraceBody(TRACE, 3));

    assertThatThrownBy(() -> space.awaitTraces(1, Duration.ofMillis(10)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("expected at least 1 complete trace(s) within 10 ms, but there were 0%n"
                .formatted()
            + "  incomplete: %s, start-trace came, 0 span(s) stored, 3 announced%n".formatted(TRACE)
            + "  calls seen: 1%n".formatted()
            + "    #1 POST /api/3.0/mlflow/traces -> 200");
  }

  @Test
  void onCall_afterEachCall_isToldOnce() throws Exception {
    List<Long> told = new CopyOnWriteArrayList<>();
    CountDownLatch two = new CountDownLatch(2);
    space.onCall(call -> {
      told.add(call.number());
      two.countDown();
    });

    client.get("/version");
    client.get("/version");

    assertThat(two.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(told).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void onCall_thatThrows_becomesAFailure() throws Exception {
    CountDownLatch called = new CountDownLatch(2);
    space.onCall(call -> {
      called.countDown();
      throw new IllegalStateException("listener is broken");
    });

    client.get("/version");
    assertThat(client.get("/version").statusCode()).isEqualTo(200);

    assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(space.failures()).first().satisfies(failure -> {
      assertThat(failure.call()).isEqualTo(1);
      assertThat(failure.endpoint()).isEqualTo(Endpoint.VERSION);
      assertThat(failure.cause()).hasMessage("listener is broken");
    });
  }

  @Test
  void closedSpace_withALateCall_stillRecordsIt() throws Exception {
    client.startTrace(TRACE);
    space.close();

    HttpResponse<String> late = client.startTrace(TRACE);

    assertThat(late.statusCode()).isEqualTo(410);
    assertThat(space.calls()).extracting(RecordedCall::status).containsExactly(200, 410);
    assertThat(server.rootSpace().calls())
        .as("nothing of it reaches the root space")
        .noneMatch(call -> call.path().contains(space.id()));
  }

  @Test
  void client_thatGivesUpWithinItsBody_isRecordedWithWhatArrived() throws Exception {
    try (Socket socket =
        new Socket(space.trackingUri().getHost(), space.trackingUri().getPort())) {
      String half = "POST "
          + space.trackingUri().getPath()
          + "/api/3.0/mlflow/traces HTTP/1.1\r\nHost: localhost\r\n"
          + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"trace\": ";
      socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
    }

    RecordedCall call = space.awaitCalls(Endpoint.START_TRACE, 1, DEADLINE).get(0);

    assertThat(call.bodyText()).isEqualTo("{\"trace\": ");
    assertThat(call.status()).as("no good answer").isNotEqualTo(200);
    assertThat(space.traces()).isEmpty();
  }

  @Test
  void profile_ofAnOldServer_hasOtherVersionAndNoSpanStorage() throws Exception {
    space.profile(ServerProfile.standard()
        .withVersion("3.3.0")
        .withSpanStorage(ServerProfile.SpanStorage.ABSENT));

    assertThat(client.get("/version").body()).isEqualTo("3.3.0");
    assertThat(client.sendSpan(TRACE, "00000000000000a1", "x").statusCode()).isEqualTo(404);
  }

  @Test
  void profile_ofAFileStore_answers501ToSpans() throws Exception {
    space.profile(
        ServerProfile.standard().withSpanStorage(ServerProfile.SpanStorage.NOT_IMPLEMENTED));

    HttpResponse<String> response = client.sendSpan(TRACE, "00000000000000a1", "x");

    assertThat(response.statusCode()).isEqualTo(501);
    assertThat(response.body()).contains("REST OTLP span logging is not supported");
    assertThat(space.trace(TRACE)).isEmpty();
  }

  @Test
  void profile_withLogin_asksForCredentials() throws Exception {
    space.profile(ServerProfile.standard().withLogin("ann", "secret"));

    HttpResponse<String> refused = client.get("/version");

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("www-authenticate"))
        .isEqualTo(Optional.of("Basic realm=\"mlflow\""));
    assertThat(client.get("/health").statusCode()).isEqualTo(200);
    assertThat(client
            .send(client.request("/version").header("Authorization", "Basic YW5uOnNlY3JldA=="))
            .statusCode())
        .isEqualTo(200);
    assertThat(ServerProfile.standard().withLogin("ann", "secret").toString())
        .doesNotContain("secret");
  }

  @Test
  void reset_afterTraffic_leavesAnEmptySpaceWithItsExperiments() throws Exception {
    String experiment = space.createExperiment("kept");
    space.on(Endpoint.ANY).thenForever(Fault.status(503));
    client.startTrace(TRACE);

    space.reset();

    assertThat(space.calls()).isEmpty();
    assertThat(space.trace(TRACE)).isEmpty();
    assertThat(client
            .get("/api/2.0/mlflow/experiments/get?experiment_id=" + experiment)
            .statusCode())
        .isEqualTo(200);
  }
}
