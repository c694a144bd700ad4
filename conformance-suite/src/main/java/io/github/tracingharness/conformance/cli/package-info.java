/**
 * The command {@code ./harness}: {@code run}, {@code list}, {@code judge} and {@code serve}. Front
 * end only: it finds and sets up subjects, calls the engine and turns results into reports and an
 * exit code.
 */
@NullMarked
package io.github.tracingharness.conformance.cli;

import org.jspecify.annotations.NullMarked;
