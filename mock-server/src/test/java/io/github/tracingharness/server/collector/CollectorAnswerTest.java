package io.github.tracingharness.server.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tracingharness.server.Header;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers besides plain ones, as clients see them. */
@Timeout(30)
class CollectorAnswerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private OtlpCollector collector;

  @BeforeEach
  void start() throws IOException {
    collector = OtlpCollector.builder().start();
  }

  @AfterEach
  void close() {
    collector.close();
  }

  private void answering(CollectorAnswer answer) {
    collector.script(List.of(), answer);
  }

  private HttpResponse<byte[]> send(String contentType) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(collector.endpoint() + "/v1/traces"))
        .header("Content-Type", contentType)
        .POST(HttpRequest.BodyPublishers.ofString("x"))
        .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }

  @Test
  void partialSuccess_isInTheEncodingOfTheRequest() throws Exception {
    answering(CollectorAnswer.partialSuccess(3, "too long"));

    HttpResponse<byte[]> protobuf = send(PROTOBUF);
    assertThat(header(protobuf, "Content-Type")).isEqualTo(PROTOBUF);
    var partial = ExportTraceServiceResponse.parseFrom(protobuf.body()).getPartialSuccess();
    assertThat(partial.getRejectedSpans()).isEqualTo(3);
    assertThat(partial.getErrorMessage()).isEqualTo("too long");

    HttpResponse<byte[]> json = send(JSON);
    assertThat(header(json, "Content-Type")).isEqualTo(JSON);
    assertThat(text(json))
        .isEqualTo("{\"partialSuccess\":{\"rejectedSpans\":\"3\",\"errorMessage\":\"too long\"}}");
  }

  @Test
  void statusMessage_isAStatusInTheEncodingOfTheRequest() throws Exception {
    answering(CollectorAnswer.statusMessage(400, "bad-XYZZY"));

    HttpResponse<byte[]> protobuf = send(PROTOBUF);
    assertThat(protobuf.statusCode()).isEqualTo(400);
    assertThat(protobuf.body())
        .startsWith(0x08, 2, 0x12, 9)
        .endsWith("bad-XYZZY".getBytes(StandardCharsets.US_ASCII));
    assertThat(text(send(JSON))).isEqualTo("{\"code\":2,\"message\":\"bad-XYZZY\"}");
  }

  @Test
  void encodedBody_isTheOneForTheRequest() throws Exception {
    answering(CollectorAnswer.encoded(new byte[] {1, 2}, "{\"futureField\":1}"));

    assertThat(send(PROTOBUF).body()).containsExactly(1, 2);
    assertThat(text(send(JSON))).isEqualTo("{\"futureField\":1}");
  }

  @Test
  void retryAfterDate_isReckonedWhenItIsSent() throws Exception {
    answering(CollectorAnswer.retryAfterDate(503, Duration.ofSeconds(60)));
    Instant before = Instant.now();

    HttpResponse<byte[]> response = send(PROTOBUF);

    assertThat(response.statusCode()).isEqualTo(503);
    Instant date = ZonedDateTime.parse(
            header(response, "Retry-After"), DateTimeFormatter.RFC_1123_DATE_TIME)
        .toInstant();
    assertThat(date).isBetween(before.plusSeconds(59), Instant.now().plusSeconds(60));
  }

  @Test
  void gzippedAnswer_isCompressed_orOnlyForThoseWhoAccept() throws Exception {
    answering(CollectorAnswer.gzipped(CollectorAnswer.partialSuccess(1, "m")));
    HttpResponse<byte[]> compressed = send(JSON);
    assertThat(header(compressed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(new String(
            new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes(),
            StandardCharsets.UTF_8))
        .contains("\"rejectedSpans\":\"1\"");

    answering(CollectorAnswer.gzippedIfAccepted(CollectorAnswer.partialSuccess(1, "m")));
    assertThat(header(send(JSON), "Content-Encoding")).isEqualTo("none");
    try (RawClient client = new RawClient(collector)) {
      client.send("POST / HTTP/1.1\r\nAccept-Encoding: deflate, gzip\r\n\r\n");
      assertThat(client.answer()).contains("Content-Encoding: gzip");
    }
  }

  @Test
  void gzipBomb_isSmallOnTheWire() throws Exception {
    answering(CollectorAnswer.gzipBomb(4_000_000));

    HttpResponse<byte[]> response = send(PROTOBUF);

    assertThat(response.body()).hasSizeLessThan(10_000);
    byte[] whole = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
    assertThat(whole).hasSize(4_000_000);
    assertThat(ExportTraceServiceResponse.parseFrom(whole).hasPartialSuccess()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {8, 134, 135, 136, 16_400, 1_000_000})
  void hugeAnswer_hasTheSizeAndIsValid(long size) throws Exception {
    answering(CollectorAnswer.huge(size));

    HttpResponse<byte[]> protobuf = send(PROTOBUF);
    assertThat(protobuf.body()).hasSize((int) size);
    assertThat(ExportTraceServiceResponse.parseFrom(protobuf.body()).hasPartialSuccess())
        .isFalse();
    HttpResponse<byte[]> json = send(JSON);
    assertThat(json.body()).hasSize((int) size);
    assertThat(new ObjectMapper().readTree(json.body())).isEmpty();
    assertThat(collector.awaitOver(2, PATIENCE).get(0).answerBody())
        .hasSize((int) Math.min(size, 64 * 1024));
  }

  @Test
  void drippingAnswer_comesByteByByte() throws Exception {
    answering(CollectorAnswer.dripping(Duration.ofMillis(160), Duration.ofMillis(20)));
    long before = System.nanoTime();

    HttpResponse<byte[]> response = send(JSON);

    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isGreaterThanOrEqualTo(Duration.ofMillis(160));
    assertThat(header(response, "Content-Length")).isEqualTo("8");
    assertThat(new ObjectMapper().readTree(response.body())).isEmpty();
  }

  @Test
  void drippingAnswer_thatTheClientLeaves_isGivenUp() throws Exception {
    answering(CollectorAnswer.dripping(Duration.ofDays(1), Duration.ofSeconds(10)));
    try (RawClient client = new RawClient(collector)) {
      assertThat(client.post("x").send("").port()).isPositive();
      collector.awaitCalls(1, PATIENCE);
      assertThat(collector.awaitIdle(Duration.ofMillis(1))).isFalse();
    }
    assertThat(collector.awaitIdle(PATIENCE)).isTrue();
    assertThat(collector.awaitOver(1, PATIENCE).get(0).gaveUpNanos()).isPositive();
  }

  @Test
  void chunkedAnswer_keepsTheConnection() throws Exception {
    answering(CollectorAnswer.chunkedDripping(Duration.ofMillis(5)));

    assertThat(header(send(JSON), "Transfer-Encoding")).isEqualTo("chunked");
    assertThat(ExportTraceServiceResponse.parseFrom(send(PROTOBUF).body()).hasPartialSuccess())
        .isFalse();
    assertThat(collector.awaitOver(2, PATIENCE))
        .extracting(CollectedCall::connection)
        .hasSize(2)
        .containsOnly(collector.calls().get(0).connection());
  }

  @Test
  void halfHead_endsWithinAHeaderLine() throws Exception {
    answering(CollectorAnswer.halfHead());
    try (RawClient client = new RawClient(collector)) {
      assertThat(client.post("x").rest()).asString().isEqualTo("HTTP/1.1 200 OK\r\nContent-Ty");
    }
    assertThat(collector.awaitOver(1, PATIENCE).get(0).status()).isZero();
  }

  @Test
  void shortBody_endsBeforeItsLength() throws Exception {
    answering(CollectorAnswer.shortBody());
    assertThatThrownBy(() -> send(PROTOBUF)).isInstanceOf(IOException.class);
    try (RawClient client = new RawClient(collector)) {
      assertThat(client.post("x").rest())
          .asString(StandardCharsets.ISO_8859_1)
          .contains("Content-Length: 64\r\n");
    }
  }

  @Test
  void closeAfter_closesUnannounced_orAnnounced() throws Exception {
    answering(CollectorAnswer.closeAfter(CollectorAnswer.accept()));
    try (RawClient client = new RawClient(collector)) {
      assertThat(client.post("x").answer()).contains("200 ", "Connection: keep-alive");
      assertThat(client.rest()).isEmpty();
    }
    answering(CollectorAnswer.announcedCloseAfter(CollectorAnswer.status(503)));
    try (RawClient client = new RawClient(collector)) {
      assertThat(client.post("x").answer()).contains("503 ", "Connection: close");
      assertThat(client.rest()).isEmpty();
    }
    assertThat(collector.awaitOver(2, PATIENCE))
        .extracting(CollectedCall::status)
        .containsExactly(200, 503);
  }

  @Test
  void redirect_hasItsLocation() throws Exception {
    answering(CollectorAnswer.redirect(307, "/moved"));

    assertThat(header(send(JSON), "Location")).isEqualTo("/moved");
    assertThat(collector.awaitOver(1, PATIENCE).get(0).answerHeaders())
        .contains(new Header("Location", "/moved"));
  }

  @Test
  void answer_toAClientThatWantsToClose_closes() throws Exception {
    try (RawClient client = new RawClient(collector)) {
      client.send("POST / HTTP/1.1\r\nConnection: close\r\n\r\n");
      assertThat(client.answer()).contains("Connection: close");
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void values_outOfRange_areRefused() {
    assertThatThrownBy(() -> CollectorAnswer.status(100))
        .hasMessage("status must be from 200 to 599, not 100");
    assertThatThrownBy(() -> CollectorAnswer.delayed(Duration.ZERO, CollectorAnswer.accept()))
        .hasMessage("delay must be positive, but is PT0S");
    assertThatThrownBy(() -> CollectorAnswer.huge(7))
        .hasMessage("the size of a padded body must be from 8 to 2147483647 bytes, not 7");
  }
}
