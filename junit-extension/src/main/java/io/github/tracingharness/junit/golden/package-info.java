/**
 * Golden traces: a trace is written once in a normalised, readable form, and compared with it from
 * then on.
 *
 * <p>The form leaves out whatever differs between two runs of the same code: ids, times, sizes, the
 * order of siblings, stack traces, and what tells the machine or the user. The files belong to the
 * sources of the tests; nothing here knows JUnit or AssertJ.
 */
@NullMarked
package io.github.tracingharness.junit.golden;

import org.jspecify.annotations.NullMarked;
