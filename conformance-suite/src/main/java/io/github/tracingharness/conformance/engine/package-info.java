/**
 * Plan, drive, record: from a selection of cases and a subject to histories.
 *
 * <p>{@link io.github.tracingharness.conformance.engine.SuiteRun} plans, hands each case to a
 * {@code CaseRunner} on a driver from the {@code DriverPool}, lets the judge look at the history,
 * repeats what failed, and tells a listener. No assertion is made here, and nothing here knows
 * JUnit. A driver that hangs or dies costs one case.
 */
@NullMarked
package io.github.tracingharness.conformance.engine;

import org.jspecify.annotations.NullMarked;
