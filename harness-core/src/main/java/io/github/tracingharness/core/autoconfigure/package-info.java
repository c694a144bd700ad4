/**
 * Puts a pipeline behind OpenTelemetry's autoconfiguration: {@code otel.traces.exporter=mlflow},
 * alone or with others.
 *
 * <p>Loaded by OpenTelemetry's service loader only, so that the rest works without its jars. The
 * pipeline is no exporter behind a batch processor but a span processor of its own, since it has to
 * see the start of spans; the name {@code mlflow} is therefore taken out of the property before
 * OpenTelemetry looks for exporters.
 */
@NullMarked
package io.github.tracingharness.core.autoconfigure;

import org.jspecify.annotations.NullMarked;
