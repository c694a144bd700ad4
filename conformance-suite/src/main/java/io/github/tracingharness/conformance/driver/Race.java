package io.github.tracingharness.conformance.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.subject.ExporterSubject.Outcome;
import io.github.tracingharness.conformance.subject.ExporterSubject.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/** Several threads that flush and shut down one session at once. */
final class Race {

  private final Session session;
  private final Duration timeout;
  private final CyclicBarrier start;
  private final List<String> results = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  private Race(Session session, Duration timeout, int threads) {
    this.session = session;
    this.timeout = timeout;
    this.start = new CyclicBarrier(threads);
  }

  /** Runs the command {@code race} and returns what the calls told. */
  static ObjectNode run(Session session, JsonNode command) {
    int threads = command.path("threads").asInt(2);
    Duration timeout = Duration.ofMillis(command.path("timeout_ms").asLong(5_000));
    return new Race(session, timeout, threads).run(threads, command.path("ops"));
  }

  private ObjectNode run(int threads, JsonNode ops) {
    List<Thread> runners = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      String op = ops.path(i % ops.size()).asText();
      runners.add(new Thread(() -> call(op), "race-" + i));
    }
    runners.forEach(Thread::start);
    try {
      for (Thread runner : runners) {
        runner.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ObjectNode ok = JsonNodeFactory.instance.objectNode();
    synchronized (results) {
      results.forEach(ok.putArray("results")::add);
      errors.forEach(ok.putArray("errors")::add);
    }
    return ok;
  }

  private void call(String op) {
    try {
      start.await();
      Outcome outcome = op.equals("flush") ? session.flush(timeout) : session.shutdown(timeout);
      note(results, outcome.name().toLowerCase(Locale.ROOT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      note(errors, op + " was interrupted");
    } catch (BrokenBarrierException | RuntimeException | LinkageError e) {
      note(errors, op + ": " + e);
    }
  }

  private void note(List<String> list, String text) {
    synchronized (results) {
      list.add(text);
    }
  }
}
