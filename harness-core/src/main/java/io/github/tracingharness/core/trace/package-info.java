/**
 * Values of MLflow's tracing model: what a trace is once nobody changes it any more.
 *
 * <p>Everything here is immutable and knows neither threads nor HTTP. The names follow MLflow's
 * Python entities, so that a reader finds the twin of each type at once. Span attributes come in
 * two kinds: {@link io.github.tracingharness.core.trace.JsonText} holds a value that an MLflow API
 * encoded as JSON text; any other value was set through the plain OpenTelemetry API and keeps its
 * type. The two must not be confused: the text {@code 12345} of a native string attribute is a
 * string for ever.
 *
 * <p>{@link io.github.tracingharness.core.trace.PythonJson} writes JSON exactly as Python's
 * {@code json.dumps} does, because the size statistics of a trace are counted in those bytes. Lone
 * UTF-16 surrogates become {@code ?} when a value enters the model, as UTF-8 cannot carry them and
 * a span must not be lost for one character.
 */
@NullMarked
package io.github.tracingharness.core.trace;

import org.jspecify.annotations.NullMarked;
