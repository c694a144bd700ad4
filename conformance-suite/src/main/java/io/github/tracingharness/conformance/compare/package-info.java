/**
 * Results of several subjects beside each other: the matrix, and what each violates.
 *
 * <p>Reads {@code report.json} files and knows nothing of how they came about. A result that is
 * kept in the repository is a lean form of that file
 * ({@link io.github.tracingharness.conformance.compare.ResultFile}), in which stands everything
 * that the pages need, so that a page changes only when a result does. Called by the command alone.
 */
@NullMarked
package io.github.tracingharness.conformance.compare;

import org.jspecify.annotations.NullMarked;
