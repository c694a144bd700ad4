/**
 * A case as a value: what the server is told, what the subject is told, and the checks over what
 * was then seen.
 *
 * <p>Cases are written in Java with
 * {@link io.github.tracingharness.conformance.model.ConformanceCase#conformanceCase}, grouped by
 * family, and collected in {@link io.github.tracingharness.conformance.model.CaseRegistry}. A case
 * that has a negative check ("no", "at most", "never") has a positive control as well; the builder
 * refuses it otherwise.
 */
@NullMarked
package io.github.tracingharness.conformance.model;

import org.jspecify.annotations.NullMarked;
