package io.github.tracingharness.conformance.engine;

import io.github.tracingharness.conformance.driver.ProcessUsage;
import io.github.tracingharness.conformance.history.HistoryEvent.Measured;
import io.github.tracingharness.conformance.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Measures what a subject's process uses, where that can be seen. */
final class Measurements {

  private static final long SETTLING_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long INTERVAL_MILLIS = 20;

  private final ReadyDriver driver;
  private final Recorder recorder;

  Measurements(ReadyDriver driver, Recorder recorder) {
    this.driver = driver;
    this.recorder = recorder;
  }

  /** Measures once, or again and again until the process is back where it was, or a second over. */
  void take(Step.Measure step) throws InterruptedException {
    Optional<Measured> first = recorder.events().stream()
        .filter(Measured.class::isInstance)
        .map(Measured.class::cast)
        .findFirst();
    Optional<ProcessUsage> usage = driver.usage();
    if (step.settled() && first.isPresent()) {
      long end = System.nanoTime() + SETTLING_NANOS;
      while (usage.isPresent() && isMore(usage.get(), first.get()) && System.nanoTime() < end) {
        pause();
        usage = driver.usage();
      }
    }
    usage.ifPresent(found -> recorder.measured(step.name(), found));
  }

  /** By names, since a runtime may have ended a thread of its own meanwhile. */
  private static boolean isMore(ProcessUsage usage, Measured first) {
    List<String> more = new ArrayList<>(usage.threads());
    first.threads().forEach(more::remove);
    return usage.sockets() > first.sockets() || !more.isEmpty();
  }

  /** Nothing tells when a process gives a thread back, so it is looked at every 20 ms. */
  private static void pause() throws InterruptedException {
    boolean never = new CountDownLatch(1).await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    if (never) {
      throw new IllegalStateException("nobody counts this latch down");
    }
  }
}
