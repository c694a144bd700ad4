package io.github.tracingharness.server.collector;

import io.github.tracingharness.server.collector.CollectorEvent.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that a collector saw, in order of arrival. */
final class Journal {

  private static final int SHOWN = 50;

  private final Object lock = new Object();
  private final List<OpenCall> calls = new ArrayList<>();
  private final List<CollectorEvent> events = new ArrayList<>();
  private int inFlight;

  OpenCall arrived(int connection, RequestHead head, @Nullable TlsSession tls) {
    synchronized (lock) {
      inFlight++;
      OpenCall call =
          new OpenCall(calls.size() + 1, connection, System.nanoTime(), inFlight, head, tls);
      calls.add(call);
      lock.notifyAll();
      return call;
    }
  }

  /** Changes a call under the lock, so that readers see it whole. */
  void change(OpenCall call, Runnable change) {
    synchronized (lock) {
      boolean wasOver = call.over();
      change.run();
      if (!wasOver && call.over()) {
        inFlight--;
      }
      lock.notifyAll();
    }
  }

  void happened(Kind kind, int connection, String detail) {
    synchronized (lock) {
      events.add(new CollectorEvent(kind, connection, System.nanoTime(), detail));
      lock.notifyAll();
    }
  }

  int arrived() {
    synchronized (lock) {
      return calls.size();
    }
  }

  List<CollectedCall> calls() {
    synchronized (lock) {
      return calls.stream().map(OpenCall::snapshot).toList();
    }
  }

  List<CollectorEvent> events() {
    synchronized (lock) {
      return List.copyOf(events);
    }
  }

  List<CollectedCall> awaitCalls(
      String what, int atLeast, Duration deadline, Predicate<CollectedCall> which)
      throws InterruptedException {
    return await(what, atLeast, deadline, () -> calls().stream().filter(which).toList());
  }

  List<CollectorEvent> awaitEvents(Kind kind, int atLeast, Duration deadline)
      throws InterruptedException {
    return await(
        "event(s) " + kind,
        atLeast,
        deadline,
        () -> events().stream().filter(event -> event.kind() == kind).toList());
  }

  private <T> List<T> await(String what, int atLeast, Duration deadline, Supplier<List<T>> matching)
      throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    synchronized (lock) {
      List<T> found = matching.get();
      while (found.size() < atLeast) {
        long leftMillis = (end - System.nanoTime() + 999_999) / 1_000_000;
        if (leftMillis <= 0) {
          throw tooFew(what, atLeast, deadline, found.size());
        }
        lock.wait(leftMillis);
        found = matching.get();
      }
      return found;
    }
  }

  /** Waits until no request is being handled; returns whether that came to be. */
  boolean awaitIdle(Duration deadline) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    synchronized (lock) {
      while (inFlight > 0) {
        long leftMillis = (end - System.nanoTime() + 999_999) / 1_000_000;
        if (leftMillis <= 0) {
          return false;
        }
        lock.wait(leftMillis);
      }
      return true;
    }
  }

  private AssertionError tooFew(String what, int atLeast, Duration deadline, int found) {
    StringBuilder message = new StringBuilder();
    message.append("expected at least %d %s within %d ms, but there were %d"
        .formatted(atLeast, what, deadline.toMillis(), found));
    message.append("%n  requests seen: %s".formatted(calls.isEmpty() ? "none" : calls.size()));
    calls.stream()
        .limit(SHOWN)
        .forEach(call -> message.append("%n    %s".formatted(call.snapshot())));
    message.append("%n  events seen: %s".formatted(events.isEmpty() ? "none" : events.size()));
    events.stream()
        .limit(SHOWN)
        .forEach(event -> message.append("%n    %s, connection %d %s"
            .formatted(event.kind(), event.connection(), event.detail())));
    return new AssertionError(message.toString());
  }
}
