/**
 * AssertJ assertions on what the server has stored.
 *
 * <p>{@link io.github.tracingharness.junit.assertions.TracingAssertions} is the entry and brings
 * AssertJ's own {@code assertThat} along. The types are open: not final, with a {@code SELF} type
 * and a public constructor, so that
 * {@link io.github.tracingharness.junit.assertions.TracingSoftAssertions} can collect failures and
 * users can add their own.
 *
 * <p>A failure says what was expected, what is there, the nearest candidate, and shows the trace as
 * a tree. Order never matters unless a method says so. Values of inputs, outputs and attributes are
 * compared as JSON trees, not as text.
 */
@NullMarked
package io.github.tracingharness.junit.assertions;

import org.jspecify.annotations.NullMarked;
