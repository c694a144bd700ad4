package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultTest {

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
  void script_stepByStep_thenReal() throws Exception {
    space
        .on(Endpoint.START_TRACE)
        .answer(Fault.status(503))
        .then(Fault.status(429, "slow down", new Header("x-why", "test")))
        .thenReal();

    assertThat(client.startTrace(TRACE).statusCode()).isEqualTo(503);
    HttpResponse<String> second = client.startTrace(TRACE);
    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(second.body()).isEqualTo("slow down");
    assertThat(second.headers().firstValue("x-why")).contains("test");
    assertThat(space.trace(TRACE)).isEmpty();
    assertThat(client.startTrace(TRACE).statusCode()).isEqualTo(200);
    assertThat(client.startTrace(TRACE).statusCode()).isEqualTo(200);
    assertThat(space.calls(Endpoint.START_TRACE))
        .extracting(RecordedCall::status)
        .containsExactly(503, 429, 200, 200);
  }

  @Test
  void script_thenForever_neverEnds() throws Exception {
    FaultScript script =
        space.on(Endpoint.VERSION).answer(2, Fault.real()).thenForever(Fault.status(500));

    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      statuses.add(client.get("/version").statusCode());
    }

    assertThat(statuses).containsExactly(200, 200, 500, 500, 500);
    assertThatThrownBy(() -> script.then(Fault.real()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("already says what follows its end");
  }

  @Test
  void script_ofAny_isForEndpointsWithoutOne() throws Exception {
    space.on(Endpoint.ANY).thenForever(Fault.status(503));
    space.on(Endpoint.VERSION).thenReal();

    assertThat(client.get("/version").statusCode()).isEqualTo(200);
    assertThat(client.get("/health").statusCode()).isEqualTo(503);

    space.clearFaults();

    assertThat(client.get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void retryAfter_inSecondsAndAsDate_isAHeader() throws Exception {
    ZonedDateTime date = ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.ofHours(1));
    space.on(Endpoint.VERSION).answer(Fault.retryAfter(429, 7)).then(Fault.retryAfter(503, date));

    assertThat(client.get("/version").headers().firstValue("retry-after")).contains("7");
    assertThat(client.get("/version").headers().firstValue("retry-after"))
        .contains("Fri, 02 Jan 2026 02:04:05 GMT");
  }

  @Test
  void delay_beforeTheAnswer_takesItsTimeOnTheClock() throws Exception {
    space.on(Endpoint.VERSION).answer(Fault.delay(Duration.ofMillis(150)));

    assertThat(client.get("/version").body()).isEqualTo("3.17.2");

    RecordedCall call = space.calls().get(0);
    assertThat(Duration.ofNanos(call.answeredNanos() - call.arrivedNanos()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(150));
  }

  @Test
  void heldAnswers_128AtOnce_arriveAllBeforeOneIsReleased() throws Exception {
    int calls = 128;
    HeldAnswer held = space.on(Endpoint.START_TRACE).hold();
    ExecutorService threads = Executors.newFixedThreadPool(calls);
    try {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        String id = "tr-%032x".formatted(i + 1);
        answers.add(threads.submit(() -> client.startTrace(id).statusCode()));
      }

      assertThat(held.awaitArrival(calls, DEADLINE)).isTrue();
      assertThat(held.held()).isEqualTo(calls);
      assertThat(answers).noneMatch(Future::isDone);
      assertThat(space.calls()).isEmpty();
      assertThat(client.get("/version").statusCode()).as("others get through").isEqualTo(200);

      held.release();

      for (Future<Integer> answer : answers) {
        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(200);
      }
      assertThat(space.calls(Endpoint.START_TRACE)).hasSize(calls);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void heldAnswers_releasedOneByOne_goInTurn() throws Exception {
    HeldAnswer held = Fault.hold(Fault.status(500));
    space.on(Endpoint.VERSION).thenForever(held);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Integer> first = threads.submit(() -> client.get("/version").statusCode());
      Future<Integer> second = threads.submit(() -> client.get("/version").statusCode());
      assertThat(held.awaitArrival(2, DEADLINE)).isTrue();

      held.release(1);

      space.awaitCalls(Endpoint.VERSION, 1, DEADLINE);
      assertThat(held.held()).isEqualTo(1);
      held.release();
      assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(500);
      assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(500);
      assertThat(held.awaitArrival(3, Duration.ofMillis(10))).isFalse();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void closingTheSpace_letsHeldCallsGo() throws Exception {
    HeldAnswer held = space.on(Endpoint.VERSION).hold();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> answer = thread.submit(() -> client.get("/version").statusCode());
      assertThat(held.awaitArrival(1, DEADLINE)).isTrue();

      space.close();

      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(200);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void resetBeforeAnswer_onTheWire_isAReset() throws Exception {
    space.on(Endpoint.VERSION).answer(Fault.resetBeforeAnswer());

    assertThatThrownBy(this::rawVersion).isInstanceOf(SocketException.class);
    assertThat(space.awaitCalls(Endpoint.VERSION, 1, DEADLINE).get(0).status()).isZero();
  }

  @Test
  void closeBeforeAnswer_onTheWire_isAnEndWithoutAByte() throws Exception {
    space.on(Endpoint.VERSION).answer(Fault.closeBeforeAnswer());

    assertThat(rawVersion()).isEmpty();
    assertThat(space.awaitCalls(Endpoint.VERSION, 1, DEADLINE).get(0).status()).isZero();
  }

  @Test
  void garbage_insteadOfAnAnswer_isNotHttp() throws Exception {
    space.on(Endpoint.VERSION).answer(Fault.garbageInsteadOfAnswer());

    assertThat(rawVersion()).isNotEmpty().doesNotContain("HTTP/1.1");
  }

  @Test
  void garbage_afterTheHead_breaksTheBody() throws Exception {
    space.on(Endpoint.VERSION).answer(Fault.garbageAfterHead());

    assertThatThrownBy(() -> client.get("/version")).isInstanceOf(IOException.class);
    assertThat(space.awaitCalls(Endpoint.VERSION, 1, DEADLINE).get(0).status()).isEqualTo(200);
  }

  @Test
  void spoiledAnswers_ofAHandledCall_keepTheirStatus() throws Exception {
    space
        .on(Endpoint.START_TRACE)
        .answer(Fault.emptyBody())
        .then(Fault.malformedBody())
        .then(Fault.wrongContentType());

    HttpResponse<String> empty = client.startTrace(TRACE);
    HttpResponse<String> cut = client.startTrace(TRACE);
    HttpResponse<String> wrongType = client.startTrace(TRACE);

    assertThat(empty.statusCode()).isEqualTo(200);
    assertThat(empty.body()).isEmpty();
    assertThat(cut.statusCode()).isEqualTo(200);
    assertThat(cut.body()).startsWith("{\"trace\":{").doesNotEndWith("}}}");
    assertThat(wrongType.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(wrongType.body()).startsWith("{\"trace\":{").endsWith("}}}");
    assertThat(space.trace(TRACE)).isPresent();
  }

  @Test
  void handledThenReset_onTheServer_hasItsEffect() throws Exception {
    space.on(Endpoint.START_TRACE).answer(Fault.handledThen(Fault.resetBeforeAnswer()));

    assertThatThrownBy(() -> client.startTrace(TRACE)).isInstanceOf(IOException.class);

    assertThat(space.trace(TRACE)).isPresent();
    assertThat(space.awaitCalls(Endpoint.START_TRACE, 1, DEADLINE).get(0).status())
        .isZero();
  }

  @Test
  void handledThenDelay_whileWaiting_hasItsEffectAlready() throws Exception {
    HeldAnswer held = Fault.hold();
    space.on(Endpoint.START_TRACE).answer(Fault.handledThen(held));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> answer = thread.submit(() -> client.startTrace(TRACE).statusCode());
      assertThat(held.awaitArrival(1, DEADLINE)).isTrue();

      assertThat(space.trace(TRACE)).isPresent();

      held.release();
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(200);
      assertThat(space.calls(Endpoint.START_TRACE)).hasSize(1);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void wrongSettings_atOnce_areRefused() {
    assertThatThrownBy(() -> Fault.status(99))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("status must be from 200 to 599, not 99");
    assertThatThrownBy(() -> Fault.delay(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("delay must not be negative");
    assertThatThrownBy(() -> space.on(Endpoint.ANY).answer(0, Fault.real()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("times must be positive, not 0");
  }

  /** All that the server sends on a connection of its own until it closes it. */
  private String rawVersion() throws IOException {
    URI uri = space.trackingUri();
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(20_000);
      String request = "GET " + uri.getPath() + "/version HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream answer = socket.getInputStream();
      return new String(answer.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
