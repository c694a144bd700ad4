/**
 * Connects the OpenTelemetry SDK with the trace manager: every span of the pipeline's tracer
 * provider, made through MLflow's API or through OpenTelemetry's, is registered at its start and
 * handed over at its end. A span of MLflow's API is recognised by a note that its parent context
 * carries to {@code onStart} and nowhere else.
 */
@NullMarked
package io.github.tracingharness.core.processor;

import org.jspecify.annotations.NullMarked;
