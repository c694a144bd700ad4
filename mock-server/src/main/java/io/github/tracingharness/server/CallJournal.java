package io.github.tracingharness.server;

import io.github.tracingharness.server.http.Outcome;
import io.github.tracingharness.server.http.RequestHead;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The finished calls of one space in order of arrival, at most a given number: the oldest go first.
 *
 * <p>A client can see an answer before the front reports its end. So that a test finds the call
 * whose answer it already has, readers wait for the exchanges that are just being answered. A
 * thread that writes an answer may lose its processor for any time just after that, so a call whose
 * end is not reported within a limit is shown as it was announced.
 */
final class CallJournal {

  /** An answer that takes longer than this to write, as to a slow reader, is not waited for. */
  private static final Duration ANSWERING_LIMIT = Duration.ofSeconds(2);

  private final Object lock = new Object();
  private final TreeMap<Long, RecordedCall> calls = new TreeMap<>();
  private final Map<Entry, RecordedCall> answering = new HashMap<>();
  private final int limit;
  private final Duration answeringLimit;
  private long arrivals;
  private long dropped;

  CallJournal(int limit) {
    this(limit, ANSWERING_LIMIT);
  }

  /** Visible for testing. */
  CallJournal(int limit, Duration answeringLimit) {
    this.limit = limit;
    this.answeringLimit = answeringLimit;
  }

  Entry arrived(RequestHead head, Endpoint endpoint, String path, String query) {
    synchronized (lock) {
      return new Entry(++arrivals, endpoint, head, path, query);
    }
  }

  List<RecordedCall> calls(Endpoint endpoint) {
    synchronized (lock) {
      TreeMap<Long, RecordedCall> shown = new TreeMap<>();
      Set<Entry> late = awaitAnswering();
      answering.forEach((entry, announced) -> {
        if (late.contains(entry)) {
          shown.put(entry.number, announced);
        }
      });
      // What was finished meanwhile is shown as it went.
      shown.putAll(calls);
      return matching(shown.values(), endpoint);
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
      return matching(calls.values(), endpoint);
    }
  }

  private static List<RecordedCall> matching(Collection<RecordedCall> calls, Endpoint endpoint) {
    return calls.stream().filter(call -> endpoint.matches(call.endpoint())).toList();
  }

  void clear() {
    synchronized (lock) {
      Set<Entry> unused = awaitAnswering();
      calls.clear();
    }
  }

  /** Waits for the exchanges that are being answered; returns those that still are. */
  private Set<Entry> awaitAnswering() {
    Set<Entry> pending = new HashSet<>(answering.keySet());
    long end = System.nanoTime() + answeringLimit.toNanos();
    try {
      while (!pending.isEmpty()) {
        long leftMillis = (end - System.nanoTime()) / 1_000_000;
        if (leftMillis <= 0) {
          break;
        }
        lock.wait(leftMillis);
        pending.retainAll(answering.keySet());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      pending.retainAll(answering.keySet());
    }
    return pending;
  }

  /** One exchange between arrival and end. */
  final class Entry {

    private final long number;
    private final Endpoint endpoint;
    private final RequestHead head;
    private final String path;
    private final String query;
    private boolean ended;

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

    void answering(Outcome announced) {
      RecordedCall call = call(announced);
      synchronized (lock) {
        if (!ended) {
          answering.put(this, call);
        }
      }
    }

    private RecordedCall call(Outcome outcome) {
      return new RecordedCall(
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
    }

    RecordedCall finished(Outcome outcome) {
      RecordedCall call = call(outcome);
      synchronized (lock) {
        calls.put(number, call);
        if (calls.size() > limit) {
          calls.pollFirstEntry();
          dropped++;
        }
        ended = true;
        answering.remove(this);
        lock.notifyAll();
      }
      return call;
    }
  }
}
