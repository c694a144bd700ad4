package io.github.tracingharness.server;

import io.github.tracingharness.server.http.Outcome;
import io.github.tracingharness.server.http.RequestHead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The finished calls of one space in order of arrival, at most a given number: the oldest go first.
 *
 * <p>A client can see an answer a moment before the front reports its end. So that a test finds the
 * call whose answer it already has, readers wait for the exchanges that are just being answered.
 */
final class CallJournal {

  /** An answer that takes longer than this to write is not waited for. */
  private static final Duration ANSWERING_LIMIT = Duration.ofSeconds(10);

  private final Object lock = new Object();
  private final TreeMap<Long, RecordedCall> calls = new TreeMap<>();
  private final Set<Entry> answering = new HashSet<>();
  private final int limit;
  private long arrivals;
  private long dropped;

  CallJournal(int limit) {
    this.limit = limit;
  }

  Entry arrived(RequestHead head, Endpoint endpoint, String path, String query) {
    synchronized (lock) {
      return new Entry(++arrivals, endpoint, head, path, query);
    }
  }

  List<RecordedCall> calls(Endpoint endpoint) {
    synchronized (lock) {
      awaitAnswering();
      return matching(endpoint);
    }
  }

  long dropped() {
    synchronized (lock) {
      return dropped;
    }
  }

  /**
   * Checks at once and after each finished call until there is a result or the deadline is over.
   */
  <T> @Nullable T await(Supplier<@Nullable T> check, Duration deadline)
      throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    synchronized (lock) {
      while (true) {
        T result = check.get();
        if (result != null) {
          return result;
        }
        long leftMillis = (end - System.nanoTime() + 999_999) / 1_000_000;
        if (leftMillis <= 0) {
          return null;
        }
        lock.wait(leftMillis);
      }
    }
  }

  /** Without waiting for exchanges that are being answered. */
  List<RecordedCall> matching(Endpoint endpoint) {
    synchronized (lock) {
      List<RecordedCall> found = new ArrayList<>();
      for (RecordedCall call : calls.values()) {
        if (endpoint.matches(call.endpoint())) {
          found.add(call);
        }
      }
      return List.copyOf(found);
    }
  }

  void clear() {
    synchronized (lock) {
      awaitAnswering();
      calls.clear();
    }
  }

  private void awaitAnswering() {
    Set<Entry> pending = Set.copyOf(answering);
    long end = System.nanoTime() + ANSWERING_LIMIT.toNanos();
    try {
      while (!Collections.disjoint(answering, pending)) {
        long leftMillis = (end - System.nanoTime()) / 1_000_000;
        if (leftMillis <= 0) {
          return;
        }
        lock.wait(leftMillis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One exchange between arrival and end. */
  final class Entry {

    private final long number;
    private final Endpoint endpoint;
    private final RequestHead head;
    private final String path;
    private final String query;

    private Entry(long number, Endpoint endpoint, RequestHead head, String path, String query) {
      this.number = number;
      this.endpoint = endpoint;
      this.head = head;
      this.path = path;
      this.query = query;
    }

    long number() {
      return number;
    }

    void answering() {
      synchronized (lock) {
        answering.add(this);
      }
    }

    RecordedCall finished(Outcome outcome) {
      RecordedCall call = new RecordedCall(
          number,
          endpoint,
          head.method(),
          path,
          query,
          head.headers(),
          outcome.requestBody(),
          outcome.status(),
          outcome.headers(),
          outcome.responseBody(),
          head.clientPort(),
          head.arrivedNanos(),
          outcome.answeredNanos());
      synchronized (lock) {
        calls.put(number, call);
        if (calls.size() > limit) {
          calls.pollFirstEntry();
          dropped++;
        }
        answering.remove(this);
        lock.notifyAll();
      }
      return call;
    }
  }
}
