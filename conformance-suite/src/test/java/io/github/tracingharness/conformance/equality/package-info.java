/**
 * Compares what the reference sends with what the MLflow Python SDK sends, scenario by scenario.
 *
 * <p>Both trace the same to fake servers of their own. Their requests are brought to a form without
 * ids, times, versions and facts of the host, and compared as trees. Each difference must be a row
 * of {@code docs/differences.md}, and each row a difference.
 */
@NullMarked
package io.github.tracingharness.conformance.equality;

import org.jspecify.annotations.NullMarked;
