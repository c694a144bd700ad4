/** Benchmarks' access to the encoder, which only its own package sees. */
@NullMarked
package io.github.tracingharness.core.client;

import org.jspecify.annotations.NullMarked;
