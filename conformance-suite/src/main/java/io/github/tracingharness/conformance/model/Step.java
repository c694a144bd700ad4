package io.github.tracingharness.conformance.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** One thing that is done while a case runs. */
public sealed interface Step {

  /**
   * Tells the subject to make spans.
   *
   * @param body members of the {@code emit} command: {@code spans} or {@code gen}, and
   *     {@code concurrency}
   */
  record Emit(ObjectNode body) implements Step {}

  /**
   * Hands finished spans to the exporter as one batch, and waits for what it says.
   *
   * @param body members of the {@code export} command: {@code spans} or {@code gen}
   */
  record Export(ObjectNode body) implements Step {}

  /** Tells the subject to flush. */
  record Flush(Duration timeout) implements Step {}

  /** Tells the subject to shut down. */
  record Shutdown(Duration timeout) implements Step {}

  /** Asks the subject for what it knows, such as {@code trace.last_active}. */
  record Observe(List<String> what) implements Step {}

  /** Asks the subject for its counts. */
  record Stats() implements Step {}

  /**
   * Lets the application end: {@code return}, {@code exit0} or {@code throw}. The process's end is
   * awaited.
   */
  record Exit(String how) implements Step {}

  /**
   * Lets the collector's port, which refused connections until now, accept them after that time;
   * the next steps do not wait for it.
   */
  record Listen(Duration after) implements Step {}

  /**
   * Lets several threads of the application flush and shut down at once.
   *
   * @param ops {@code flush} and {@code shutdown}; thread n calls the n-th of them, and begins anew
   *     after the last
   */
  record Race(int threads, List<String> ops, Duration timeout) implements Step {}

  /**
   * Lets the application fork; the child makes spans, flushes and ends.
   *
   * @param body members of the {@code fork} command: {@code spans}
   */
  record Fork(ObjectNode body, Duration timeout) implements Step {}

  /** Sends SIGTERM to the subject's process and awaits its end. */
  record Terminate() implements Step {}

  /**
   * Writes down what the subject's process uses, where that can be seen: threads, sockets and
   * memory.
   *
   * @param name name of the measurement in the case
   * @param settled whether the subject gets a second to come down to the first measurement
   */
  record Measure(String name, boolean settled) implements Step {}

  /** Lets held answers go. */
  record Release(String hold) implements Step {}

  /**
   * Waits until the server has taken so many requests, or until the time is over; says nothing
   * about either.
   */
  record AwaitRequests(String endpoint, int atLeast, Duration limit) implements Step {}
}
