package io.github.tracingharness.core.trace;

/** How a span ended. */
public enum SpanStatusCode {
  /** Nothing was said; native OpenTelemetry spans end so by default. */
  UNSET(0),
  /** The operation succeeded; MLflow spans end so by default. */
  OK(1),
  /** The operation failed. */
  ERROR(2);

  private final int number;

  SpanStatusCode(int number) {
    this.number = number;
  }

  /** Returns the number of the code in OTLP. */
  public int number() {
    return number;
  }

  /** Returns the name in MLflow's JSON, for example {@code STATUS_CODE_OK}. */
  public String wireName() {
    return "STATUS_CODE_" + name();
  }
}
