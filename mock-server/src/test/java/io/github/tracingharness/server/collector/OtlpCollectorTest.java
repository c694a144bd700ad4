package io.github.tracingharness.server.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.Header;
import io.github.tracingharness.server.HeldAnswer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is recorded, and the answers that wait or never come. */
@Timeout(30)
class OtlpCollectorTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private OtlpCollector collector;

  @BeforeEach
  void start() throws IOException {
    collector = OtlpCollector.builder().start();
  }

  @AfterEach
  void close() {
    collector.close();
  }

  @Test
  void request_withContentLength_isRecordedAsItCame() throws Exception {
    try (RawClient client = new RawClient(collector)) {
      client.send("POST /a%20b//c%2Fd?x=1 HTTP/1.1\r\nhOST: x\r\nX-Two:  a\tb \r\nX-Two: c\r\n"
          + "Content-Length: 3\r\n\r\n\u0001\u00ff\u0000");

      assertThat(client.answer()).startsWith("HTTP/1.1 200 OK\r\n");

      CollectedCall call = collector.awaitOver(1, PATIENCE).get(0);
      assertThat(call.method()).isEqualTo("POST");
      assertThat(call.target()).isEqualTo("/a%20b//c%2Fd?x=1");
      assertThat(call.headers())
          .containsExactly(
              new Header("hOST", "x"),
              new Header("X-Two", "a\tb"),
              new Header("X-Two", "c"),
              new Header("Content-Length", "3"));
      assertThat(call.framing()).isEqualTo(BodyFraming.CONTENT_LENGTH);
      assertThat(call.body()).containsExactly(1, 255, 0);
      assertThat(call.complete()).isTrue();
      assertThat(call.number()).isEqualTo(1);
      assertThat(call.inFlight()).isEqualTo(1);
      assertThat(call.connection()).isEqualTo(client.port());
      assertThat(call.status()).isEqualTo(200);
      assertThat(call.answeredNanos()).isGreaterThan(call.arrivedNanos());
      assertThat(call.gaveUpNanos()).isZero();
      assertThat(call.tls()).isNull();
    }
  }

  @Test
  void request_inChunks_isRecordedWithoutThem() throws Exception {
    try (RawClient client = new RawClient(collector)) {
      client
          .send("POST /v1/traces HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
          .send("3;why=not\r\nabc\r\nA\r\n0123456789\r\n0\r\nX-After: t\r\n\r\n");

      assertThat(client.answer()).startsWith("HTTP/1.1 200 OK\r\n");

      CollectedCall call = collector.awaitOver(1, PATIENCE).get(0);
      assertThat(call.framing()).isEqualTo(BodyFraming.CHUNKED);
      assertThat(call.body()).asString().isEqualTo("abc0123456789");
      assertThat(call.headers()).contains(new Header("X-After", "t"));
    }
  }

  @Test
  void request_thatExpectsToContinue_isToldTo() throws Exception {
    try (RawClient client = new RawClient(collector)) {
      client.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");

      assertThat(client.answer()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      client.send("hi");
      assertThat(client.answer()).startsWith("HTTP/1.1 200 OK\r\n");
      assertThat(collector.awaitOver(1, PATIENCE).get(0).body()).asString().isEqualTo("hi");
    }
  }

  @Test
  void requests_onOneConnection_haveItsNumber() throws Exception {
    try (RawClient client = new RawClient(collector)) {
      client.post("one").answer();
      client.post("two").answer();

      assertThat(collector.awaitOver(2, PATIENCE))
          .extracting(CollectedCall::connection)
          .containsExactly(client.port(), client.port());
    }
    collector.awaitEvents(CollectorEvent.Kind.ENDED, 1, PATIENCE);
    assertThat(collector.events())
        .extracting(CollectorEvent::kind)
        .containsExactly(CollectorEvent.Kind.OPENED, CollectorEvent.Kind.ENDED);
  }

  @Test
  void client_thatEndsWithinItsBody_isRecordedAsIncomplete() throws Exception {
    try (RawClient client = new RawClient(collector)) {
      client.send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc");
    }

    CollectedCall call = collector.awaitOver(1, PATIENCE).get(0);
    assertThat(call.complete()).isFalse();
    assertThat(call.body()).asString().isEqualTo("abc");
    assertThat(call.gaveUpNanos()).isPositive();
    assertThat(call.status()).isZero();
  }

  @Test
  void script_givesAnswersInOrder_thenTheLastForEver() throws Exception {
    collector.script(
        List.of(CollectorAnswer.status(503), CollectorAnswer.retryAfter(429, "3")),
        CollectorAnswer.accept());
    try (RawClient client = new RawClient(collector)) {
      assertThat(client.post("a").answer())
          .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
          .contains("Content-Length: 0\r\n", "Connection: keep-alive\r\n");
      assertThat(client.post("a").answer()).contains("429 ", "Retry-After: 3\r\n");
      assertThat(client.post("a").answer()).contains("200 ", "application/x-protobuf");
      assertThat(client.post("application/json", "a").answer())
          .contains("200 ", "Content-Type: application/json", "\r\n\r\n{}");
    }
  }

  @Test
  void script_setAgain_beginsAnew() throws Exception {
    collector.script(List.of(CollectorAnswer.status(503)), CollectorAnswer.status(500));
    try (RawClient client = new RawClient(collector)) {
      assertThat(client.post("a").answer()).contains("503 ");
      collector.script(List.of(CollectorAnswer.status(502)), CollectorAnswer.accept());
      assertThat(client.post("a").answer()).contains("502 ");
      assertThat(client.post("a").answer()).contains("200 ");
    }
  }

  @Test
  void delayedAnswer_comesAfterTheDelay() throws Exception {
    collector.script(
        List.of(), CollectorAnswer.delayed(Duration.ofMillis(150), CollectorAnswer.status(202)));
    try (RawClient client = new RawClient(collector)) {
      long before = System.nanoTime();
      assertThat(client.post("a").answer()).contains("202 ");
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }
  }

  @Test
  void heldAnswers_comeWhenLetGo_andAreInFlightTogether() throws Exception {
    HeldAnswer gate = Fault.hold();
    collector.script(List.of(), CollectorAnswer.held(gate));
    try (RawClient one = new RawClient(collector);
        RawClient two = new RawClient(collector)) {
      one.post("a");
      assertThat(gate.awaitArrival(1, PATIENCE)).isTrue();
      two.post("b");
      assertThat(gate.awaitArrival(2, PATIENCE)).isTrue();
      assertThat(gate.held()).isEqualTo(2);
      assertThat(collector.calls()).extracting(CollectedCall::inFlight).containsExactly(1, 2);
      assertThat(collector.calls()).extracting(CollectedCall::status).containsExactly(0, 0);

      gate.release(1);
      collector.awaitOver(1, PATIENCE);
      assertThat(gate.held()).isEqualTo(1);
      gate.release();
      assertThat(one.answer()).contains("200 ");
      assertThat(two.answer()).contains("200 ");
    }
  }

  @Test
  void clientThatLeavesAHeldAnswer_isNoticedAtOnce() throws Exception {
    HeldAnswer gate = Fault.hold();
    collector.script(List.of(), CollectorAnswer.held(gate));
    try (RawClient client = new RawClient(collector)) {
      client.post("a");
      gate.awaitArrival(1, PATIENCE);
    }

    CollectedCall call = collector.awaitOver(1, PATIENCE).get(0);
    assertThat(call.gaveUpNanos()).isGreaterThan(call.arrivedNanos());
    assertThat(call.answeredNanos()).isZero();
    assertThat(gate.held()).isZero();
  }

  @Test
  void clientThatResetsASilentConnection_isNoticed() throws Exception {
    collector.script(List.of(), CollectorAnswer.silent());
    try (RawClient client = new RawClient(collector)) {
      client.post("a");
      collector.awaitCalls(1, PATIENCE);
      client.reset();
    }

    CollectedCall call = collector.awaitOver(1, PATIENCE).get(0);
    assertThat(call.gaveUpNanos()).isPositive();
    assertThat(call.toString()).contains("given up by the client after");
  }

  @Test
  void clientThatSendsEarly_waitsForTheFirstAnswer() throws Exception {
    HeldAnswer gate = Fault.hold();
    collector.script(List.of(CollectorAnswer.held(gate)), CollectorAnswer.status(202));
    try (RawClient client = new RawClient(collector)) {
      client.post("a").post("b");
      gate.awaitArrival(1, PATIENCE);
      gate.release();

      assertThat(client.answer()).contains("200 ");
      assertThat(client.answer()).contains("202 ");
      assertThat(collector.awaitOver(2, PATIENCE).get(1).body()).asString().isEqualTo("b");
    }
  }

  @Test
  void reset_isAResetBeforeAnyByte() throws Exception {
    collector.script(List.of(), CollectorAnswer.reset());
    try (RawClient client = new RawClient(collector)) {
      client.post("a");
      assertThatThrownBy(client::rest)
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
    CollectedCall call = collector.awaitOver(1, PATIENCE).get(0);
    assertThat(call.status()).isZero();
    assertThat(call.gaveUpNanos()).isZero();
  }

  @Test
  void close_isAnOrderlyEndBeforeAnyByte() throws Exception {
    collector.script(List.of(), CollectorAnswer.close());
    try (RawClient client = new RawClient(collector)) {
      assertThat(client.post("a").rest()).isEmpty();
    }
  }

  @Test
  void statusWithBody_isSentAsGiven() throws Exception {
    collector.script(
        List.of(CollectorAnswer.status(
            400,
            List.of(new Header("Content-Type", "text/plain")),
            "no".getBytes(StandardCharsets.US_ASCII))),
        CollectorAnswer.body("text/html", "<p>".getBytes(StandardCharsets.US_ASCII)));
    try (RawClient client = new RawClient(collector)) {
      assertThat(client.post("a").answer())
          .contains("400 Bad Request", "Content-Type: text/plain\r\n")
          .endsWith("\r\n\r\nno");
      assertThat(client.post("a").answer()).contains("200 ", "text/html").endsWith("<p>");
    }
    CollectedCall call = collector.awaitOver(2, PATIENCE).get(0);
    assertThat(call.answerBody()).asString().isEqualTo("no");
    assertThat(call.answerHeaders()).contains(new Header("Content-Type", "text/plain"));
  }

  @Test
  void await_withTooFewRequests_saysWhatItSaw() throws Exception {
    try (RawClient client = new RawClient(collector)) {
      client.post("a").answer();
      collector.awaitOver(1, PATIENCE);

      assertThatThrownBy(() -> collector.awaitCalls(2, Duration.ofMillis(20)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(
              "expected at least 2 complete request(s) within 20 ms, but there were 1")
          .hasMessageContaining("1. POST /v1/traces, 1 bytes, connection " + client.port())
          .hasMessageContaining("OPENED");
    }
  }

  @Test
  void closing_endsConnectionsWithoutBlamingTheClient() throws Exception {
    collector.script(List.of(), CollectorAnswer.silent());
    try (RawClient client = new RawClient(collector)) {
      client.post("a");
      collector.awaitCalls(1, PATIENCE);

      collector.close();

      assertThat(client.rest()).isEmpty();
      assertThat(collector.calls().get(0).gaveUpNanos()).isZero();
      assertThatThrownBy(() -> new RawClient(collector)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void refusingPort_refusesUntilItListens() throws Exception {
    try (OtlpCollector later = OtlpCollector.builder().refusing().start()) {
      assertThatThrownBy(() -> new RawClient(later)).isInstanceOf(ConnectException.class);

      later.listen();

      try (RawClient client = new RawClient(later)) {
        assertThat(client.post("a").answer()).contains("200 ");
      }
    }
  }

  @Test
  void endpoint_hasNoPath() {
    assertThat(collector.endpoint())
        .hasScheme("http")
        .hasHost("127.0.0.1")
        .hasPort(collector.address().getPort())
        .hasPath("");
  }
}
