package io.github.tracingharness.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalTransportTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private static final String EARLY_THEN_CHUNKS = """
      HTTP/1.1 103 Early Hints
      Link: a

      HTTP/1.1 200 OK
      Transfer-Encoding: chunked

      3;x=y
      abc
      A
      0123456789
      0

      """;

  private final ServerSocket listener = listener();
  private final URI url = URI.create("http://127.0.0.1:" + listener.getLocalPort());
  private final LocalTransport transport = new LocalTransport(url);
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws IOException {
    transport.close();
    listener.close();
  }

  @Test
  void answer_withALength_keepsTheConnectionForTheNextCall() throws Exception {
    CompletableFuture<Void> served = serve(
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX: 1\r\nx: 2\r\n\r\nab", "HTTP/1.1 204 \r\n\r\n");

    HttpAnswer first = transport.send(call("POST", "/a?b=%20c", "body"));
    HttpAnswer second = transport.send(call("GET", "", ""));

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body()).asString().isEqualTo("ab");
    assertThat(first.headers().get("X")).containsExactly("1", "2");
    assertThat(second.status()).isEqualTo(204);
    assertThat(second.body()).isEmpty();
    assertThat(served).succeedsWithin(LONG);
    assertThat(seen)
        .containsExactly(
            "POST /a?b=%20c HTTP/1.1|Host: " + url.getAuthority()
                + "|Content-Length: 4|Name: value|body",
            "GET / HTTP/1.1|Host: " + url.getAuthority() + "|Name: value|");
  }

  @Test
  void answer_inChunksAfterAnEarlyOne_isPutTogether() throws Exception {
    CompletableFuture<Void> served = serve(EARLY_THEN_CHUNKS.replace("\n", "\r\n"));

    assertThat(transport.send(call("GET", "/", "")).body()).asString().isEqualTo("abc0123456789");
    assertThat(served).succeedsWithin(LONG);
  }

  @Test
  void answer_withoutLength_lastsUntilTheConnectionEnds() throws Exception {
    CompletableFuture<Void> served = serve("HTTP/1.0 200 OK\r\n\r\nall of it");

    assertThat(transport.send(call("GET", "/", "")).body()).asString().isEqualTo("all of it");
    assertThat(served).succeedsWithin(LONG);
  }

  @Test
  void connection_thatTheServerClosedMeanwhile_isReplaced() throws Exception {
    CompletableFuture<Void> closed = serve("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    assertThat(transport.send(call("GET", "/first", "")).status()).isEqualTo(200);
    closed.get(60, TimeUnit.SECONDS);
    CompletableFuture<Void> again =
        serve("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: Close\r\n\r\n");

    assertThat(transport.send(call("POST", "/second", "x")).status()).isEqualTo(200);
    assertThat(again).succeedsWithin(LONG);
    assertThat(seen).hasSize(2);
  }

  @Test
  void answer_thatIsCutOrNoHttp_saysSo() {
    assertThatAnswer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab")
        .hasMessage("the connection was closed before the answer was complete");
    assertThatAnswer("lskdu018973t09sylgasjkfg1][]'./.sdlv\r\n")
        .hasMessage("the answer does not begin with the status line of HTTP/1.1");
    assertThatAnswer("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n")
        .hasMessage("the answer has \"many\" for a length");
    assertThatAnswer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n")
        .hasMessage("a chunk of the answer is longer than it says");
    assertThatAnswer("HTTP/1.1 200 OK\r\nContent-Length: 16777217\r\n\r\n")
        .hasMessage("the answer has more than 16777216 bytes");
  }

  @Test
  void answer_thatDoesNotCome_endsAtTheLimitOfTheCall() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    CompletableFuture<Void> silent = CompletableFuture.runAsync(() -> {
      try (Socket socket = listener.accept()) {
        assertThat(done.await(60, TimeUnit.SECONDS) && socket.isConnected()).isTrue();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });

    assertThatThrownBy(
            () -> transport.send(call("GET", "/", "").withTimeout(Duration.ofMillis(20))))
        .isInstanceOf(HttpTimeoutException.class)
        .hasMessage("no complete answer within 20 ms");

    done.countDown();
    silent.get(60, TimeUnit.SECONDS);
  }

  @Test
  void thread_thatIsInterrupted_stopsWaiting() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    CompletableFuture<Void> silent = CompletableFuture.runAsync(() -> {
      try (Socket socket = listener.accept()) {
        seen.add(request(reader(socket)));
        caller.interrupt();
        assertThat(done.await(60, TimeUnit.SECONDS) && socket.isConnected()).isTrue();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });

    assertThatThrownBy(() -> transport.send(call("GET", "/", "")))
        .isInstanceOf(InterruptedException.class);

    done.countDown();
    silent.get(60, TimeUnit.SECONDS);
  }

  @Test
  void callToAnotherServer_isSentToo() throws Exception {
    try (ServerSocket other = listener()) {
      CompletableFuture<Void> served =
          serve(other, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      URI elsewhere = URI.create("http://127.0.0.1:" + other.getLocalPort() + "/there");

      assertThat(transport.send(call("GET", "/", "").withUri(elsewhere)).status())
          .isEqualTo(200);
      served.get(60, TimeUnit.SECONDS);
    }
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertThatAnswer(String answer) {
    CompletableFuture<Void> served = serve(answer);
    AbstractThrowableAssert<?, ? extends Throwable> failure = assertThatThrownBy(
            () -> transport.send(call("GET", "/", "")))
        .isInstanceOf(IOException.class);
    assertThat(served).succeedsWithin(LONG);
    return failure;
  }

  private HttpCall call(String method, String path, String body) {
    return new HttpCall(
        method,
        URI.create(url + "/").resolve(path.isEmpty() ? "/" : path),
        List.of(Map.entry("Name", "value")),
        body.getBytes(StandardCharsets.UTF_8),
        LONG);
  }

  private CompletableFuture<Void> serve(String... answers) {
    return serve(listener, answers);
  }

  /** Takes one connection, answers one request after the other, and closes it. */
  private CompletableFuture<Void> serve(ServerSocket where, String... answers) {
    return CompletableFuture.runAsync(() -> {
      try (Socket socket = where.accept()) {
        BufferedReader reader = reader(socket);
        for (String answer : answers) {
          seen.add(request(reader));
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  private static String request(BufferedReader reader) throws IOException {
    List<String> lines = new ArrayList<>();
    int length = 0;
    for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
      lines.add(line);
      if (line.startsWith("Content-Length: ")) {
        length = Integer.parseInt(line.substring(16));
      }
    }
    char[] body = new char[length];
    int read = 0;
    while (read < length) {
      read += reader.read(body, read, length - read);
    }
    return String.join("|", lines) + "|" + new String(body);
  }

  private static ServerSocket listener() {
    try {
      return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
