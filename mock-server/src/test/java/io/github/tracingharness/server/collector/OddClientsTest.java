package io.github.tracingharness.server.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.server.collector.CollectorEvent.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no request, or too large, is recorded and refused. */
@Timeout(30)
class OddClientsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private OtlpCollector collector;

  @BeforeEach
  void start() throws IOException {
    collector = OtlpCollector.builder().bodyLimit(10).start();
  }

  @AfterEach
  void close() {
    collector.close();
  }

  private CollectorEvent only(Kind kind) throws InterruptedException {
    return collector.awaitEvents(kind, 1, PATIENCE).get(0);
  }

  @Test
  void tlsHelloOnAPlainPort_isRecorded() throws Exception {
    try (RawClient client = new RawClient(collector)) {
      client.send(new byte[] {0x16, 0x03, 0x01});
      assertThat(only(Kind.TLS_ON_PLAIN_PORT).connection()).isEqualTo(client.port());
    }
    assertThat(collector.calls()).isEmpty();
  }

  @Test
  void http2Preface_isRecordedAndNotAnswered() throws Exception {
    try (RawClient client = new RawClient(collector)) {
      client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      assertThat(only(Kind.HTTP2_PREFACE).connection()).isEqualTo(client.port());
    }
    assertThat(collector.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\u0001\r\n\r\n",
        "POST  / HTTP/1.1\r\n\r\n",
        "POST / HTTP/1.1\r\nno colon\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n"
      })
  void malformedRequest_isAnsweredWith400(String request) throws Exception {
    try (RawClient client = new RawClient(collector)) {
      assertThat(client.send(request).answer()).startsWith("HTTP/1.1 400 Bad Request\r\n");
    }
    assertThat(only(Kind.MALFORMED).detail()).isNotEmpty();
    assertThat(collector.calls()).noneMatch(CollectedCall::complete);
  }

  @Test
  void malformedLine_isShownWithoutControlCharacters() throws Exception {
    try (RawClient client = new RawClient(collector)) {
      client.send("h\u0001\u001b[31m\r\n").answer();
    }
    assertThat(only(Kind.MALFORMED).detail())
        .isEqualTo("no request line of HTTP/1.1: h\\x01\\x1b[31m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 11\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n5\r\n"
      })
  void bodyAboveTheLimit_isRefused(String rest) throws Exception {
    try (RawClient client = new RawClient(collector)) {
      assertThat(client.send("POST / HTTP/1.1\r\n" + rest).answer()).startsWith("HTTP/1.1 413 ");
    }
    assertThat(only(Kind.TOO_LARGE).detail()).isEqualTo("a body of more than 10 bytes");
    assertThat(collector.awaitOver(1, PATIENCE).get(0).complete()).isFalse();
  }

  @Test
  void headAboveTheLimit_isRefused() throws Exception {
    try (RawClient client = new RawClient(collector)) {
      client.send("POST / HTTP/1.1\r\nX: " + "x".repeat(256 * 1024 - 19));
      assertThat(client.answer()).startsWith("HTTP/1.1 431 ");
    }
    assertThat(only(Kind.TOO_LARGE).detail()).isEqualTo("a head of more than 262144 bytes");
  }

  @Test
  void bareLineFeedsAndAnEmptyLineBefore_areAccepted() throws Exception {
    try (RawClient client = new RawClient(collector)) {
      assertThat(client.send("\r\nPOST /x HTTP/1.0\nA: b\n\n").answer())
          .contains("200 ", "Connection: close");
    }
    assertThat(collector.calls().get(0).target()).isEqualTo("/x");
  }

  @Test
  void connectionsAboveTheLimit_areClosed() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < OtlpCollector.MAX_CONNECTIONS; i++) {
        clients.add(new RawClient(collector));
      }
      collector.awaitEvents(Kind.OPENED, OtlpCollector.MAX_CONNECTIONS, PATIENCE);

      try (RawClient oneMore = new RawClient(collector)) {
        assertThat(only(Kind.TOO_MANY_CONNECTIONS).connection()).isEqualTo(oneMore.port());
        assertThat(oneMore.rest()).isEmpty();
      }
      clients.remove(0).close();
      collector.awaitEvents(Kind.ENDED, 1, PATIENCE);
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }
}
