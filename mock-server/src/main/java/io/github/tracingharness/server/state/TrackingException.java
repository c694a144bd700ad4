package io.github.tracingharness.server.state;

/** A refusal with the code and the text of the real server. */
public final class TrackingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /**
   * Makes a refusal.
   *
   * @param code the error code
   * @param message the text of the real server
   */
  public TrackingException(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /**
   * A wrong parameter.
   *
   * @param message the text of the real server
   * @return the refusal
   */
  public static TrackingException invalid(String message) {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, message);
  }

  /**
   * A thing that does not exist.
   *
   * @param message the text of the real server
   * @return the refusal
   */
  public static TrackingException absent(String message) {
    return new TrackingException(ErrorCode.RESOURCE_DOES_NOT_EXIST, message);
  }

  /**
   * An internal error of the real server.
   *
   * @param message the text of the real server
   * @return the refusal
   */
  public static TrackingException internal(String message) {
    return new TrackingException(ErrorCode.INTERNAL_ERROR, message);
  }

  /**
   * The error code.
   *
   * @return the code
   */
  public ErrorCode code() {
    return code;
  }

  /** The text of the real server. */
  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }
}
