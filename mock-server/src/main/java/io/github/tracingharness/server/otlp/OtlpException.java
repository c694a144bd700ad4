package io.github.tracingharness.server.otlp;

/**
 * A body that the real server refuses.
 *
 * @since 0.1.0
 */
public final class OtlpException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  OtlpException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  OtlpException(String message) {
    this(400, message);
  }

  /**
   * The HTTP status of the refusal.
   *
   * @return 400, or 500 where the real server crashes
   */
  public int status() {
    return status;
  }
}
