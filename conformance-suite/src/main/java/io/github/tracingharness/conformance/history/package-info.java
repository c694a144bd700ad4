/**
 * What was seen while a case ran: the only thing a verdict is made from.
 *
 * <p>A {@link io.github.tracingharness.conformance.history.CaseHistory} is a list of immutable
 * events with monotonic times: commands and answers of the driver, requests that the fake server
 * took, log lines, process events. It is written to {@code run.ndjson} and read back without loss,
 * so judging a saved run gives the verdicts of the live one. Secrets are replaced by their digest
 * before an event is made. Nothing in this package asserts anything.
 */
@NullMarked
package io.github.tracingharness.conformance.history;

import org.jspecify.annotations.NullMarked;
