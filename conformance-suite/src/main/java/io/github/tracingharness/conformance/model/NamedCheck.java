package io.github.tracingharness.conformance.model;

import io.github.tracingharness.conformance.check.Check;

/**
 * A check with the id by which expectations and mutants name it.
 *
 * @param id short, unique in its case, such as {@code one-start}
 * @param requirement key of the requirement that it tests
 * @param control whether it is a positive control: unmet, nothing was observed and no other check
 *     is judged
 * @param check the judgement
 */
public record NamedCheck(String id, String requirement, boolean control, Check check) {}
