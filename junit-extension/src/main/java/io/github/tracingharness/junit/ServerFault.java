package io.github.tracingharness.junit;

import io.github.tracingharness.server.Endpoint;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the fake server does to calls before it answers really, for {@link TracingConfig#faults}.
 * Several faults on one endpoint are played in their order. A test that needs more writes a script
 * with {@link io.github.tracingharness.server.TrackingSpace#on}, which replaces these.
 *
 * <pre>{@code
 * @TracingConfig(faults = @ServerFault(on = Endpoint.START_TRACE, status = 503, times = 2))
 * }</pre>
 *
 * @since 0.1.0
 */
@Target({})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ServerFault {

  /** What happens to a call. */
  enum Kind {
    /** It is answered with {@link ServerFault#status} and not handled. */
    STATUS,
    /** Its connection is reset before the first byte of an answer, and it is not handled. */
    RESET,
    /** Its connection is closed before the first byte of an answer, and it is not handled. */
    CLOSE,
    /** It is handled, but its connection is reset instead of an answer. */
    ANSWER_LOST,
    /** It is handled and answered without a body. */
    EMPTY_BODY,
    /** It is handled and answered with half of the body. */
    MALFORMED_BODY
  }

  /** Returns the endpoint whose calls are meant. */
  Endpoint on();

  /** Returns what happens to a call; default {@link Kind#STATUS}. */
  Kind kind() default Kind.STATUS;

  /** Returns the status of {@link Kind#STATUS}, 200 to 599; default 503. */
  int status() default 503;

  /** Returns for how many calls; 0 for all, then no other fault may follow; default 1. */
  int times() default 1;
}
