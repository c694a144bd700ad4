package io.github.tracingharness.conformance.judge;

import io.github.tracingharness.conformance.requirement.Level;

/**
 * The verdict of one check.
 *
 * @param id id of the check in its case
 * @param verdict PASS, FAIL, WARN, UNSUPPORTED (not observable) or INCONCLUSIVE (not judged)
 * @param level level of the requirement
 * @param requirement key of the requirement
 * @param message what was expected and found
 */
public record CheckVerdict(
    String id, Verdict verdict, Level level, String requirement, String message) {}
