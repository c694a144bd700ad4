/**
 * The driver protocol EDP/1 from both sides:
 * {@link io.github.tracingharness.conformance.driver.Driver} is the suite's end of a running
 * subject (in this JVM or a process),
 * {@link io.github.tracingharness.conformance.driver.DriverMain} and the service behind it are the
 * subject's end for exporters on the JVM. See {@code docs/driver-protocol.md}.
 */
@NullMarked
package io.github.tracingharness.conformance.driver;

import org.jspecify.annotations.NullMarked;
