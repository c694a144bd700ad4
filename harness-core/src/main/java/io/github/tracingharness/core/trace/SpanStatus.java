package io.github.tracingharness.core.trace;

import java.util.Objects;

/**
 * Status of a span.
 *
 * @param code how the span ended
 * @param message what went wrong; empty unless the code is {@link SpanStatusCode#ERROR}
 */
public record SpanStatus(SpanStatusCode code, String message) {

  /** Status of which nothing was said. */
  public static final SpanStatus UNSET = new SpanStatus(SpanStatusCode.UNSET, "");

  /** Status of success. */
  public static final SpanStatus OK = new SpanStatus(SpanStatusCode.OK, "");

  /** Checks that both parts are there. */
  public SpanStatus {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
  }

  /** Returns the status of a failure with its text. */
  public static SpanStatus error(String message) {
    return new SpanStatus(SpanStatusCode.ERROR, message);
  }
}
