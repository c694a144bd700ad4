/**
 * What counts: frozen sets, and exclusions.
 *
 * <p>A set that is frozen has a file {@code sets/NAME.lock} on the class path: the requirements
 * that it had, each with a digest of what it said, and its cases. A case that came later is run and
 * shown but does not count, so that a newer suite never turns an exporter red without warning. A
 * case or requirement that is disputed with reason is taken out by an entry in
 * {@code exclusions.yaml}. Applied between judge and report, as expectations are.
 */
@NullMarked
package io.github.tracingharness.conformance.scoring;

import org.jspecify.annotations.NullMarked;
