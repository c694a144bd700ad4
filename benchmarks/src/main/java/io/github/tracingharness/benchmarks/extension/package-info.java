/**
 * What the JUnit extension adds to a test: the same number of tests with and without it, each kind
 * in a JVM of its own through JUnit's launcher.
 *
 * <p>{@link io.github.tracingharness.benchmarks.extension.ExtensionRun} is the JVM that is
 * measured; {@link io.github.tracingharness.benchmarks.extension.ExtensionFigures} judges what
 * several of them said. The tests here run against the fake tracking server, because that is what
 * the tests of a user do.
 */
@NullMarked
package io.github.tracingharness.benchmarks.extension;

import org.jspecify.annotations.NullMarked;
