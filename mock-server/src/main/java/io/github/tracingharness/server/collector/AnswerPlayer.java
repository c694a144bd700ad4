package io.github.tracingharness.server.collector;

import io.github.tracingharness.server.HeldAnswer;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Plays the answer to one request. */
final class AnswerPlayer {

  private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
          "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
      .withZone(ZoneOffset.UTC);

  private final Wire wire;
  private final OpenCall call;
  private final Journal journal;

  AnswerPlayer(Wire wire, OpenCall call, Journal journal) {
    this.wire = wire;
    this.call = call;
    this.journal = journal;
  }

  /** Plays an answer and says whether the connection goes on after it. */
  boolean play(CollectorAnswer answer) {
    try {
      return play(answer, Manner.PLAIN);
    } catch (IOException clientLeft) {
      return gaveUp();
    }
  }

  private boolean play(CollectorAnswer answer, Manner manner) throws IOException {
    if (answer instanceof CollectorAnswer.Reply reply) {
      return reply(reply, manner);
    }
    if (answer instanceof CollectorAnswer.RetryAfterDate later) {
      String date = HTTP_DATE.format(Instant.now().plus(later.fromNow()));
      return play(CollectorAnswer.retryAfter(later.status(), date), manner);
    }
    if (answer instanceof CollectorAnswer.Gzipped gzipped) {
      boolean gzip = !gzipped.onlyIfAccepted() || call.head().acceptsGzip();
      return play(gzipped.answer(), manner.withGzip(gzip));
    }
    if (answer instanceof CollectorAnswer.Dripping dripping) {
      return play(dripping.answer(), manner.dripping(dripping.interval(), dripping.chunked()));
    }
    if (answer instanceof CollectorAnswer.ClosingAfter closing) {
      Manner.End end = closing.announced() ? Manner.End.CLOSED_AS_ANNOUNCED : Manner.End.CLOSED;
      return play(closing.answer(), manner.ending(end));
    }
    if (answer instanceof CollectorAnswer.Delayed delayed) {
      return wire.pause(delayed.delay().toNanos()) ? play(delayed.answer(), manner) : gaveUp();
    }
    if (answer instanceof CollectorAnswer.Held held) {
      return pass(held.gate()) ? play(held.answer(), manner) : gaveUp();
    }
    if (answer instanceof CollectorAnswer.Broken broken) {
      return end(broken.how());
    }
    wire.pause(Long.MAX_VALUE);
    return gaveUp();
  }

  private boolean pass(HeldAnswer gate) {
    HeldAnswer.Place place = gate.enter();
    try {
      return wire.pause(place::mayPass, Long.MAX_VALUE);
    } finally {
      place.leave();
    }
  }

  private boolean reply(CollectorAnswer.Reply reply, Manner manner) throws IOException {
    RequestHead head = call.head();
    SentReply sent = SentReply.of(reply, manner, head);
    // Whoever has the answer must find it recorded, and its request no longer in flight.
    Runnable record = () -> journal.change(
        call, () -> call.answered(reply.status(), sent.headers(), sent.bodyForTheRecord()));
    if (!sent.send(wire, record)) {
      return gaveUp();
    }
    return manner.end() == Manner.End.KEPT && head.keepsAlive();
  }

  private boolean end(CollectorAnswer.Breakage how) throws IOException {
    switch (how) {
      case RESET -> {
        journal.change(call, call::broken);
        wire.reset();
        return false;
      }
      case CLOSE -> {}
      case HALF_HEAD -> wire.write("HTTP/1.1 200 OK\r\nContent-Ty");
      case SHORT_BODY -> {
        SentReply cut = SentReply.of(
            new CollectorAnswer.Reply(200, List.of(), new ReplyBody.Padded(64)),
            Manner.PLAIN,
            call.head());
        cut.sendHalf(wire);
      }
    }
    journal.change(call, call::broken);
    return false;
  }

  private boolean gaveUp() {
    if (!wire.isShutDown()) {
      journal.change(call, call::gaveUp);
    }
    return false;
  }
}
