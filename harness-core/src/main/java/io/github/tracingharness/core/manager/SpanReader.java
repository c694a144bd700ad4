package io.github.tracingharness.core.manager;

import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanEvent;
import io.github.tracingharness.core.trace.SpanLink;
import io.github.tracingharness.core.trace.SpanStatus;
import io.github.tracingharness.core.trace.SpanStatusCode;
import io.github.tracingharness.core.trace.Texts;
import io.github.tracingharness.core.trace.TraceIds;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the exported value of a span from its OpenTelemetry data and its MLflow attributes. */
final class SpanReader {

  private static final Logger logger = LoggerFactory.getLogger(TraceManager.class);

  private SpanReader() {}

  /**
   * Reads a span.
   *
   * @param mlflow attributes that win over those of the OpenTelemetry span, which are added to them
   * @param status status that counts instead of the OpenTelemetry span's, or null
   * @param unsetIsOk whether a span of which no status was said succeeded
   */
  static Span read(
      SpanData data,
      String traceId,
      Map<String, Object> mlflow,
      @Nullable SpanStatus status,
      boolean unsetIsOk) {
    warnOfLimits(data);
    data.getAttributes()
        .forEach((key, value) -> mlflow.putIfAbsent(Texts.wellFormed(key.getKey()), plain(value)));
    String parent = data.getParentSpanContext().isValid() ? data.getParentSpanId() : null;
    SpanStatus own = status != null ? status : status(data.getStatus());
    return new Span(
        traceId,
        data.getSpanId(),
        parent,
        Texts.wellFormed(data.getName()),
        data.getStartEpochNanos(),
        data.hasEnded() ? OptionalLong.of(data.getEndEpochNanos()) : OptionalLong.empty(),
        events(data),
        unsetIsOk && own.code() == SpanStatusCode.UNSET ? SpanStatus.OK : own,
        mlflow,
        links(data));
  }

  private static List<SpanEvent> events(SpanData data) {
    return data.getEvents().isEmpty()
        ? List.of()
        : data.getEvents().stream().map(SpanReader::event).toList();
  }

  private static List<SpanLink> links(SpanData data) {
    return data.getLinks().isEmpty()
        ? List.of()
        : data.getLinks().stream().map(SpanReader::link).toList();
  }

  /** The SDK drops what exceeds its limits without a word. */
  private static void warnOfLimits(SpanData data) {
    int attributes = data.getTotalAttributeCount() - data.getAttributes().size();
    int events = data.getTotalRecordedEvents() - data.getEvents().size();
    int links = data.getTotalRecordedLinks() - data.getLinks().size();
    if (attributes > 0 || events > 0 || links > 0) {
      logger.warn(
          "Span {} exceeds the limits of the SDK: {} attributes, {} events and {} links are lost",
          data.getSpanId(),
          attributes,
          events,
          links);
    }
  }

  private static SpanStatus status(StatusData status) {
    return switch (status.getStatusCode()) {
      case OK -> SpanStatus.OK;
      case ERROR -> SpanStatus.error(Texts.wellFormed(status.getDescription()));
      case UNSET -> SpanStatus.UNSET;
    };
  }

  private static SpanEvent event(EventData event) {
    return new SpanEvent(
        Texts.wellFormed(event.getName()), event.getEpochNanos(), values(event.getAttributes()));
  }

  private static SpanLink link(LinkData link) {
    return new SpanLink(
        TraceIds.v3(link.getSpanContext().getTraceId()),
        link.getSpanContext().getSpanId(),
        values(link.getAttributes()));
  }

  private static Map<String, Object> values(Attributes attributes) {
    Map<String, Object> values = new LinkedHashMap<>();
    attributes.forEach((key, value) -> values.put(Texts.wellFormed(key.getKey()), plain(value)));
    return values;
  }

  private static Object plain(Object value) {
    if (value instanceof String text) {
      return Texts.wellFormed(text);
    }
    if (value instanceof List<?> items) {
      return items.stream().map(SpanReader::plain).toList();
    }
    if (value instanceof Value<?> complex) {
      return complex.asString();
    }
    return value instanceof Long || value instanceof Double || value instanceof Boolean
        ? value
        : PythonJson.str(value);
  }
}
