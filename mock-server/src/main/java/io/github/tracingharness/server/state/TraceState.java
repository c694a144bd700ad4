package io.github.tracingharness.server.state;

/** The state of a trace, in the order of its protobuf numbers. */
public enum TraceState {
  /** Nobody said. */
  STATE_UNSPECIFIED,
  /** Ended well. */
  OK,
  /** Ended badly. */
  ERROR,
  /** Not ended. */
  IN_PROGRESS;

  boolean isFinal() {
    return this == OK || this == ERROR;
  }
}
