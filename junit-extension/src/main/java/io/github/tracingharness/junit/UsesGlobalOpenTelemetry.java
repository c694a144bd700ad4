package io.github.tracingharness.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Makes the pipeline of each test the global OpenTelemetry while the test runs, for code that takes
 * its tracer from {@code GlobalOpenTelemetry}. What was global before is so again afterwards.
 *
 * <p>Such tests never run at the same time as each other, nor as any test that locks
 * {@value #RESOURCE}. All other tests of {@link TracingHarness} leave the global alone. May be used
 * as a meta-annotation.
 *
 * @since 0.1.0
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ResourceLock(UsesGlobalOpenTelemetry.RESOURCE)
public @interface UsesGlobalOpenTelemetry {

  /** Key of JUnit's resource lock. */
  String RESOURCE = "io.opentelemetry.api.GlobalOpenTelemetry";
}
