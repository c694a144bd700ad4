package io.github.tracingharness.server;

import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.http.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/** Plays faults for the calls of one space, and lets go whoever waits when the space closes. */
final class FaultPlayer {

  private static final byte[] NOTHING = {};

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<HeldAnswer> holding = ConcurrentHashMap.newKeySet();

  /**
   * The call that meets a fault.
   *
   * @param target its path within the space, and its query
   * @param real handles it
   * @param inPart handles it without some of its spans
   */
  record Played(
      String target, Supplier<Reply> real, Function<Request.PartialSuccess, Reply> inPart) {

    Played(String target, Reply handled) {
      this(target, () -> handled, part -> handled);
    }
  }

  Reply play(Fault fault, Played call) {
    if (fault instanceof Fault.StatusInsteadOfHandling answer) {
      return Reply.bare(answer.status(), answer.headers(), answer.body());
    }
    if (fault instanceof Fault.DisconnectInsteadOfHandling disconnect) {
      return disconnect(disconnect.how());
    }
    if (fault instanceof Fault.RedirectInsteadOfHandling redirect) {
      String location =
          redirect.pathOfCall() ? redirect.location() + call.target() : redirect.location();
      return Reply.empty(redirect.status()).withHeader("Location", location);
    }
    if (fault instanceof Fault.SpansRejectedWhileHandling rejected) {
      return call.inPart().apply(new Request.PartialSuccess(rejected.spans(), rejected.message()));
    }
    if (fault instanceof Fault.DelayBeforeHandling delay) {
      pause(delay.delay());
      return play(delay.next(), call);
    }
    if (fault instanceof HeldAnswer held) {
      hold(held);
      return play(held.next(), call);
    }
    if (fault instanceof Fault.AnswerSpoiledAfterHandling spoiled) {
      return spoil(spoiled.how(), call.real().get());
    }
    if (fault instanceof Fault.AnswerDrippingAfterHandling drip) {
      return call.real().get().dripping(() -> pause(drip.interval()), drip.chunked());
    }
    if (fault instanceof Fault.HandledThenFault handled) {
      return play(handled.fault(), new Played(call.target(), call.real().get()));
    }
    if (fault instanceof DrawnFault drawn) {
      return play(drawn.draw(), call);
    }
    return call.real().get();
  }

  /** Waits as long as a fault of connections says, and gives what is to happen after that. */
  Optional<ConnectionFault> await(Fault fault) {
    if (fault instanceof Fault.DelayBeforeHandling delay) {
      pause(delay.delay());
      return await(delay.next());
    }
    if (fault instanceof HeldAnswer held) {
      hold(held);
      return await(held.next());
    }
    if (fault instanceof DrawnFault drawn) {
      return await(drawn.draw());
    }
    return fault instanceof ConnectionFault connection ? Optional.of(connection) : Optional.empty();
  }

  void pause(ConnectionFault.AcceptedLate late) {
    pause(late.delay());
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
      case HALF_HEAD_INSTEAD_OF_ANSWER -> Reply.Wire.HALF_HEAD;
    };
    return Reply.empty(200).withWire(wire);
  }

  private static Reply spoil(Fault.Spoiling how, Reply real) {
    return switch (how) {
      case EMPTY_BODY -> real.withBody(NOTHING);
      case MALFORMED_BODY -> real.withBody(Arrays.copyOf(real.body(), real.body().length / 2));
      case WRONG_CONTENT_TYPE -> real.withHeader("content-type", "text/html; charset=utf-8");
      case SHORT_BODY -> real.withWire(Reply.Wire.SHORT_BODY);
      case CHUNKED_BODY -> real.withWire(Reply.Wire.CHUNKED);
      case GZIPPED_BODY ->
        real.withBody(gzipped(real.body())).withHeader("Content-Encoding", "gzip");
    };
  }

  private static byte[] gzipped(byte[] body) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return packed.toByteArray();
  }
}
