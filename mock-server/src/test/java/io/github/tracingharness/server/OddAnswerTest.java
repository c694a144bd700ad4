package io.github.tracingharness.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.wiremock.WireMockFront;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that break rules of HTTP, or use rarely used ones, seen on the wire and in the state. */
class OddAnswerTest {

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final String TRACE = "tr-0123456789abcdef0123456789abcdef";
  private static final String SPAN = "0123456789abcde";

  private static FakeTrackingServer direct;
  private static FakeTrackingServer stubbed;

  /** Who writes the answer: we, or WireMock because somebody has a stub. */
  private enum Way {
    DIRECT,
    THROUGH_WIREMOCK;

    TrackingSpace newSpace() {
      return (this == DIRECT ? direct : stubbed).newSpace();
    }
  }

  @BeforeAll
  static void startServers() {
    direct = FakeTrackingServer.start();
    stubbed = FakeTrackingServer.start();
    stubbed.wireMock().register(get(urlPathEqualTo("/elsewhere")).willReturn(ok()));
  }

  @AfterAll
  static void stopServers() {
    direct.close();
    stubbed.close();
  }

  @ParameterizedTest
  @EnumSource
  void halfHead_insteadOfAnAnswer_endsWithinALineAndLeavesTheState(Way way) throws Exception {
    try (TrackingSpace space = way.newSpace();
        RawConnection client = new RawConnection(space.trackingUri())) {
      space.on(Endpoint.START_TRACE).answer(Fault.halfHead());

      String answer = client.startTrace(space, TRACE).rest();

      assertThat(answer).isEqualTo("HTTP/1.1 200 OK\r\nContent-Ty");
      assertThat(space.trace(TRACE)).isEmpty();
      assertThat(space.awaitCalls(Endpoint.START_TRACE, 1, DEADLINE).get(0).status())
          .isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void halfHead_ofAHandledCall_leavesItsEffectInTheState(Way way) throws Exception {
    try (TrackingSpace space = way.newSpace();
        RawConnection client = new RawConnection(space.trackingUri())) {
      space.on(Endpoint.ANY).answer(Fault.handledThen(Fault.halfHead()));

      assertThat(client.startTrace(space, TRACE).rest()).endsWith("\r\nContent-Ty");

      assertThat(space.trace(TRACE)).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shortBody_ofAHandledCall_isHalfOfWhatContentLengthSays(Way way) throws Exception {
    try (TrackingSpace space = way.newSpace();
        RawConnection client = new RawConnection(space.trackingUri())) {
      space.on(Endpoint.START_TRACE).answer(Fault.shortBody());

      int announced =
          RawConnection.contentLength(client.startTrace(space, TRACE).head());
      String body = client.rest();

      assertThat(body).startsWith("{\"trace\":{").hasSize(announced / 2);
      assertThat(space.trace(TRACE)).isPresent();
      RecordedCall call = space.awaitCalls(Endpoint.START_TRACE, 1, DEADLINE).get(0);
      assertThat(call.status()).isEqualTo(200);
      assertThat(call.responseText()).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @EnumSource
  void chunkedBody_ofAHandledCall_isWholeAndTheConnectionGoesOn(Way way) throws Exception {
    try (TrackingSpace space = way.newSpace();
        RawConnection client = new RawConnection(space.trackingUri())) {
      space.on(Endpoint.VERSION).answer(Fault.chunkedBody());

      String head = client.get(space, "/version").head();

      assertThat(head).contains("transfer-encoding: chunked").doesNotContain("content-length");
      assertThat(client.read(16)).isEqualTo("6\r\n3.17.2\r\n0\r\n\r\n");
      assertThat(client.get(space, "/version").head()).contains("content-length: 6\r\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void drippingBody_betweenItsBytes_waitsUntilTheSpaceIsClosed(Way way) throws Exception {
    TrackingSpace space = way.newSpace();
    try (RawConnection client = new RawConnection(space.trackingUri())) {
      space.on(Endpoint.VERSION).answer(Fault.drip(Duration.ofHours(1)));

      String head = client.get(space, "/version").head();
      assertThat(head).startsWith("http/1.1 200").contains("content-length: 6\r\n");
      assertThat(client.socket().getInputStream().available()).isZero();
      space.close();

      assertThat(client.read(6)).isEqualTo("3.17.2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void drippingChunks_areOfOneByteEach(Way way) throws Exception {
    try (TrackingSpace space = way.newSpace();
        RawConnection client = new RawConnection(space.trackingUri())) {
      space.on(Endpoint.VERSION).answer(Fault.dripChunked(Duration.ofNanos(1)));

      String head = client.get(space, "/version").head();

      assertThat(head).contains("transfer-encoding: chunked");
      assertThat(client.read(18)).isEqualTo("1\r\n3\r\n1\r\n.\r\n1\r\n1\r\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void gzippedBody_unpacked_isTheRealOne(Way way) throws Exception {
    try (TrackingSpace space = way.newSpace()) {
      TestClient client = new TestClient(space);
      space.on(Endpoint.START_TRACE).answer(Fault.gzippedBody());

      HttpResponse<byte[]> packed = HttpClient.newHttpClient()
          .send(
              client
                  .request(TestClient.START)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(TestClient.startTraceBody(TRACE, 1)))
                  .build(),
              BodyHandlers.ofByteArray());

      assertThat(packed.headers().firstValue("content-encoding")).contains("gzip");
      try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
        assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
            .startsWith("{\"trace\":{")
            .contains(TRACE);
      }
      assertThat(space.trace(TRACE)).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource
  void redirect_withinAndAcrossOrigins_leavesTheState(Way way) throws Exception {
    try (TrackingSpace space = way.newSpace();
        TrackingSpace other = direct.newSpace()) {
      TestClient client = new TestClient(space);
      space
          .on(Endpoint.START_TRACE)
          .answer(Fault.redirectToPath(307, "/elsewhere?a=b"))
          .then(Fault.redirectToOrigin(308, other.trackingUri()));

      HttpResponse<String> same = client.startTrace(TRACE);
      HttpResponse<String> across = client.startTrace(TRACE);

      assertThat(same.statusCode()).isEqualTo(307);
      assertThat(same.headers().firstValue("location")).contains("/elsewhere?a=b");
      assertThat(across.statusCode()).isEqualTo(308);
      assertThat(across.headers().firstValue("location"))
          .contains(other.trackingUri() + TestClient.START);
      assertThat(space.trace(TRACE)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void partialSuccess_ofThreeSpans_storesAllButTheRejectedOnes(Way way) throws Exception {
    try (TrackingSpace space = way.newSpace()) {
      TestClient client = new TestClient(space);
      space.on(Endpoint.OTLP_TRACES).answer(Fault.partialSuccess(2, "too old"));

      HttpResponse<byte[]> answer = HttpClient.newHttpClient()
          .send(
              client
                  .request("/v1/traces")
                  .header("Content-Type", "application/x-protobuf")
                  .header("x-mlflow-experiment-id", "0")
                  .POST(BodyPublishers.ofByteArray(threeSpans()))
                  .build(),
              BodyHandlers.ofByteArray());

      ExportTraceServiceResponse decoded = ExportTraceServiceResponse.parseFrom(answer.body());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(decoded.getPartialSuccess().getRejectedSpans()).isEqualTo(2);
      assertThat(decoded.getPartialSuccess().getErrorMessage()).isEqualTo("too old");
      assertThat(space.trace(TRACE).orElseThrow().spans())
          .extracting(StoredSpan::name)
          .containsExactly("third");
    }
  }

  @Test
  void partialSuccess_toARequestInJson_isInJsonAndRejectsNoMoreThanCame() throws Exception {
    try (TrackingSpace space = direct.newSpace()) {
      TestClient client = new TestClient(space);
      space.on(Endpoint.ANY).thenForever(Fault.partialSuccess(9, "no \"room\""));

      HttpResponse<String> answer = client.send(client
          .request("/v1/traces")
          .header("Content-Type", "application/json")
          .header("x-mlflow-experiment-id", "0")
          .POST(BodyPublishers.ofString("""
              {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"%s1",
              "name":"only","startTimeUnixNano":"1","endTimeUnixNano":"2"}]}]}]}""".formatted(TRACE.substring(3), SPAN))));
      HttpResponse<String> other = client.get("/version");

      JsonNode partial = Json.read(answer.body()).orElseThrow().path("partialSuccess");
      assertThat(partial.path("rejectedSpans").textValue()).isEqualTo("1");
      assertThat(partial.path("errorMessage").textValue()).isEqualTo("no \"room\"");
      assertThat(space.trace(TRACE)).isEmpty();
      assertThat(other.body()).isEqualTo("3.17.2");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10})
  void resetWhileBodyArrives_afterSomeBytes_isAResetBeforeTheCallIsHandled(int bytes)
      throws Exception {
    try (TrackingSpace space = direct.newSpace();
        RawConnection client = new RawConnection(space.trackingUri())) {
      space.on(Endpoint.START_TRACE).answer(Fault.resetWhileBodyArrives(bytes));

      client.head(space, TestClient.START, 1_000_000).send("{".repeat(bytes));

      assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
      RecordedCall call = space.awaitCalls(Endpoint.START_TRACE, 1, DEADLINE).get(0);
      assertThat(call.status()).isZero();
      assertThat(call.bodyText()).isEqualTo("{".repeat(bytes));
      assertThat(new TestClient(space).startTrace(TRACE).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void resetWhileBodyArrives_whoseWholeBodyCame_leavesTheState() throws Exception {
    try (TrackingSpace space = direct.newSpace();
        TrackingSpace other = direct.newSpace();
        RawConnection client = new RawConnection(space.trackingUri())) {
      space.on(Endpoint.ANY).answer(Fault.resetWhileBodyArrives(Long.MAX_VALUE));

      client.startTrace(space, TRACE);

      assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
      assertThat(space.trace(TRACE)).isEmpty();
      assertThat(new TestClient(other).startTrace(TRACE).statusCode())
          .as("a space of its own")
          .isEqualTo(200);
    }
  }

  @Test
  void oddAnswers_overTls_areTheSame(@TempDir Path directory) throws Exception {
    TlsKeys keys = TestKeys.makeIn(directory);
    SSLSocketFactory sockets = TestKeys.trusting(keys).getSocketFactory();
    try (FakeTrackingServer server = FakeTrackingServer.builder().tls(keys).start()) {
      TrackingSpace space = server.rootSpace();
      space
          .on(Endpoint.START_TRACE)
          .answer(Fault.halfHead())
          .then(Fault.resetWhileBodyArrives(3))
          .then(Fault.shortBody());

      try (RawConnection client = tls(sockets, server)) {
        assertThat(client.startTrace(space, TRACE).rest())
            .isEqualTo("HTTP/1.1 200 OK\r\nContent-Ty");
      }
      try (RawConnection client = tls(sockets, server)) {
        client.startTrace(space, TRACE);
        assertThatThrownBy(client::rest).isInstanceOf(IOException.class);
      }
      assertThat(space.trace(TRACE)).isEmpty();
      try (RawConnection client = tls(sockets, server)) {
        int announced =
            RawConnection.contentLength(client.startTrace(space, TRACE).head());
        assertThat(client.rest()).hasSize(announced / 2);
      }
      assertThat(space.trace(TRACE)).isPresent();
    }
  }

  private static RawConnection tls(SSLSocketFactory sockets, FakeTrackingServer server)
      throws IOException {
    return new RawConnection(
        sockets.createSocket(server.url().getHost(), server.url().getPort()));
  }

  @Test
  void earlyReset_cannotComeAfterAnotherFault() {
    Fault early = Fault.drawn(1, 1, Fault.real(), Fault.resetWhileBodyArrives(1));

    assertThatThrownBy(() -> Fault.delay(Duration.ZERO, early))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a reset while the body arrives, or a late acceptance, cannot come after another"
                + " fault; make it a step itself");
    assertThatThrownBy(() -> Fault.hold(early)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fault.handledThen(early)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stubOfAUser_answeringAlone_winsAndTakesNoStep() throws Exception {
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      TrackingSpace space = server.newSpace();
      TestClient client = new TestClient(space);
      FaultScript script = space.on(Endpoint.START_TRACE).answer(Fault.shortBody());
      server
          .wireMock()
          .register(post(urlPathMatching("/r/.*/traces"))
              .willReturn(aResponse().withStatus(418).withBody("teapot")));

      HttpResponse<String> answer = client.startTrace(TRACE);

      assertThat(answer.statusCode()).isEqualTo(418);
      assertThat(answer.body()).isEqualTo("teapot");
      assertThat(script.remaining()).isEqualTo(1);
    }
  }

  @Test
  void stubOfAUser_namingTheTransformer_addsItsHeaderToAnOddAnswer() throws Exception {
    try (FakeTrackingServer server = FakeTrackingServer.start();
        RawConnection client = new RawConnection(server.url())) {
      TrackingSpace space = server.newSpace();
      space.on(Endpoint.START_TRACE).answer(Fault.shortBody());
      server
          .wireMock()
          .register(post(urlPathMatching("/r/.*/traces"))
              .willReturn(aResponse()
                  .withHeader("x-stub", "yes")
                  .withTransformers(WireMockFront.TRANSFORMER)));

      String head = client.startTrace(space, TRACE).head();

      assertThat(head).contains("x-stub: yes");
      assertThat(client.rest()).hasSize(RawConnection.contentLength(head) / 2);
      assertThat(space.trace(TRACE)).isPresent();
    }
  }

  @Test
  void wrongSettings_atOnce_areRefused() {
    assertRefused(
        () -> Fault.redirectToPath(200, "/x"),
        "the status of a redirect must be 301, 302, 303, 307 or 308, not 200");
    assertRefused(() -> Fault.redirectToPath(301, "x"), "path must begin with one /, not be x");
    assertRefused(
        () -> Fault.redirectToPath(301, "/\r\nSet-Cookie: a"),
        "the location of a redirect must be of visible ASCII characters, not /\r\nSet-Cookie: a");
    assertRefused(
        () -> Fault.redirectToOrigin(301, URI.create("/x")),
        "origin must have a scheme and a host, not be /x");
    assertRefused(() -> Fault.drip(Duration.ZERO), "interval must be positive, but is PT0S");
    assertRefused(() -> Fault.partialSuccess(-1, ""), "spans must not be negative, but is -1");
    assertRefused(
        () -> Fault.resetWhileBodyArrives(-1), "afterBytes must not be negative, but is -1");
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable setting, String message) {
    assertThatThrownBy(setting).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  private static byte[] threeSpans() throws Exception {
    ExportTraceServiceRequest.Builder all = ExportTraceServiceRequest.newBuilder();
    for (String name : List.of("first", "second", "third")) {
      all.mergeFrom(TestClient.rootSpan(TRACE, SPAN + name.length(), name));
    }
    return all.build().toByteArray();
  }
}
