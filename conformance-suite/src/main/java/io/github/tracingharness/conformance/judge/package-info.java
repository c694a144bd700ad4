/**
 * Judging: from a case and the history of one of its runs to a verdict, without side effects.
 *
 * <p>Each check is judged on its own; the worst decides. Deaths, hangs and protocol errors of the
 * driver fail the one case; faults of the harness make no claim. Expectations are applied
 * afterwards and never hide anything.
 */
@NullMarked
package io.github.tracingharness.conformance.judge;

import org.jspecify.annotations.NullMarked;
