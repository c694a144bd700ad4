/**
 * {@code ./harness driver check}: tells the author of a driver whether it keeps to EDP/1, before
 * any case is run. {@link io.github.tracingharness.conformance.drivercheck.DriverCheck} holds short
 * conversations with it, each in a process of its own, and says for each line whether the driver or
 * the exporter behind it is at fault. No verdict on conformance is made here.
 */
@NullMarked
package io.github.tracingharness.conformance.drivercheck;

import org.jspecify.annotations.NullMarked;
