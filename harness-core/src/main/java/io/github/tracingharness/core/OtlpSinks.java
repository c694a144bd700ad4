package io.github.tracingharness.core;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes OpenTelemetry's exporter; the only class that needs its library. */
final class OtlpSinks {

  private OtlpSinks() {}

  static SpanExporter create(OtlpSettings settings) {
    try {
      return build(settings);
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "Spans are to be exported through OTLP to "
              + settings.endpoint()
              + ", which needs io.opentelemetry:opentelemetry-exporter-otlp on the class path.",
          e);
    }
  }

  private static SpanExporter build(OtlpSettings settings) {
    OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
        .setEndpoint(settings.endpoint().toString())
        .setTimeout(settings.timeout())
        .setCompression(settings.gzip() ? "gzip" : "none");
    settings.headers().forEach(builder::addHeader);
    settings.certificate().ifPresent(file -> builder.setTrustedCertificates(bytes(file)));
    if (settings.clientKey().isPresent() && settings.clientCertificate().isPresent()) {
      builder.setClientTls(
          bytes(settings.clientKey().get()), bytes(settings.clientCertificate().get()));
    }
    return builder.build();
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
