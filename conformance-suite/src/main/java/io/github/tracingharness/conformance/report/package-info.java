/**
 * Renderers of a finished run: console, {@code report.json}, JUnit XML, Markdown and one HTML file.
 * Each takes a {@link io.github.tracingharness.conformance.report.RunResult} and writes; none
 * judges.
 *
 * <p>{@link io.github.tracingharness.conformance.report.Reports} writes the files,
 * {@link io.github.tracingharness.conformance.report.ConsoleReport} listens to the run and
 * {@link io.github.tracingharness.conformance.report.ExitCode} says how the process ends. What a
 * subject said is data of a stranger in every format: control characters, markup and lone
 * surrogates are escaped or written out, and long bodies are cut with their full length shown.
 */
@NullMarked
package io.github.tracingharness.conformance.report;

import org.jspecify.annotations.NullMarked;
