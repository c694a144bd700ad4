package io.github.tracingharness.conformance.selftest.otlp;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the exporter says of itself: errors that no caller gets, at a limited rate. */
class Diagnostics {

  private static final Logger LOG = LoggerFactory.getLogger("otlp-model");
  private static final int LINES_AT_ONCE = 20;
  private static final long NANOS_PER_LINE = 1_000_000_000L;

  private final long start = System.nanoTime();
  private long written;

  /** Tells a problem of which the application's code does not learn. */
  void warn(String text) {
    if (mayWrite()) {
      LOG.warn(text);
    }
  }

  private synchronized boolean mayWrite() {
    long allowed = LINES_AT_ONCE + (System.nanoTime() - start) / NANOS_PER_LINE;
    if (written >= allowed) {
      return false;
    }
    written++;
    return true;
  }
}
