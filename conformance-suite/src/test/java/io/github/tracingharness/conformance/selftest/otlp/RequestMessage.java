package io.github.tracingharness.conformance.selftest.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts spans into the message that a collector takes. */
final class RequestMessage {

  private final PayloadRules rules;
  private final Map<String, Object> resource;

  RequestMessage(PayloadRules rules, Map<String, Object> resource) {
    this.rules = rules;
    this.resource = resource;
  }

  ExportTraceServiceRequest of(List<ModelSpan> spans) {
    Map<Object, ScopeSpans.Builder> scopes = new LinkedHashMap<>();
    for (ModelSpan span : spans) {
      scopes.computeIfAbsent(rules.scopeKey(span), key -> scope(span.scope())).addSpans(span(span));
    }
    ResourceSpans.Builder all = ResourceSpans.newBuilder()
        .setResource(Resource.newBuilder().addAllAttributes(attributes(resource)));
    scopes.values().forEach(all::addScopeSpans);
    return ExportTraceServiceRequest.newBuilder().addResourceSpans(all).build();
  }

  private ScopeSpans.Builder scope(ModelSpan.Scope scope) {
    return ScopeSpans.newBuilder()
        .setSchemaUrl(text(scope.schemaUrl()))
        .setScope(InstrumentationScope.newBuilder()
            .setName(text(scope.name()))
            .setVersion(text(scope.version()))
            .addAllAttributes(attributes(scope.attributes())));
  }

  private Span span(ModelSpan span) {
    Span.Builder built = Span.newBuilder()
        .setTraceId(bytes(span.context().traceId()))
        .setSpanId(bytes(span.context().spanId()))
        .setParentSpanId(bytes(span.parentSpanId()))
        .setTraceState(text(span.context().traceState()))
        .setFlags(span.flags())
        .setName(text(span.name()))
        .setKind(Span.SpanKind.valueOf("SPAN_KIND_" + span.kind()))
        .setStartTimeUnixNano(span.start())
        .setEndTimeUnixNano(span.end())
        .addAllAttributes(attributes(span.attributes().values()))
        .setDroppedAttributesCount(rules.dropped(span.attributes().dropped()))
        .setDroppedEventsCount(rules.dropped(span.droppedEvents()))
        .setDroppedLinksCount(rules.dropped(span.droppedLinks()));
    if (!span.status().equals("UNSET")) {
      built.setStatus(Status.newBuilder()
          .setCode(Status.StatusCode.valueOf("STATUS_CODE_" + span.status()))
          .setMessage(text(span.statusMessage())));
    }
    for (ModelSpan.Event event : span.events()) {
      built.addEvents(Span.Event.newBuilder()
          .setName(text(event.name()))
          .setTimeUnixNano(event.time())
          .addAllAttributes(attributes(event.attributes().values()))
          .setDroppedAttributesCount(rules.dropped(event.attributes().dropped())));
    }
    for (ModelSpan.Link link : span.links()) {
      built.addLinks(Span.Link.newBuilder()
          .setTraceId(bytes(link.context().traceId()))
          .setSpanId(bytes(link.context().spanId()))
          .setTraceState(text(link.context().traceState()))
          .setFlags(link.flags())
          .addAllAttributes(attributes(link.attributes().values()))
          .setDroppedAttributesCount(rules.dropped(link.attributes().dropped())));
    }
    return built.build();
  }

  private List<KeyValue> attributes(Map<String, Object> attributes) {
    List<KeyValue> list = new ArrayList<>();
    attributes.forEach((key, value) ->
        list.add(KeyValue.newBuilder().setKey(text(key)).setValue(value(value)).build()));
    return list;
  }

  private AnyValue value(Object value) {
    AnyValue.Builder any = AnyValue.newBuilder();
    if (value instanceof String text) {
      any.setStringValue(text(text));
    } else if (value instanceof Long number) {
      any.setIntValue(number);
    } else if (value instanceof Double number) {
      any.setDoubleValue(number);
    } else if (value instanceof Boolean truth) {
      any.setBoolValue(truth);
    } else if (value instanceof byte[] bytes) {
      any.setBytesValue(ByteString.copyFrom(bytes));
    } else if (value instanceof List<?> list) {
      ArrayValue.Builder array = any.getArrayValueBuilder();
      list.forEach(element -> array.addValues(value(element)));
    } else if (value instanceof Map<?, ?> map) {
      KeyValueList.Builder members = any.getKvlistValueBuilder();
      map.forEach((key, member) -> members.addValues(
          KeyValue.newBuilder().setKey(text((String) key)).setValue(value(member))));
    } else {
      throw new IllegalArgumentException(
          "no attribute can be a " + value.getClass().getName());
    }
    return any.build();
  }

  private String text(String text) {
    return rules.text(text);
  }

  private static ByteString bytes(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }
}
