package io.github.tracingharness.server.state;

/** The error codes of MLflow with what its server sends beside them. */
public enum ErrorCode {
  /** A parameter is missing or wrong. */
  INVALID_PARAMETER_VALUE(400, "KAM00", "INVALID_PARAMETER_VALUE"),
  /** Wrong in another way. */
  BAD_REQUEST(400, "KAM00", "INVALID_PARAMETER_VALUE"),
  /** The name is taken. */
  RESOURCE_ALREADY_EXISTS(400, "KAM00", "RESOURCE_ALREADY_EXISTS"),
  /** There is no such thing. */
  RESOURCE_DOES_NOT_EXIST(404, "KAM00", "RESOURCE_NOT_FOUND"),
  /** There is no such data. */
  NOT_FOUND(404, "KAM00", "RESOURCE_NOT_FOUND"),
  /** A parameter is wrong, in a case where the real server sends another class than usual. */
  INVALID_ATTACHMENT_PATH(400, "KAM04", "ATTRIBUTE_NOT_FOUND"),
  /** The server was started without this. */
  FEATURE_DISABLED(500, "KAM00", "FEATURE_DISABLED"),
  /** A limit of the fake itself is reached; the real server has no such answer. */
  RESOURCE_EXHAUSTED(507, "53000", "RESOURCE_EXHAUSTED"),
  /** The server stumbled. */
  INTERNAL_ERROR(500, "XXM00", "CLIENT_INTERNAL_ERROR");

  private final int status;
  private final String sqlState;
  private final String errorClass;

  ErrorCode(int status, String sqlState, String errorClass) {
    this.status = status;
    this.sqlState = sqlState;
    this.errorClass = errorClass;
  }

  /**
   * The member {@code error_code} of the error object.
   *
   * @return the code
   */
  public String wireName() {
    return this == INVALID_ATTACHMENT_PATH ? INVALID_PARAMETER_VALUE.name() : name();
  }

  /**
   * The HTTP status.
   *
   * @return the status
   */
  public int status() {
    return status;
  }

  /**
   * The member {@code sqlstate} of the error object.
   *
   * @return five characters
   */
  public String sqlState() {
    return sqlState;
  }

  /**
   * The member {@code error_class} of the error object.
   *
   * @return the class
   */
  public String errorClass() {
    return errorClass;
  }
}
