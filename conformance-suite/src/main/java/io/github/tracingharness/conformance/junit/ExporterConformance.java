package io.github.tracingharness.conformance.junit;

import io.github.tracingharness.conformance.subject.ExporterSubject;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectUris;
import org.junit.platform.suite.api.Suite;

/**
 * A test class whose tests are the cases of the suite, judged for one exporter of the JVM:
 *
 * <pre>{@code
 * @ExporterConformance(subject = MySubject.class, sets = "mlflow-3.17")
 * class MyConformanceTest {}
 * }</pre>
 *
 * <p>Needs {@code junit-platform-suite} on the test class path. Reports of the suite are written to
 * {@code target/conformance/} and the name of the class. A case that the exporter cannot be asked
 * is a skipped test; a SHOULD that is not met passes, and stands in the reports.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Suite
@SelectUris(ConformanceEngine.SELECTOR)
@IncludeEngines(ConformanceEngine.ID)
public @interface ExporterConformance {

  /** The exporter; needs a constructor without parameters. */
  Class<? extends ExporterSubject> subject();

  /** Sets of requirements, such as {@code mlflow-3.17}; all when there is none. */
  String[] sets() default {};

  /** Globs of ids or families, such as {@code MLF-RETRY-*}; all when there is none. */
  String[] cases() default {};

  /** File of known failures, from the directory of the build; none when empty. */
  String expectations() default "";
}
