package io.github.tracingharness.conformance.selftest.otlp;

/** When batches leave, and what a caller learns. Mutants override single methods. */
class PipelineRules {

  /** Spans that are not sampled are not exported. */
  boolean exports(boolean sampled) {
    return sampled;
  }

  /** A full queue takes no more. */
  boolean hasRoom(int queued, int maxQueue) {
    return queued < maxQueue;
  }

  /** The application's thread never waits for room. */
  boolean waitsForRoom() {
    return false;
  }

  /** A full batch does not wait for the delay. */
  boolean isFull(int queued, int maxBatch) {
    return queued >= maxBatch;
  }

  /** A batch has no more spans than it may. */
  int batchSize(int queued, int maxBatch) {
    return Math.min(queued, maxBatch);
  }

  /** A batch that is not full leaves when the delay is over. */
  long delayMillis(long configured) {
    return configured;
  }

  /** A running export is limited. */
  Deadline exportLimit(long timeoutMillis) {
    return timeoutMillis == 0 ? Deadline.NONE : Deadline.in(timeoutMillis);
  }

  /** A flush is over when what had ended before it is exported, in flight or not. */
  long flushTarget(long added, long handedOut) {
    return added;
  }

  /** A flush makes what is queued leave at once. */
  boolean flushesEarly() {
    return true;
  }

  /** A flush waits no longer than it may. */
  Deadline flushLimit(long timeoutMillis) {
    return Deadline.in(timeoutMillis);
  }

  /** A flush exports by the one thread that exports, so that no two exports run at a time. */
  boolean flushExportsItself() {
    return false;
  }

  /** A batch that failed is gone; trying again is the exporter's business. */
  boolean putsBack(ExportResult result) {
    return false;
  }

  /** Shutdown has the effects of a flush. */
  boolean shutdownFlushes() {
    return true;
  }

  /** Spans that end after the shutdown are ignored. */
  boolean takesSpansAfterShutdown() {
    return false;
  }

  /** A shutdown is over when all that had ended is exported. */
  long shutdownTarget(long added) {
    return added;
  }

  /** What comes after the shutdown is no error of the application's. */
  void late() {}

  /** A failed export is told. */
  void failed(String text, Diagnostics log) {
    log.warn(text);
  }

  /** After its shutdown the exporter sends nothing. */
  boolean exportsAfterShutdown() {
    return false;
  }

  /** The caller learns what came of its export. */
  ExportResult told(ExportResult result) {
    return result;
  }
}
