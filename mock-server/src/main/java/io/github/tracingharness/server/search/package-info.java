/**
 * Filters and orders of trace searches: from their text to a predicate and a comparator over
 * {@link io.github.tracingharness.server.state.TraceEntry}.
 *
 * <p>Supported are attributes, tags and metadata. Filters on spans, texts and assessments are
 * refused with a sentence that says so. Nothing here has state.
 */
@NullMarked
package io.github.tracingharness.server.search;

import org.jspecify.annotations.NullMarked;
