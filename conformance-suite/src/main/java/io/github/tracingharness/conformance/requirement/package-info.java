/**
 * The registry of requirements: what is asked of an exporter, how strongly, and by whom.
 *
 * <p>Requirements are data ({@code requirements/*.yaml} on the class path). Each is tested by a
 * case, untested with a reason, or excluded with a reason; nothing is left out silently. The level
 * is the source's, not the reviewer's.
 */
@NullMarked
package io.github.tracingharness.conformance.requirement;

import org.jspecify.annotations.NullMarked;
