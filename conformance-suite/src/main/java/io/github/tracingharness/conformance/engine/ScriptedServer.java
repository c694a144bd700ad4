package io.github.tracingharness.conformance.engine;

import io.github.tracingharness.conformance.model.CaseServer;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.HeldAnswer;
import io.github.tracingharness.server.TrackingSpace;
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
 * The URL space of one run of a case, scripted as the case wants, with the answers that it holds.
 */
final class ScriptedServer implements CaseServer {

  /**
   * Held answers are let go after 4 seconds, so that a caller that waits for one is seen and not
   * killed.
   */
  static final Duration LIMIT = Duration.ofSeconds(4);

  private final TrackingSpace space;
  private final Recorder recorder;
  private final ScheduledExecutorService timer;
  private final Map<String, Hold> holds = new LinkedHashMap<>();

  private final List<Future<?>> limits = new ArrayList<>();

  private record Hold(Endpoint endpoint, HeldAnswer answer) {}

  ScriptedServer(TrackingSpace space, Recorder recorder, ScheduledExecutorService timer) {
    this.space = space;
    this.recorder = recorder;
    this.timer = timer;
  }

  @Override
  public TrackingSpace space() {
    return space;
  }

  @Override
  public synchronized void hold(String name, String endpointName) {
    Endpoint endpoint = Endpoint.valueOf(endpointName);
    holds.put(name, new Hold(endpoint, space.on(endpoint).hold()));
    limits.add(
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

  /** Lets everything go at the end of the case. */
  synchronized void releaseAll(String reason) {
    limits.forEach(limit -> limit.cancel(false));
    for (String name : holds.keySet().toArray(String[]::new)) {
      release(name, reason);
    }
  }

  /**
   * Waits until so many requests have arrived where they are held, or are answered elsewhere, or
   * the time is over.
   */
  void awaitRequests(String endpointName, int atLeast, Duration limit) throws InterruptedException {
    Endpoint endpoint = Endpoint.valueOf(endpointName);
    @Nullable HeldAnswer held = heldAt(endpoint);
    if (held != null) {
      held.awaitArrival(atLeast, limit);
      return;
    }
    try {
      space.awaitCalls(endpoint, atLeast, limit);
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
