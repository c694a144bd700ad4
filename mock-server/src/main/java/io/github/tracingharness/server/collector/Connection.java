package io.github.tracingharness.server.collector;

import io.github.tracingharness.server.collector.CollectorEvent.Kind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One connection: its requests one after the other, on a thread of its own. */
final class Connection implements Runnable {

  private static final int TLS_HANDSHAKE = 0x16;

  private final Wire wire;
  private final Exchanges exchanges;
  private final Journal journal;
  private final Runnable atEnd;
  private @Nullable TlsSession tls;

  Connection(Wire wire, Exchanges exchanges, Runnable atEnd) {
    this.wire = wire;
    this.exchanges = exchanges;
    this.journal = exchanges.journal();
    this.atEnd = atEnd;
  }

  @Override
  public void run() {
    journal.happened(Kind.OPENED, wire.clientPort(), "");
    try {
      if (begin()) {
        RequestReader reader = new RequestReader(wire, exchanges.bodyLimit());
        while (serveOne(reader)) {
          // Until the connection ends.
        }
      }
    } catch (IOException clientLeft) {
      // What it left unfinished is in the journal.
    } catch (BadRequestException bad) {
      refuse(bad);
    } finally {
      wire.close();
      journal.happened(Kind.ENDED, wire.clientPort(), "");
      atEnd.run();
    }
  }

  /** Ends the connection from another thread. */
  void shutDown() {
    wire.shutDown();
  }

  private boolean begin() throws IOException {
    int first = wire.peek();
    if (first < 0) {
      return false;
    }
    @Nullable TlsServer server = exchanges.tls();
    boolean hello = first == TLS_HANDSHAKE;
    if (hello != (server != null)) {
      journal.happened(
          hello ? Kind.TLS_ON_PLAIN_PORT : Kind.PLAIN_ON_TLS_PORT, wire.clientPort(), "");
      return false;
    }
    return server == null || handshake(server);
  }

  private boolean handshake(TlsServer server) {
    try {
      tls = server.handshake(wire);
      return true;
    } catch (IOException e) {
      if (!wire.isShutDown()) {
        journal.happened(Kind.HANDSHAKE_FAILED, wire.clientPort(), String.valueOf(e.getMessage()));
      }
      return false;
    }
  }

  private boolean serveOne(RequestReader reader) throws IOException, BadRequestException {
    @Nullable RequestHead head = reader.head();
    if (head == null) {
      return false;
    }
    OpenCall call = journal.arrived(wire.clientPort(), head, tls);
    if (head.has("Expect", "100-continue")) {
      wire.write("HTTP/1.1 100 Continue\r\n\r\n");
    }
    RequestBody body;
    try {
      body = reader.body(head);
    } catch (BadRequestException bad) {
      journal.change(call, call::broken);
      throw bad;
    }
    journal.change(call, () -> {
      call.bodyArrived(body);
      if (!body.complete()) {
        call.gaveUp();
      }
    });
    return body.complete()
        && new AnswerPlayer(wire, call, journal).play(exchanges.answerTo(call.number()));
  }

  private void refuse(BadRequestException bad) {
    journal.happened(bad.kind(), wire.clientPort(), String.valueOf(bad.getMessage()));
    if (bad.status() == BadRequestException.NO_ANSWER) {
      return;
    }
    try {
      wire.write("HTTP/1.1 %d %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .formatted(bad.status(), ReasonPhrase.of(bad.status())));
    } catch (IOException clientLeft) {
      // It is not waiting for the answer.
    }
  }
}
