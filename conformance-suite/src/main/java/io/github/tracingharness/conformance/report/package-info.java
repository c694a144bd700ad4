/**
 * Renderers of a finished run: console, {@code report.json}, JUnit XML and one HTML file. Each
 * takes a {@link io.github.tracingharness.conformance.report.RunResult} and writes; none judges.
 */
@NullMarked
package io.github.tracingharness.conformance.report;

import org.jspecify.annotations.NullMarked;
