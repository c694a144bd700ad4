package io.github.tracingharness.core.trace;

/** State of a trace as a whole. */
public enum TraceState {
  /** The traced operation succeeded. */
  OK,
  /** The traced operation failed. */
  ERROR,
  /** The root span is still open. */
  IN_PROGRESS
}
