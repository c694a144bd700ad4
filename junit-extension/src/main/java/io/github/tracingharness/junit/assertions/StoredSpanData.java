package io.github.tracingharness.junit.assertions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A stored span in the form of OpenTelemetry's SDK. What a server does not keep has the default.
 */
record StoredSpanData(String traceIdHex, StoredSpan span, Attributes attributes)
    implements SpanData {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRACE_ID_LENGTH = 32;

  static List<SpanData> of(StoredTrace trace) {
    String hex = hex(trace.traceId());
    List<SpanData> spans = new ArrayList<>();
    for (StoredSpan span : trace.spans()) {
      AttributesBuilder attributes = Attributes.builder();
      span.attributes().forEach((key, json) -> put(attributes, key, parsed(json)));
      spans.add(new StoredSpanData(hex, span, attributes.build()));
    }
    return List.copyOf(spans);
  }

  /** The 32 digits at the end, whatever MLflow puts before them. */
  private static String hex(String traceId) {
    return traceId.substring(Math.max(0, traceId.length() - TRACE_ID_LENGTH));
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.textNode(json);
    }
  }

  private static Attributes attributes(Map<String, @Nullable Object> plain) {
    AttributesBuilder attributes = Attributes.builder();
    plain.forEach((key, value) -> put(attributes, key, JSON.valueToTree(value)));
    return attributes.build();
  }

  /** Maps, mixed lists and null, which the SDK's attributes cannot hold, become JSON text. */
  private static void put(AttributesBuilder attributes, String key, JsonNode value) {
    if (value.isTextual()) {
      attributes.put(key, value.textValue());
    } else if (value.isBoolean()) {
      attributes.put(key, value.booleanValue());
    } else if (value.isIntegralNumber() && value.canConvertToLong()) {
      attributes.put(key, value.longValue());
    } else if (value.isFloatingPointNumber()) {
      attributes.put(key, value.doubleValue());
    } else if (isArrayOf(value, JsonNode::isTextual)) {
      attributes.put(AttributeKey.stringArrayKey(key), list(value, JsonNode::textValue));
    } else if (isArrayOf(value, JsonNode::isBoolean)) {
      attributes.put(AttributeKey.booleanArrayKey(key), list(value, JsonNode::booleanValue));
    } else if (isArrayOf(value, JsonNode::canConvertToLong)
        && isArrayOf(value, JsonNode::isIntegralNumber)) {
      attributes.put(AttributeKey.longArrayKey(key), list(value, JsonNode::longValue));
    } else if (isArrayOf(value, JsonNode::isNumber)) {
      attributes.put(AttributeKey.doubleArrayKey(key), list(value, JsonNode::doubleValue));
    } else {
      attributes.put(key, value.toString());
    }
  }

  private static boolean isArrayOf(JsonNode value, Predicate<JsonNode> kind) {
    return value.isArray()
        && !value.isEmpty()
        && StreamSupport.stream(value.spliterator(), false).allMatch(kind);
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> item) {
    return StreamSupport.stream(array.spliterator(), false).map(item).toList();
  }

  private static SpanContext context(String traceIdHex, String spanId) {
    return SpanContext.create(traceIdHex, spanId, TraceFlags.getSampled(), TraceState.getDefault());
  }

  @Override
  public String getName() {
    return span.name();
  }

  @Override
  public SpanKind getKind() {
    return SpanKind.INTERNAL;
  }

  @Override
  public SpanContext getSpanContext() {
    return context(traceIdHex, span.spanId());
  }

  @Override
  public SpanContext getParentSpanContext() {
    String parent = span.parentId();
    return parent == null || parent.equals(SpanId.getInvalid())
        ? SpanContext.getInvalid()
        : context(traceIdHex, parent);
  }

  @Override
  public StatusData getStatus() {
    return StatusData.create(StatusCode.valueOf(span.statusCode()), span.statusMessage());
  }

  @Override
  public long getStartEpochNanos() {
    return span.startNanos();
  }

  @Override
  public long getEndEpochNanos() {
    return span.endNanos();
  }

  @Override
  public boolean hasEnded() {
    return span.endNanos() != 0;
  }

  @Override
  public Attributes getAttributes() {
    return attributes;
  }

  @Override
  public int getTotalAttributeCount() {
    return attributes.size();
  }

  @Override
  public List<EventData> getEvents() {
    return span.events().stream()
        .map(e -> EventData.create(e.timeNanos(), e.name(), attributes(e.attributes())))
        .toList();
  }

  @Override
  public int getTotalRecordedEvents() {
    return span.events().size();
  }

  @Override
  public List<LinkData> getLinks() {
    return span.links().stream()
        .map(
            l -> LinkData.create(context(hex(l.traceId()), l.spanId()), attributes(l.attributes())))
        .toList();
  }

  @Override
  public int getTotalRecordedLinks() {
    return span.links().size();
  }

  @Override
  public Resource getResource() {
    return Resource.empty();
  }

  @Override
  @SuppressWarnings("deprecation") // the interface still asks for it
  public io.opentelemetry.sdk.common.InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
    return io.opentelemetry.sdk.common.InstrumentationLibraryInfo.empty();
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return InstrumentationScopeInfo.empty();
  }
}
