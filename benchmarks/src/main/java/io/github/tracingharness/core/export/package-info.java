/** Benchmarks' access to the export queue, which only its own package sees. */
@NullMarked
package io.github.tracingharness.core.export;

import org.jspecify.annotations.NullMarked;
