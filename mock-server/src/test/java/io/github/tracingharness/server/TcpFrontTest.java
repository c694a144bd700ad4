package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.server.ConnectionEvent.Kind;
import io.github.tracingharness.server.ConnectionFault.TlsBreak;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TcpFrontTest {

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final String TRACE = "tr-0123456789abcdef0123456789abcdef";

  private static FakeTrackingServer server;
  private TrackingSpace space;
  private TcpFront front;

  @BeforeAll
  static void startServer() {
    server = FakeTrackingServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void startFront() {
    space = server.newSpace();
    front = TcpFront.before(server).start();
  }

  @AfterEach
  void stopFront() {
    front.close();
    space.close();
  }

  @Test
  void calls_withoutAFault_arePassedOnAndConnectionsReused() throws Exception {
    try (RawConnection client = connect()) {
      client.startTrace(space, TRACE);
      client.read(RawConnection.contentLength(client.head()));
      client.get(space, "/version").head();

      assertThat(client.read(6)).isEqualTo("3.17.2");
      assertThat(space.trace(TRACE)).isPresent();
      ConnectionEvent opened = front.awaitEvents(Kind.OPENED, 1, DEADLINE).get(0);
      assertThat(opened.connection()).isEqualTo(client.socket().getLocalPort());
      assertThat(front.openConnections()).isEqualTo(1);
    }
    ConnectionEvent ended = front.awaitEvents(Kind.ENDED, 1, DEADLINE).get(0);
    assertThat(space.calls()).extracting(RecordedCall::connection).containsOnly(ended.serverSide());
    assertThat(front.events(Kind.CLIENT_GAVE_UP)).isEmpty();
    assertThat(front.openConnections()).isZero();
    assertThat(front.inFlight()).isZero();
    assertThat(front.mostInFlight()).isEqualTo(1);
  }

  @Test
  void port_thatRefuses_isRefusedUntilItListensAgain() throws Exception {
    try (RawConnection open = connect()) {
      open.get(space, "/version").head();
      front.refuse();

      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
      open.read(6);
      assertThat(open.get(space, "/version").head()).as("open ones stay").contains(" 200 ");
    }
    front.listen();

    try (RawConnection client = connect()) {
      assertThat(client.get(space, "/version").head()).contains(" 200 ");
    }
  }

  @Test
  void port_refusingFromTheStart_listensWhenItIsTold() throws Exception {
    try (TcpFront refusing = TcpFront.before(server).refusing().start()) {
      assertThatThrownBy(() -> new RawConnection(refusing.url()))
          .isInstanceOf(ConnectException.class);

      refusing.listen();

      try (RawConnection client = new RawConnection(refusing.url())) {
        assertThat(client.get(space, "/version").head()).contains(" 200 ");
      }
    }
  }

  @Test
  void lateAcceptance_keepsAllConnectionsBehindItWaiting() throws Exception {
    front.onConnections().answer(ConnectionFault.acceptedLate(Duration.ofHours(1)));
    try (RawConnection first = connect();
        RawConnection second = connect()) {
      first.startTrace(space, TRACE);
      second.get(space, "/version");

      assertThat(second.socket().isConnected()).isTrue();
      assertThat(front.events(Kind.OPENED)).isEmpty();
      front.close();

      assertThatThrownBy(() -> first.head()).isInstanceOf(IOException.class);
      assertThat(space.calls()).isEmpty();
    }
  }

  @Test
  void lateAcceptance_whenItIsOver_passesOn() throws Exception {
    front.onConnections().answer(ConnectionFault.acceptedLate(Duration.ofMillis(1)));
    try (RawConnection client = connect()) {
      assertThat(client.get(space, "/version").head()).contains(" 200 ");
    }
  }

  @Test
  void heldConnection_released_goesOn() throws Exception {
    HeldAnswer held = front.onConnections().hold();
    try (RawConnection client = connect()) {
      client.startTrace(space, TRACE);
      assertThat(held.awaitArrival(1, DEADLINE)).isTrue();
      assertThat(space.trace(TRACE)).isEmpty();

      held.release();

      assertThat(client.head()).contains(" 200 ");
      assertThat(space.trace(TRACE)).isPresent();
    }
  }

  @Test
  void reset_withinTheRequest_leavesTheState() throws Exception {
    front.onConnections().answer(ConnectionFault.resetAfterRequestBytes(100)).thenReal();
    try (RawConnection client = connect()) {
      assertThatThrownBy(() -> client.startTrace(space, TRACE).rest())
          .isInstanceOf(SocketException.class);
    }
    front.awaitEvents(Kind.ENDED_BY_FAULT, 1, DEADLINE);
    assertThat(space.trace(TRACE)).isEmpty();
    try (RawConnection client = connect()) {
      assertThat(client.startTrace(space, TRACE).head()).contains(" 200 ");
    }
    assertThat(space.trace(TRACE)).isPresent();
  }

  /** The client may go on with its next request at once, which would count as a second one. */
  @Test
  void reset_withinTheRequest_endsItBeforeTheClientCanKnow() throws Exception {
    front.onConnections().answer(100, ConnectionFault.resetAfterRequestBytes(5));
    for (int i = 0; i < 100; i++) {
      try (RawConnection client = connect()) {
        assertThatThrownBy(() -> client.get(space, "/version").rest())
            .isInstanceOf(SocketException.class);
      }
      assertThat(front.inFlight()).as("after reset %d", i).isZero();
    }
    assertThat(front.mostInFlight()).isEqualTo(1);
  }

  @Test
  void end_beforeAnythingIsRead_isACloseOrAReset() throws Exception {
    front
        .onConnections()
        .answer(ConnectionFault.closedAfterRequestBytes(0))
        .then(ConnectionFault.resetAfterRequestBytes(0));
    try (RawConnection closed = connect()) {
      assertThat(closed.rest()).isEmpty();
    }
    try (RawConnection reset = connect()) {
      assertThatThrownBy(reset::rest).isInstanceOf(SocketException.class);
    }
    assertThat(space.calls()).isEmpty();
  }

  @Test
  void end_withinTheAnswer_leavesTheEffectInTheState() throws Exception {
    front.onConnections().answer(ConnectionFault.closedAfterAnswerBytes(12));
    try (RawConnection client = connect()) {
      assertThat(client.startTrace(space, TRACE).rest()).isEqualTo("HTTP/1.1 200");
    }
    assertThat(space.trace(TRACE)).isPresent();
  }

  @Test
  void connections_aboveTheLimit_areClosedUntilOneEnds() throws Exception {
    front.maxConnections(1);
    try (RawConnection first = connect()) {
      first.get(space, "/version").head();
      try (RawConnection second = connect()) {
        assertThat(second.rest()).isEmpty();
      }
      front.awaitEvents(Kind.OVER_LIMIT, 1, DEADLINE);
    }
    front.awaitEvents(Kind.ENDED, 1, DEADLINE);
    try (RawConnection third = connect()) {
      assertThat(third.get(space, "/version").head()).contains(" 200 ");
    }
  }

  @Test
  void clients_thatGiveUpWhileTheirCallIsHeld_areNoticedAtOnce() throws Exception {
    HeldAnswer held = space.on(Endpoint.START_TRACE).hold();
    RawConnection closing = connect().startTrace(space, TRACE);
    RawConnection resetting = connect().startTrace(space, TRACE.replace('0', '1'));
    assertThat(held.awaitArrival(2, DEADLINE)).isTrue();
    assertThat(front.inFlight()).isEqualTo(2);

    closing.close();
    front.awaitEvents(Kind.CLIENT_GAVE_UP, 1, DEADLINE);
    resetting.socket().setSoLinger(true, 0);
    resetting.close();

    assertThat(front.awaitEvents(Kind.CLIENT_GAVE_UP, 2, DEADLINE))
        .extracting(ConnectionEvent::connection)
        .containsExactly(closing.socket().getLocalPort(), resetting.socket().getLocalPort());
    assertThat(front.awaitInFlight(0, DEADLINE)).isTrue();
    assertThat(front.mostInFlight()).isEqualTo(2);
    assertThat(held.held()).isEqualTo(2);
    held.release();
  }

  @Test
  void client_thatLeavesADrippingAnswer_isNoticed() throws Exception {
    space.on(Endpoint.VERSION).answer(Fault.drip(Duration.ofMillis(50)));
    RawConnection client = connect().get(space, "/version");
    client.head();

    client.socket().setSoLinger(true, 0);
    client.close();

    assertThat(front.awaitEvents(Kind.ENDED, 1, DEADLINE)).hasSize(1);
    assertThat(front.events(Kind.CLIENT_GAVE_UP)).hasSize(1);
  }

  @Test
  void tlsHello_onThePortOfAPlainServer_isRecognised() throws Exception {
    HttpClient client = HttpClient.newHttpClient();

    assertThatThrownBy(() -> get(client, "https://127.0.0.1:" + front.url().getPort()))
        .isInstanceOf(IOException.class);

    front.awaitEvents(Kind.TLS_HELLO, 1, DEADLINE);
  }

  @ParameterizedTest
  @EnumSource
  void tlsHandshake_broken_endsAsStatedAndTheNextOneWorks(TlsBreak how, @TempDir Path directory)
      throws Exception {
    TlsKeys keys = TestKeys.makeIn(directory);
    SSLContext trusting = TestKeys.trusting(keys);
    try (FakeTrackingServer secure = FakeTrackingServer.builder().tls(keys).start();
        TcpFront before = TcpFront.before(secure).start()) {
      before.onConnections().answer(ConnectionFault.tlsBroken(how)).thenReal();
      try (SSLSocket socket = (SSLSocket)
          trusting.getSocketFactory().createSocket("127.0.0.1", before.url().getPort())) {
        switch (how) {
          case RESET, CLOSE ->
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
          case ALERT ->
            assertThatThrownBy(socket::startHandshake)
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("handshake_failure");
          case PLAIN_HTTP ->
            assertThatThrownBy(socket::startHandshake)
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("Unsupported or unrecognized SSL message");
        }
      }

      HttpClient client = HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .sslContext(trusting)
          .build();
      assertThat(before.url().getScheme()).isEqualTo("https");
      assertThat(get(client, before.url() + "/version").body()).isEqualTo("3.17.2");
      assertThat(before.events(Kind.TLS_HELLO)).hasSize(2);
      assertThat(secure.rootSpace().calls()).hasSize(1);
    }
  }

  @Test
  void tlsHandshake_cutWithinTheServersPart_neverReachesACall(@TempDir Path directory)
      throws Exception {
    TlsKeys keys = TestKeys.makeIn(directory);
    try (FakeTrackingServer secure = FakeTrackingServer.builder().tls(keys).start();
        TcpFront before = TcpFront.before(secure).start()) {
      before.onConnections().thenForever(ConnectionFault.closedAfterAnswerBytes(20));
      try (SSLSocket socket = (SSLSocket) TestKeys.trusting(keys)
          .getSocketFactory()
          .createSocket("127.0.0.1", before.url().getPort())) {
        assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
      }
      assertThat(secure.rootSpace().calls()).isEmpty();
    }
  }

  @Test
  void connections_drawnFromASeed_endAsTheSeedSays() throws Exception {
    List<Integer> first = bytesOfAnswers(5);
    List<Integer> again = bytesOfAnswers(5);

    assertThat(again).isEqualTo(first);
    assertThat(first).contains(3, 7).anyMatch(bytes -> bytes > 100);
  }

  private List<Integer> bytesOfAnswers(long seed) {
    front
        .onConnections()
        .thenForever(Fault.drawn(
            seed,
            0.6,
            ConnectionFault.closedAfterAnswerBytes(3),
            ConnectionFault.closedAfterAnswerBytes(7)));
    return Stream.generate(this::bytesOfAnswer).limit(20).toList();
  }

  private int bytesOfAnswer() {
    try (RawConnection client = connect()) {
      return client
          .send("GET /version HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
          .rest()
          .length();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<Arguments> wrongSettings() {
    Fault reset = ConnectionFault.resetAfterRequestBytes(1);
    return Stream.of(
        Arguments.of(
            (Setting) test -> test.space.on(Endpoint.ANY).answer(reset),
            "EndedAfterRequestBytes happens to connections, before a call is known; it belongs into"
                + " TcpFront.onConnections"),
        Arguments.of(
            (Setting) test -> test.space.on(Endpoint.ANY).thenForever(Fault.drawn(1, 1, reset)),
            "EndedAfterRequestBytes happens to connections, before a call is known; it belongs into"
                + " TcpFront.onConnections"),
        Arguments.of(
            (Setting) test -> test.front.onConnections().answer(Fault.hold(Fault.status(503))),
            "StatusInsteadOfHandling happens to calls; it belongs into the script of an endpoint,"
                + " TrackingSpace.on"),
        Arguments.of(
            (Setting) test -> test.front.onConnections().answer(Fault.handledThen(Fault.real())),
            "HandledThenFault happens to calls; it belongs into the script of an endpoint,"
                + " TrackingSpace.on"),
        Arguments.of(
            (Setting)
                test -> Fault.delay(Duration.ZERO, ConnectionFault.acceptedLate(Duration.ZERO)),
            "a reset while the body arrives, or a late acceptance, cannot come after another fault;"
                + " make it a step itself"),
        Arguments.of(
            (Setting) test -> test.front.maxConnections(-1),
            "maxConnections must not be negative, but is -1"),
        Arguments.of(
            (Setting) test -> TcpFront.before(server).port(70_000),
            "port must be from 0 to 65535, not 70000"),
        Arguments.of(
            (Setting) test -> ConnectionFault.resetAfterAnswerBytes(-1),
            "bytes must not be negative, but is -1"),
        Arguments.of(
            (Setting) test -> ConnectionFault.acceptedLate(Duration.ofNanos(-1)),
            "delay must not be negative, but is PT-0.000000001S"));
  }

  @ParameterizedTest
  @MethodSource("wrongSettings")
  void wrongSetting_atOnce_isRefused(Setting setting, String message) {
    assertThatThrownBy(() -> setting.make(this))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void portInUse_isSaidInOneSentence() {
    assertThatThrownBy(() -> TcpFront.before(server).port(front.url().getPort()).start())
        .hasMessageContaining("port " + front.url().getPort())
        .hasMessageContaining("cannot be had");
  }

  private interface Setting {
    void make(TcpFrontTest test);
  }

  private RawConnection connect() throws IOException {
    return new RawConnection(front.url());
  }

  private static HttpResponse<String> get(HttpClient client, String url) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).timeout(DEADLINE).build(), BodyHandlers.ofString());
  }
}
