package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.CallScope;
import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.client.SpanLoggingSupport;
import io.github.tracingharness.core.client.TrackingClient;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the server takes spans through OTLP. Asked once if the server answers; a failed
 * question is asked again, at growing intervals, and never by two threads at once.
 */
final class SpanLogging {

  private static final Logger logger = LoggerFactory.getLogger(SpanLogging.class);
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);
  private static final Duration ABSENT_INTERVAL = Duration.ofMinutes(10);

  private final ReentrantLock lock = new ReentrantLock();
  private final TrackingClient client;
  private volatile boolean supported;
  private volatile boolean refused;
  private int failures;
  private Deadline nextProbe = Deadline.now();

  SpanLogging(TrackingClient client) {
    this.client = client;
  }

  /**
   * Tells whether spans may be sent now; asks the server if that is not known and it is time to.
   */
  boolean isSupported(CallScope scope) {
    if (supported || refused) {
      return supported && !refused;
    }
    lock.lock();
    try {
      if (!supported && !refused && nextProbe.passed()) {
        take(client.probeSpanLogging(scope));
      }
      return supported && !refused;
    } finally {
      lock.unlock();
    }
  }

  /** Remembers that the server has no store for spans; they are never sent again. */
  void refuse() {
    if (!refused) {
      refused = true;
      logger.info("The tracking server takes no spans through OTLP; traces are uploaded instead");
    }
  }

  private void take(SpanLoggingSupport answer) {
    switch (answer) {
      case YES -> supported = true;
      case NO -> refused = true;
      case ABSENT -> nextProbe = Deadline.after(ABSENT_INTERVAL);
      case UNKNOWN -> {
        nextProbe = Deadline.after(interval(failures));
        failures++;
        logger.debug("GET /version failed {} times; traces are uploaded meanwhile", failures);
      }
    }
  }

  /**
   * The first failure may have hit a server that is just starting, so the next trace asks again at
   * once.
   */
  private static Duration interval(int failuresBefore) {
    if (failuresBefore == 0) {
      return Duration.ZERO;
    }
    Duration doubled = Duration.ofSeconds(1L << Math.min(failuresBefore - 1, 10));
    return doubled.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : doubled;
  }
}
