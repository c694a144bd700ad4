package io.github.tracingharness.benchmarks;

import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import io.github.tracingharness.core.client.HttpTransport;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * An instant server that stalls now and then, for all that come meanwhile, and counts the spans
 * that it was sent.
 */
final class StallingServer implements HttpTransport {

  private static final long EVERY = 20_000;
  private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final int SPAN_PATH = 3;

  private final InstantServer server = new InstantServer();
  private final AtomicLong calls = new AtomicLong();
  private final LongAdder spans = new LongAdder();
  private final LongAdder traces = new LongAdder();
  private final LongAdder stalls = new LongAdder();
  private volatile long stalledUntil = System.nanoTime();

  long spans() {
    return spans.sum();
  }

  long traces() {
    return traces.sum();
  }

  long stalls() {
    return stalls.sum();
  }

  @Override
  public HttpAnswer send(HttpCall call) {
    if (calls.incrementAndGet() % EVERY == 0) {
      stalls.increment();
      stalledUntil = System.nanoTime() + STALL_NANOS;
    }
    long left = stalledUntil - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(this, left);
      left = stalledUntil - System.nanoTime();
    }
    String path = call.uri().getPath();
    if (path.endsWith("/v1/traces")) {
      spans.add(count(call.body()));
    } else if (path.endsWith("/mlflow/traces")) {
      traces.increment();
    }
    return server.send(call);
  }

  /** Counts the messages at field 2 of field 2 of field 1: the spans of an OTLP request. */
  static long count(byte[] request) {
    return count(request, 0, request.length, 1);
  }

  private static long count(byte[] bytes, int from, int to, int depth) {
    long found = 0;
    int at = from;
    int wanted = depth == 1 ? 1 : 2;
    while (at < to) {
      long[] tag = varint(bytes, at);
      long[] length = varint(bytes, (int) tag[1]);
      int begin = (int) length[1];
      int end = begin + (int) length[0];
      // On the way to the spans there are messages only.
      if (tag[0] >>> 3 == wanted) {
        found += depth == SPAN_PATH ? 1 : count(bytes, begin, end, depth + 1);
      }
      at = end;
    }
    return found;
  }

  /** Returns the number and where it ends. */
  private static long[] varint(byte[] bytes, int from) {
    long value = 0;
    int at = from;
    int shift = 0;
    while (bytes[at] < 0) {
      value |= (long) (bytes[at++] & 0x7F) << shift;
      shift += 7;
    }
    return new long[] {value | (long) bytes[at] << shift, at + 1L};
  }
}
