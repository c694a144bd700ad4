package io.github.tracingharness.conformance.subject;

/** Exceptions whose simple class names a case can ask for. */
final class Raised {

  private Raised() {}

  /**
   * Returns an exception of that simple name.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static Throwable of(SpanSpec.Raised raised) {
    return switch (raised.type()) {
      case "ValueError" -> new ValueError(raised.message());
      case "RuntimeError" -> new RuntimeError(raised.message());
      case "KeyError" -> new KeyError(raised.message());
      case "KeyboardInterrupt" -> new KeyboardInterrupt(raised.message());
      case "SystemExit" -> new SystemExit(raised.message());
      default ->
        throw new IllegalArgumentException(
            "raise.type must be ValueError, RuntimeError, KeyError, KeyboardInterrupt or SystemExit, not "
                + raised.type());
    };
  }

  private static final class ValueError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ValueError(String message) {
      super(message);
    }
  }

  private static final class RuntimeError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RuntimeError(String message) {
      super(message);
    }
  }

  private static final class KeyError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyError(String message) {
      super(message);
    }
  }

  /** No exception but an error, as what it stands for is none either. */
  private static final class KeyboardInterrupt extends Error {
    private static final long serialVersionUID = 1L;

    KeyboardInterrupt(String message) {
      super(message);
    }
  }

  private static final class SystemExit extends Error {
    private static final long serialVersionUID = 1L;

    SystemExit(String message) {
      super(message);
    }
  }
}
