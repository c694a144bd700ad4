package io.github.tracingharness.server.collector;

import io.github.tracingharness.server.Header;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call while it is being handled; guarded by the journal's lock. */
final class OpenCall {

  private final long number;
  private final int connection;
  private final long arrived;
  private final int inFlight;
  private final RequestHead head;
  private final @Nullable TlsSession tls;

  private byte[] body = {};
  private List<Header> trailers = List.of();
  private boolean complete;
  private long answered;
  private long gaveUp;
  private int status;
  private List<Header> answerHeaders = List.of();
  private byte[] answerBody = {};

  OpenCall(
      long number,
      int connection,
      long arrived,
      int inFlight,
      RequestHead head,
      @Nullable TlsSession tls) {
    this.number = number;
    this.connection = connection;
    this.arrived = arrived;
    this.inFlight = inFlight;
    this.head = head;
    this.tls = tls;
  }

  long number() {
    return number;
  }

  RequestHead head() {
    return head;
  }

  void bodyArrived(RequestBody arrivedBody) {
    body = arrivedBody.bytes();
    trailers = arrivedBody.trailers();
    complete = arrivedBody.complete();
  }

  void answered(int withStatus, List<Header> headers, byte[] bodySent) {
    answered = System.nanoTime();
    status = withStatus;
    answerHeaders = headers;
    answerBody = bodySent;
  }

  void broken() {
    answered = System.nanoTime();
  }

  /** The client left; if the last byte of an answer was about to be sent, it was not. */
  void gaveUp() {
    gaveUp = System.nanoTime();
    answered = 0;
    status = 0;
    answerHeaders = List.of();
    answerBody = new byte[0];
  }

  boolean over() {
    return answered != 0 || gaveUp != 0;
  }

  CollectedCall snapshot() {
    List<Header> all = new ArrayList<>(head.headers());
    all.addAll(trailers);
    return new CollectedCall(
        number,
        connection,
        arrived,
        answered,
        gaveUp,
        inFlight,
        head.method(),
        head.target(),
        all,
        head.framing(),
        complete,
        body,
        status,
        answerHeaders,
        answerBody,
        tls);
  }
}
