/**
 * What an exporter on the JVM implements so that the suite can drive it:
 * {@link io.github.tracingharness.conformance.subject.ExporterSubject}, about 30 lines around an
 * SDK.
 *
 * <p>The same subject runs inside the suite's JVM and, through
 * {@link io.github.tracingharness.conformance.driver.DriverMain}, as a process of its own. The
 * reference lives here too.
 */
@NullMarked
package io.github.tracingharness.conformance.subject;

import org.jspecify.annotations.NullMarked;
