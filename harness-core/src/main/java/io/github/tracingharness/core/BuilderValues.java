package io.github.tracingharness.core;

import io.github.tracingharness.core.export.OverloadPolicy;
import io.github.tracingharness.core.trace.TraceLocation;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What was given to the builder beside settings that are texts; null where nothing was.
 *
 * @param notebook whether the application runs in a Databricks notebook
 * @param destination where traces are stored
 * @param otlpEndpoint where an MLflow server takes spans through OTLP
 * @param overload what happens to what finds no room in the export queue
 * @param compressSpans whether large requests with spans may be compressed
 */
record BuilderValues(
    @Nullable Boolean notebook,
    @Nullable TraceLocation destination,
    @Nullable URI otlpEndpoint,
    @Nullable OverloadPolicy overload,
    boolean compressSpans) {

  static final BuilderValues NONE = new BuilderValues(null, null, null, null, true);
}
