package io.github.tracingharness.conformance.engine;

import io.github.tracingharness.conformance.model.CaseServer;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.HeldAnswer;
import io.github.tracingharness.server.TrackingSpace;
import io.github.tracingharness.server.collector.CollectorAnswer;
import io.github.tracingharness.server.collector.OtlpCollector;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The server of one run of a case, scripted as the case wants, with the answers that it holds: a
 * URL space of the tracking server, or a collector.
 */
final class ScriptedServer implements CaseServer {

  /**
   * Held answers are let go after 4 seconds, so that a caller that waits for one is seen and not
   * killed.
   */
  static final Duration LIMIT = Duration.ofSeconds(4);

  private final @Nullable TrackingSpace space;
  private final @Nullable OtlpCollector collector;
  private final Recorder recorder;
  private final ScheduledExecutorService timer;
  private final Map<String, Hold> holds = new LinkedHashMap<>();
  private final List<Future<?>> timed = new ArrayList<>();

  /** A hold of an endpoint of the tracking server, or of the collector. */
  private record Hold(@Nullable Endpoint endpoint, HeldAnswer answer) {}

  private ScriptedServer(
      @Nullable TrackingSpace space,
      @Nullable OtlpCollector collector,
      Recorder recorder,
      ScheduledExecutorService timer) {
    this.space = space;
    this.collector = collector;
    this.recorder = recorder;
    this.timer = timer;
  }

  static ScriptedServer of(TrackingSpace space, Recorder recorder, ScheduledExecutorService timer) {
    return new ScriptedServer(space, null, recorder, timer);
  }

  static ScriptedServer of(
      OtlpCollector collector, Recorder recorder, ScheduledExecutorService timer) {
    return new ScriptedServer(null, collector, recorder, timer);
  }

  @Override
  public TrackingSpace space() {
    if (space == null) {
      throw new IllegalStateException("a case with an OTLP destination has a collector only");
    }
    return space;
  }

  @Override
  public OtlpCollector collector() {
    if (collector == null) {
      throw new IllegalStateException("only a case with an OTLP destination has a collector");
    }
    return collector;
  }

  @Override
  public synchronized void hold(String name, String endpointName) {
    Endpoint endpoint = Endpoint.valueOf(endpointName);
    hold(name, new Hold(endpoint, space().on(endpoint).hold()));
  }

  @Override
  public synchronized CollectorAnswer held(String name, CollectorAnswer answer) {
    HeldAnswer gate = Fault.hold();
    hold(name, new Hold(null, gate));
    return CollectorAnswer.held(gate, answer);
  }

  private void hold(String name, Hold hold) {
    holds.put(name, hold);
    timed.add(
        timer.schedule(() -> release(name, "limit"), LIMIT.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Lets the answers of a hold go, if it still holds them. */
  synchronized void release(String name, String reason) {
    @Nullable Hold hold = holds.remove(name);
    if (hold != null) {
      recorder.released(name, reason);
      hold.answer().release();
    }
  }

  /** Lets the collector's port accept connections after that time, or at once. */
  synchronized void listenAfter(Duration delay) {
    if (delay.isZero()) {
      listen();
    } else {
      timed.add(timer.schedule(this::listen, delay.toMillis(), TimeUnit.MILLISECONDS));
    }
  }

  private void listen() {
    try {
      collector().listen();
      recorder.listening();
    } catch (IOException e) {
      recorder.fault("the collector's port could not be listened on: " + e.getMessage());
    }
  }

  /** Lets everything go at the end of the case. */
  synchronized void releaseAll(String reason) {
    timed.forEach(task -> task.cancel(false));
    for (String name : holds.keySet().toArray(String[]::new)) {
      release(name, reason);
    }
  }

  /**
   * Waits until so many requests have arrived where they are held, or are answered elsewhere, or
   * the time is over. At a collector they need not be answered.
   */
  void awaitRequests(String endpointName, int atLeast, Duration limit) throws InterruptedException {
    try {
      if (collector != null) {
        collector.awaitCalls(atLeast, limit);
        return;
      }
      Endpoint endpoint = Endpoint.valueOf(endpointName);
      @Nullable HeldAnswer held = heldAt(endpoint);
      if (held != null) {
        held.awaitArrival(atLeast, limit);
      } else {
        space().awaitCalls(endpoint, atLeast, limit);
      }
    } catch (AssertionError tooFew) {
      // The checks say so, with more evidence.
    }
  }

  private synchronized @Nullable HeldAnswer heldAt(Endpoint endpoint) {
    return holds.values().stream()
        .filter(hold -> hold.endpoint() == endpoint)
        .map(Hold::answer)
        .findFirst()
        .orElse(null);
  }
}
