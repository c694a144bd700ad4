package io.github.tracingharness.conformance.compare;

import io.github.tracingharness.conformance.requirement.Level;

/**
 * A requirement as it read when a run was judged.
 *
 * @param key key of the requirement
 * @param level how strongly it binds
 * @param text the statement
 * @param source where it comes from
 */
record Statement(String key, Level level, String text, String source) {}
