/**
 * Checks: pure functions from a recorded history to met or not met, with a sentence that says what
 * was expected and what was found. A small vocabulary that cases are written in; a check sees no
 * server, no clock and no driver.
 */
@NullMarked
package io.github.tracingharness.conformance.check;

import org.jspecify.annotations.NullMarked;
