package io.github.tracingharness.server;

import io.github.tracingharness.server.http.Reply;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Plays faults for the calls of one space, and lets go whoever waits when the space closes. */
final class FaultPlayer {

  private static final byte[] NOTHING = {};

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<HeldAnswer> holding = ConcurrentHashMap.newKeySet();

  Reply play(Fault fault, Supplier<Reply> real) {
    if (fault instanceof Fault.StatusInsteadOfHandling answer) {
      return Reply.bare(answer.status(), answer.headers(), answer.body());
    }
    if (fault instanceof Fault.DisconnectInsteadOfHandling disconnect) {
      return disconnect(disconnect.how());
    }
    if (fault instanceof Fault.DelayBeforeHandling delay) {
      pause(delay.delay());
      return play(delay.next(), real);
    }
    if (fault instanceof HeldAnswer held) {
      hold(held);
      return play(held.next(), real);
    }
    if (fault instanceof Fault.AnswerSpoiledAfterHandling spoiled) {
      return spoil(spoiled.how(), real.get());
    }
    if (fault instanceof Fault.HandledThenFault handled) {
      Reply lost = real.get();
      return play(handled.fault(), () -> lost);
    }
    return real.get();
  }

  void close() {
    closed.countDown();
    holding.forEach(HeldAnswer::release);
  }

  private void hold(HeldAnswer held) {
    holding.add(held);
    if (closed.getCount() > 0) {
      held.hold();
    }
  }

  private void pause(Duration delay) {
    try {
      if (closed.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException serverStops) {
      Thread.currentThread().interrupt();
    }
  }

  private static Reply disconnect(Fault.Disconnect how) {
    Reply.Wire wire = switch (how) {
      case RESET_BEFORE_ANSWER -> Reply.Wire.RESET;
      case CLOSE_BEFORE_ANSWER -> Reply.Wire.CLOSE;
      case GARBAGE_INSTEAD_OF_ANSWER -> Reply.Wire.GARBAGE;
      case GARBAGE_AFTER_HEAD -> Reply.Wire.GARBAGE_CHUNK;
    };
    return Reply.empty(200).withWire(wire);
  }

  private static Reply spoil(Fault.Spoiling how, Reply real) {
    return switch (how) {
      case EMPTY_BODY -> real.withBody(NOTHING);
      case MALFORMED_BODY -> real.withBody(Arrays.copyOf(real.body(), real.body().length / 2));
      case WRONG_CONTENT_TYPE -> real.withHeader("content-type", "text/html; charset=utf-8");
    };
  }
}
