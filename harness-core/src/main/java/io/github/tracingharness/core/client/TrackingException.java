package io.github.tracingharness.core.client;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A request to the tracking server that failed for good. The message is one sentence without any
 * secret.
 */
public final class TrackingException extends Exception {

  @Serial
  private static final long serialVersionUID = 1L;

  private static final int NO_ANSWER = 0;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_IMPLEMENTED = 501;

  private final int status;

  private TrackingException(String message, int status, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** Returns the failure of a request that got no usable answer. */
  static TrackingException noAnswer(String message, @Nullable Throwable cause) {
    return new TrackingException(message, NO_ANSWER, cause);
  }

  /** Returns the failure of a request that was answered. */
  static TrackingException answered(int status, String message) {
    return new TrackingException(message, status, null);
  }

  /**
   * Tells whether the server did not accept the credentials; the status alone decides, not the
   * text.
   */
  public boolean isAuthentication() {
    return status == UNAUTHORIZED || status == FORBIDDEN;
  }

  /** Tells whether the server said that it does not have this function. */
  public boolean isNotImplemented() {
    return status == NOT_IMPLEMENTED;
  }
}
