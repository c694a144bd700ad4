package io.github.tracingharness.core.export;

import io.github.tracingharness.core.export.TraceExporter.EndedSpan;
import io.github.tracingharness.core.trace.JsonText;
import io.github.tracingharness.core.trace.Span;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span for OpenTelemetry's own exporter: kind, scope, resource and links are the OpenTelemetry
 * span's; attributes of MLflow's API are their JSON text; the root carries the tags of its trace.
 */
final class OtlpSpanData extends DelegatingSpanData {

  private static final String TAG_PREFIX = "mlflow.traceTag.";
  private static final String MLFLOW_PREFIX = "mlflow.";

  private final EndedSpan ended;
  private @Nullable Attributes attributes;

  OtlpSpanData(EndedSpan ended) {
    super(ended.source());
    this.ended = ended;
  }

  @Override
  public Attributes getAttributes() {
    Attributes known = attributes;
    if (known == null) {
      known = attributes(ended);
      attributes = known;
    }
    return known;
  }

  @Override
  public int getTotalAttributeCount() {
    int lost = super.getTotalAttributeCount() - super.getAttributes().size();
    return getAttributes().size() + lost;
  }

  @Override
  public StatusData getStatus() {
    return status(ended.span());
  }

  private static Attributes attributes(EndedSpan ended) {
    Map<String, String> texts = new HashMap<>();
    ended.span().attributes().forEach((key, value) -> {
      if (value instanceof JsonText json) {
        texts.put(key, json.text());
      }
    });
    ended.traceTags().forEach((key, value) -> {
      if (!key.startsWith(MLFLOW_PREFIX)) {
        texts.put(TAG_PREFIX + key, value);
      }
    });
    AttributesBuilder builder = ended.source().getAttributes().toBuilder();
    builder.removeIf(key -> texts.containsKey(key.getKey()));
    texts.forEach(builder::put);
    return builder.build();
  }

  private static StatusData status(Span span) {
    return switch (span.status().code()) {
      case OK -> StatusData.ok();
      case ERROR -> StatusData.create(StatusCode.ERROR, span.status().message());
      case UNSET -> StatusData.unset();
    };
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
