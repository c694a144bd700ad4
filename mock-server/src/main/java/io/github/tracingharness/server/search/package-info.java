/**
 * Filters and orders of trace searches: from their text to a predicate and a comparator over
 * {@link io.github.tracingharness.server.state.TraceEntry}.
 *
 * <p>Every filter takes bounded time and stack: it is scanned by hand, and a regular expression
 * that looks at too many characters is given up with a sentence that says so. Nothing here has
 * state.
 */
@NullMarked
package io.github.tracingharness.server.search;

import org.jspecify.annotations.NullMarked;
