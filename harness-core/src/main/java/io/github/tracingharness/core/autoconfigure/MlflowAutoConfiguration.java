package io.github.tracingharness.core.autoconfigure;

import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;

/**
 * Adds a pipeline to an autoconfigured OpenTelemetry SDK if {@code otel.traces.exporter} names
 * {@code mlflow}.
 *
 * <pre>{@code
 * // OTEL_TRACES_EXPORTER=mlflow MLFLOW_TRACKING_URI=http://127.0.0.1:5000 MLFLOW_EXPERIMENT_ID=1
 * OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.initialize().getOpenTelemetrySdk();
 * MlflowTracer tracer = MlflowTracing.of(sdk).orElseThrow().tracer();
 * }</pre>
 *
 * <p>The settings of {@code MlflowTracing} are taken from OpenTelemetry's configuration, where
 * {@code MLFLOW_TRACKING_URI} is also the property {@code mlflow.tracking.uri}; a wrong one stops
 * the autoconfiguration. The pipeline always shares OpenTelemetry's current span. OpenTelemetry's
 * sampler decides what is recorded; {@code MLFLOW_TRACE_SAMPLING_RATIO} counts if
 * {@code otel.traces.sampler} is not set.
 *
 * @since 0.1.0
 */
public final class MlflowAutoConfiguration implements AutoConfigurationCustomizerProvider {

  /** Called by OpenTelemetry's service loader. */
  public MlflowAutoConfiguration() {}

  @Override
  public void customize(AutoConfigurationCustomizer autoConfiguration) {
    AutoConfiguredPipeline pipeline = new AutoConfiguredPipeline();
    autoConfiguration.addPropertiesCustomizer(AutoConfiguredPipeline::takeExporterName);
    autoConfiguration.addSamplerCustomizer(pipeline::addTo);
    autoConfiguration.addTracerProviderCustomizer(pipeline::addTo);
  }
}
