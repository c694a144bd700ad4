package io.github.tracingharness.conformance.cases;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.model.Step;
import java.time.Duration;
import java.util.List;

/** The steps that cases are made of, with their usual time limits. */
final class Steps {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Steps() {}

  /** The application makes these spans. */
  static Step.Emit emit(CaseSpan... spans) {
    return new Step.Emit(list(spans));
  }

  /** That many threads make the whole list so many times each. */
  static Step.Emit emitConcurrently(int threads, int repeat, CaseSpan... spans) {
    ObjectNode body = list(spans);
    body.putObject("concurrency").put("threads", threads).put("repeat", repeat);
    return new Step.Emit(body);
  }

  /** The application makes so many like this one, with the refs {@code <ref>-0} and so on. */
  static Step.Emit emitMany(int count, CaseSpan template) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode gen = body.putObject("gen");
    gen.set("template", template.json());
    gen.put("count", count);
    return new Step.Emit(body);
  }

  /** The exporter gets these spans as one batch. */
  static Step export(CaseSpan... spans) {
    return new Step.Export(list(spans));
  }

  /** The exporter gets one span with an attribute of so many characters. */
  static Step exportPadded(CaseSpan template, int chars) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode gen = body.putObject("gen");
    gen.set("template", template.json());
    gen.put("count", 1);
    gen.putObject("pad").put("key", "pad").put("chars", chars);
    return new Step.Export(body);
  }

  static Step flush(Duration timeout) {
    return new Step.Flush(timeout);
  }

  static Step shutdown(Duration timeout) {
    return new Step.Shutdown(timeout);
  }

  static Step listenAfter(Duration after) {
    return new Step.Listen(after);
  }

  /** Waits for so many requests to the collector, at most so long. */
  static Step awaitTraces(int atLeast, Duration limit) {
    return new Step.AwaitRequests("OTLP_TRACES", atLeast, limit);
  }

  static Step flush() {
    return new Step.Flush(PATIENCE);
  }

  static Step shutdown() {
    return new Step.Shutdown(PATIENCE);
  }

  static Step observe() {
    return new Step.Observe(List.of("trace.last_active"));
  }

  static Step stats() {
    return new Step.Stats();
  }

  static Step exit(String how) {
    return new Step.Exit(how);
  }

  /** That many threads flush and shut down at once. */
  static Step race(int threads) {
    return new Step.Race(threads, List.of("flush", "shutdown"), PATIENCE);
  }

  /** A child process makes these spans, flushes and ends. */
  static Step fork(CaseSpan... spans) {
    return new Step.Fork(list(spans), PATIENCE);
  }

  static Step terminate() {
    return new Step.Terminate();
  }

  static Step measure(String name) {
    return new Step.Measure(name, false);
  }

  /** Measures when the subject is back where it was at the first measurement, or after a second. */
  static Step measureSettled(String name) {
    return new Step.Measure(name, true);
  }

  static Step release(String hold) {
    return new Step.Release(hold);
  }

  static Step await(String endpoint, int atLeast) {
    return new Step.AwaitRequests(endpoint, atLeast, Duration.ofSeconds(3));
  }

  private static ObjectNode list(CaseSpan... spans) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode array = body.putArray("spans");
    for (CaseSpan span : spans) {
      array.add(span.json());
    }
    return body;
  }
}
