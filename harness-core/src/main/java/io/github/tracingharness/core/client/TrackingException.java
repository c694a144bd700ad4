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

  private static final int NOT_FOUND = 404;

  private final int status;
  private final String errorCode;
  private final String advice;

  private TrackingException(
      String message, int status, String errorCode, String advice, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.errorCode = errorCode;
    this.advice = advice;
  }

  /** Returns the failure of a request that got no usable answer. */
  static TrackingException noAnswer(String message, @Nullable Throwable cause) {
    return new TrackingException(message, NO_ANSWER, "", "", cause);
  }

  /** Returns the failure of a request that was answered. */
  static TrackingException answered(int status, String message) {
    return answered(status, "", message, "");
  }

  /** Returns the failure of a request that was answered with an error code of MLflow. */
  static TrackingException answered(int status, String errorCode, String message, String advice) {
    return new TrackingException(message, status, errorCode, advice, null);
  }

  /**
   * Tells whether the server did not accept the credentials; the status alone decides, not the
   * text.
   */
  public boolean isAuthentication() {
    return status == UNAUTHORIZED || status == FORBIDDEN;
  }

  /**
   * Tells whether the server knows who asks and does not allow it, unlike a 401, which says that it
   * does not know.
   */
  public boolean isForbidden() {
    return status == FORBIDDEN;
  }

  /** Returns what can be done about it, a sentence; empty if there is nothing to say. */
  public String advice() {
    return advice;
  }

  /** Tells whether the server said that what was asked for does not exist. */
  public boolean isNotFound() {
    return isMissingResource() || (status == NOT_FOUND && errorCode.isEmpty());
  }

  /** Tells whether the server said so by its error code, unlike a 404 that may be anybody's. */
  boolean isMissingResource() {
    return errorCode.equals("RESOURCE_DOES_NOT_EXIST") || errorCode.equals("NOT_FOUND");
  }

  /** Tells whether the server said that what was to be created exists already. */
  boolean isAlreadyThere() {
    return errorCode.equals("RESOURCE_ALREADY_EXISTS");
  }

  /** Tells whether the server said that it does not have this function. */
  public boolean isNotImplemented() {
    return status == NOT_IMPLEMENTED;
  }
}
