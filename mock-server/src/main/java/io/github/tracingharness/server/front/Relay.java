package io.github.tracingharness.server.front;

import io.github.tracingharness.server.ConnectionEvent.Kind;
import io.github.tracingharness.server.ConnectionFault;
import io.github.tracingharness.server.ConnectionFault.End;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection and the one that it is passed on by. */
final class Relay {

  private static final int PIECE = 16 * 1024;
  private static final int TLS_HANDSHAKE = 0x16;

  /** A record of TLS 1.2 with a fatal alert, handshake_failure. */
  private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 40};

  private static final byte[] PLAIN_HTTP =
      "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final Socket client;
  private final InetSocketAddress address;
  private final Socket server = new Socket();
  private final Watch watch;
  private final BiConsumer<Runnable, String> threads;
  private final Object lock = new Object();
  private final int clientPort;
  private volatile int serverSide;
  private volatile boolean tls;
  private boolean waiting;
  private boolean over;

  Relay(
      Socket client, InetSocketAddress address, Watch watch, BiConsumer<Runnable, String> threads) {
    this.client = client;
    this.clientPort = client.getPort();
    this.address = address;
    this.watch = watch;
    this.threads = threads;
  }

  void run(Supplier<Optional<ConnectionFault>> fate) {
    try {
      begin(fate.get().orElse(null));
    } catch (IOException oneSideLeft) {
      // What it means is in the watch already.
    } finally {
      shutDown();
    }
  }

  private void begin(@Nullable ConnectionFault fault) throws IOException {
    long requestBytes = Long.MAX_VALUE;
    End end = End.CLOSE;
    if (fault instanceof ConnectionFault.EndedAfterRequestBytes ended) {
      requestBytes = ended.bytes();
      end = ended.end();
    }
    if (requestBytes == 0) {
      endByFault(end);
      return;
    }
    byte[] piece = new byte[PIECE];
    int read = client.getInputStream().read(piece);
    if (read < 0) {
      return;
    }
    tls = piece[0] == TLS_HANDSHAKE;
    if (tls) {
      happened(Kind.TLS_HELLO);
      if (fault instanceof ConnectionFault.TlsBrokenAfterHello broken) {
        breakTls(broken.how());
        return;
      }
    }
    server.connect(address);
    server.setTcpNoDelay(true);
    serverSide = server.getLocalPort();
    CountDownLatch answered = new CountDownLatch(1);
    threads.accept(
        () -> {
          try {
            passAnswers(fault);
          } finally {
            answered.countDown();
          }
        },
        Thread.currentThread().getName() + "-answers");
    if (passRequests(piece, read, requestBytes)) {
      endByFault(end);
    }
    awaitEnd(answered);
  }

  /** Passes on what the client sends; true if it has sent as much as it may. */
  private boolean passRequests(byte[] piece, int first, long most) throws IOException {
    long left = most;
    int read = first;
    while (read >= 0) {
      int passed = (int) Math.min(left, read);
      left -= passed;
      waiting(true);
      server.getOutputStream().write(piece, 0, passed);
      if (left == 0) {
        return true;
      }
      read = readOrGiveUp(piece);
    }
    server.shutdownOutput();
    return false;
  }

  /** What the client sends, -1 at its end. After a reset, too, an answer may be under way. */
  private int readOrGiveUp(byte[] piece) {
    int read;
    try {
      read = client.getInputStream().read(piece);
    } catch (IOException reset) {
      read = -1;
    }
    if (read < 0) {
      gaveUpIfWaiting();
    }
    return read;
  }

  private void passAnswers(@Nullable ConnectionFault fault) {
    long left = Long.MAX_VALUE;
    End end = End.CLOSE;
    if (fault instanceof ConnectionFault.EndedAfterAnswerBytes ended) {
      left = ended.bytes();
      end = ended.end();
    }
    byte[] piece = new byte[PIECE];
    try {
      int read = server.getInputStream().read(piece);
      while (read >= 0) {
        int passed = (int) Math.min(left, read);
        left -= passed;
        waiting(false);
        answer(piece, passed);
        if (left == 0) {
          endByFault(end);
          return;
        }
        read = server.getInputStream().read(piece);
      }
    } catch (IOException oneSideLeft) {
      // What it means is in the watch already.
    }
    shutDown();
  }

  private void answer(byte[] piece, int length) throws IOException {
    try {
      client.getOutputStream().write(piece, 0, length);
    } catch (IOException clientLeft) {
      synchronized (lock) {
        if (!over && !tls) {
          happened(Kind.CLIENT_GAVE_UP);
        }
      }
      throw clientLeft;
    }
  }

  private void gaveUpIfWaiting() {
    synchronized (lock) {
      if (waiting && !over && !tls) {
        happened(Kind.CLIENT_GAVE_UP);
      }
      waiting(false);
    }
  }

  /** Notes whether the client has sent something to which no answer has begun. */
  private void waiting(boolean now) {
    synchronized (lock) {
      if (waiting != now && !tls && !(now && over)) {
        waiting = now;
        watch.moreInFlight(now ? 1 : -1);
      }
    }
  }

  private void breakTls(ConnectionFault.TlsBreak how) throws IOException {
    switch (how) {
      case RESET -> endByFault(End.RESET);
      case CLOSE -> endByFault(End.CLOSE);
      case ALERT -> endAfter(ALERT);
      case PLAIN_HTTP -> endAfter(PLAIN_HTTP);
    }
  }

  private void endAfter(byte[] last) throws IOException {
    client.getOutputStream().write(last);
    endByFault(End.CLOSE);
  }

  private void endByFault(End end) {
    happened(Kind.ENDED_BY_FAULT);
    if (end == End.RESET) {
      try {
        client.setSoLinger(true, 0);
      } catch (IOException goneAlready) {
        // The client was faster.
      }
    }
    shutDown();
  }

  private static void awaitEnd(CountDownLatch answered) {
    try {
      answered.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void happened(Kind kind) {
    watch.happened(kind, clientPort, serverSide);
  }

  /** Tells that nothing is left of the connection. */
  void ended() {
    happened(Kind.ENDED);
  }

  /** Ends both connections, from whichever thread. */
  void shutDown() {
    synchronized (lock) {
      over = true;
      // Before the client can know, who may go on with another request.
      waiting(false);
    }
    close(client);
    close(server);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing is left to be done with it.
    }
  }
}
