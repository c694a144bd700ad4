package io.github.tracingharness.server.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.server.http.Json;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON form: proto3 JSON with hexadecimal ids. Members may be spelled in camel case or as
 * in the protocol's files, 64-bit numbers may be numbers or texts, enums numbers or names.
 */
final class OtlpJson {

  private static final List<String> KINDS = List.of(
      "SPAN_KIND_UNSPECIFIED",
      "SPAN_KIND_INTERNAL",
      "SPAN_KIND_SERVER",
      "SPAN_KIND_CLIENT",
      "SPAN_KIND_PRODUCER",
      "SPAN_KIND_CONSUMER");
  private static final List<String> STATUS_CODES =
      List.of("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR");

  private static final ProtoFields REQUEST = ProtoFields.of("resourceSpans");
  private static final ProtoFields RESOURCE_SPANS =
      ProtoFields.of("resource", "scopeSpans", "schemaUrl");
  private static final ProtoFields RESOURCE =
      ProtoFields.of("attributes", "droppedAttributesCount");
  private static final ProtoFields SCOPE_SPANS = ProtoFields.of("scope", "spans", "schemaUrl");
  private static final ProtoFields SCOPE =
      ProtoFields.of("name", "version", "attributes", "droppedAttributesCount");
  private static final ProtoFields SPAN = ProtoFields.of(
      "traceId",
      "spanId",
      "traceState",
      "parentSpanId",
      "flags",
      "name",
      "kind",
      "startTimeUnixNano",
      "endTimeUnixNano",
      "attributes",
      "droppedAttributesCount",
      "events",
      "droppedEventsCount",
      "links",
      "droppedLinksCount",
      "status");
  private static final ProtoFields EVENT =
      ProtoFields.of("timeUnixNano", "name", "attributes", "droppedAttributesCount");
  private static final ProtoFields LINK = ProtoFields.of(
      "traceId", "spanId", "traceState", "attributes", "droppedAttributesCount", "flags");
  private static final ProtoFields STATUS = ProtoFields.of("message", "code");
  private static final ProtoFields KEY_VALUE = ProtoFields.of("key", "value");
  private static final ProtoFields VALUES = ProtoFields.of("values");
  private static final ProtoFields ANY_VALUE = ProtoFields.oneOf(
      "stringValue",
      "boolValue",
      "intValue",
      "doubleValue",
      "arrayValue",
      "kvlistValue",
      "bytesValue");

  private OtlpJson() {}

  static OtlpRequest decode(byte[] body) throws OtlpException {
    JsonNode root = Json.read(body).orElseThrow(() -> new OtlpException(OtlpBody.INVALID));
    try {
      OtlpJsonIds.toBase64(root);
      return new OtlpRequest(new ProtoMessage(root, REQUEST, 1)
          .messages("resourceSpans", RESOURCE_SPANS).stream()
              .map(OtlpJson::resourceSpans)
              .toList());
    } catch (OtlpJsonIds.CrashException crash) {
      throw new OtlpException(500, "Internal Server Error");
    } catch (IllegalArgumentException | ArithmeticException malformed) {
      throw new OtlpException(OtlpBody.INVALID);
    }
  }

  private static OtlpRequest.ResourceSpans resourceSpans(ProtoMessage message) {
    ProtoMessage resource = message.message("resource", RESOURCE);
    resource.unsigned32("droppedAttributesCount");
    return new OtlpRequest.ResourceSpans(
        attributes(resource),
        message.text("schemaUrl"),
        message.messages("scopeSpans", SCOPE_SPANS).stream()
            .map(OtlpJson::scopeSpans)
            .toList());
  }

  private static OtlpRequest.ScopeSpans scopeSpans(ProtoMessage message) {
    ProtoMessage scope = message.message("scope", SCOPE);
    scope.unsigned32("droppedAttributesCount");
    return new OtlpRequest.ScopeSpans(
        scope.text("name"),
        scope.text("version"),
        attributes(scope),
        message.text("schemaUrl"),
        message.messages("spans", SPAN).stream().map(OtlpJson::span).toList());
  }

  private static OtlpSpan span(ProtoMessage span) {
    ProtoMessage status = span.message("status", STATUS);
    return new OtlpSpan(
        hex(span.bytes("traceId")),
        hex(span.bytes("spanId")),
        hex(span.bytes("parentSpanId")),
        span.text("traceState"),
        span.unsigned32("flags"),
        span.text("name"),
        span.enumNumber("kind", KINDS),
        span.unsigned64("startTimeUnixNano"),
        span.unsigned64("endTimeUnixNano"),
        attributes(span),
        span.unsigned32("droppedAttributesCount"),
        span.messages("events", EVENT).stream().map(OtlpJson::event).toList(),
        span.unsigned32("droppedEventsCount"),
        span.messages("links", LINK).stream().map(OtlpJson::link).toList(),
        span.unsigned32("droppedLinksCount"),
        status.enumNumber("code", STATUS_CODES),
        status.text("message"));
  }

  private static OtlpSpan.Event event(ProtoMessage event) {
    return new OtlpSpan.Event(
        event.unsigned64("timeUnixNano"),
        event.text("name"),
        attributes(event),
        event.unsigned32("droppedAttributesCount"));
  }

  private static OtlpSpan.Link link(ProtoMessage link) {
    return new OtlpSpan.Link(
        hex(OtlpJsonIds.parseHex(link.text("traceId"))),
        hex(OtlpJsonIds.parseHex(link.text("spanId"))),
        link.text("traceState"),
        attributes(link),
        link.unsigned32("droppedAttributesCount"),
        link.unsigned32("flags"));
  }

  private static String hex(byte[] id) {
    return HexFormat.of().formatHex(id);
  }

  private static Map<String, @Nullable Object> attributes(ProtoMessage holder) {
    return keyValues(holder.messages("attributes", KEY_VALUE));
  }

  private static Map<String, @Nullable Object> keyValues(List<ProtoMessage> pairs) {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    for (ProtoMessage pair : pairs) {
      attributes.put(pair.text("key"), anyValue(pair.message("value", ANY_VALUE)));
    }
    return attributes;
  }

  private static @Nullable Object anyValue(ProtoMessage any) {
    if (any.has("stringValue")) {
      return any.text("stringValue");
    }
    if (any.has("boolValue")) {
      return any.bool("boolValue");
    }
    if (any.has("intValue")) {
      return any.signed64("intValue");
    }
    if (any.has("doubleValue")) {
      return any.decimal("doubleValue");
    }
    if (any.has("arrayValue")) {
      List<@Nullable Object> values = new ArrayList<>();
      any.message("arrayValue", VALUES)
          .messages("values", ANY_VALUE)
          .forEach(item -> values.add(anyValue(item)));
      return values;
    }
    if (any.has("kvlistValue")) {
      return keyValues(any.message("kvlistValue", VALUES).messages("values", KEY_VALUE));
    }
    return any.has("bytesValue") ? any.bytes("bytesValue") : null;
  }
}
