/**
 * Containers for Testcontainers, which is an optional dependency: the fake tracking server, and the
 * real one behind the same methods, so that a test can change sides. Nothing else of this module
 * uses this package.
 */
@NullMarked
package io.github.tracingharness.server.container;

import org.jspecify.annotations.NullMarked;
