package io.github.tracingharness.conformance.driver;

/** The driver is dead: it was silent for too long, ended, or broke the protocol. */
public final class DriverException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Kind {
    DEADLINE,
    CRASHED,
    PROTOCOL
  }

  private final Kind kind;

  DriverException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Returns what went wrong. */
  public Kind kind() {
    return kind;
  }
}
