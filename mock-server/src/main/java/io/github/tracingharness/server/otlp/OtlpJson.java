package io.github.tracingharness.server.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.server.http.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

  private static final int MAX_DIGITS = 40;

  private OtlpJson() {}

  static OtlpRequest decode(byte[] body) throws OtlpException {
    if (body.length == 0) {
      return new OtlpRequest(List.of());
    }
    JsonNode root = Json.read(body).orElseThrow(() -> new OtlpException(OtlpBody.INVALID));
    if (!root.isObject()) {
      throw new OtlpException(500, "Internal Server Error");
    }
    try {
      List<OtlpRequest.ResourceSpans> resources = new ArrayList<>();
      for (JsonNode resource : walkedList(root, "resourceSpans")) {
        resources.add(resourceSpans(walked(resource)));
      }
      return new OtlpRequest(resources);
    } catch (CrashException crash) {
      throw new OtlpException(500, "Internal Server Error");
    } catch (IllegalArgumentException | ArithmeticException malformed) {
      throw new OtlpException(OtlpBody.INVALID);
    }
  }

  private static OtlpRequest.ResourceSpans resourceSpans(JsonNode node) {
    List<OtlpRequest.ScopeSpans> scopes = new ArrayList<>();
    for (JsonNode scope : walkedList(node, "scopeSpans")) {
      scopes.add(scopeSpans(walked(scope)));
    }
    return new OtlpRequest.ResourceSpans(
        attributes(member(node, "resource")), text(node, "schemaUrl"), scopes);
  }

  private static OtlpRequest.ScopeSpans scopeSpans(JsonNode node) {
    List<OtlpSpan> spans = new ArrayList<>();
    for (JsonNode span : walkedList(node, "spans")) {
      spans.add(span(walked(span)));
    }
    JsonNode scope = member(node, "scope");
    return new OtlpRequest.ScopeSpans(
        text(scope, "name"),
        text(scope, "version"),
        attributes(scope),
        text(node, "schemaUrl"),
        spans);
  }

  private static OtlpSpan span(JsonNode node) {
    List<OtlpSpan.Event> events = new ArrayList<>();
    for (JsonNode event : list(node, "events")) {
      requireNothingBare(event);
      events.add(new OtlpSpan.Event(
          unsigned64(event, "timeUnixNano"),
          text(event, "name"),
          attributes(event),
          number(event, "droppedAttributesCount")));
    }
    List<OtlpSpan.Link> links = new ArrayList<>();
    for (JsonNode link : list(node, "links")) {
      requireNothingBare(link);
      links.add(new OtlpSpan.Link(
          hex(link, "traceId"),
          hex(link, "spanId"),
          text(link, "traceState"),
          attributes(link),
          number(link, "droppedAttributesCount"),
          number(link, "flags")));
    }
    JsonNode status = member(node, "status");
    return new OtlpSpan(
        hex(node, "traceId"),
        hex(node, "spanId"),
        hex(node, "parentSpanId"),
        text(node, "traceState"),
        number(node, "flags"),
        text(node, "name"),
        enumNumber(node, "kind", KINDS),
        unsigned64(node, "startTimeUnixNano"),
        unsigned64(node, "endTimeUnixNano"),
        attributes(node),
        number(node, "droppedAttributesCount"),
        events,
        number(node, "droppedEventsCount"),
        links,
        number(node, "droppedLinksCount"),
        enumNumber(status, "code", STATUS_CODES),
        text(status, "message"));
  }

  private static Map<String, @Nullable Object> attributes(JsonNode holder) {
    return keyValues(list(holder, "attributes"));
  }

  private static Map<String, @Nullable Object> keyValues(List<JsonNode> pairs) {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    for (JsonNode pair : pairs) {
      attributes.put(text(object(pair), "key"), anyValue(member(pair, "value")));
    }
    return attributes;
  }

  private static @Nullable Object anyValue(JsonNode node) {
    if (node.isNumber() || node.isBoolean()) {
      requireNothingBare(node);
    }
    if (present(node, "stringValue")) {
      return text(node, "stringValue");
    }
    if (present(node, "boolValue")) {
      return bool(member(node, "boolValue"));
    }
    if (present(node, "intValue")) {
      return integer(member(node, "intValue")).longValueExact();
    }
    if (present(node, "doubleValue")) {
      return decimal(member(node, "doubleValue"));
    }
    if (present(node, "arrayValue")) {
      List<@Nullable Object> values = new ArrayList<>();
      list(member(node, "arrayValue"), "values").forEach(item -> values.add(anyValue(item)));
      return values;
    }
    if (present(node, "kvlistValue")) {
      return keyValues(list(member(node, "kvlistValue"), "values"));
    }
    if (present(node, "bytesValue")) {
      return Base64.getDecoder().decode(text(node, "bytesValue"));
    }
    return null;
  }

  private static JsonNode member(JsonNode node, String camelName) {
    JsonNode member = node.path(camelName);
    return member.isMissingNode() ? node.path(snake(camelName)) : member;
  }

  private static boolean present(JsonNode node, String name) {
    JsonNode member = member(node, name);
    return !member.isMissingNode() && !member.isNull();
  }

  private static List<JsonNode> list(JsonNode node, String name) {
    if (!present(node, name)) {
      return List.of();
    }
    JsonNode member = member(node, name);
    if (!member.isArray()) {
      throw new IllegalArgumentException(name + " is not a list");
    }
    List<JsonNode> items = new ArrayList<>();
    member.forEach(items::add);
    return items;
  }

  private static List<JsonNode> walkedList(JsonNode node, String name) {
    JsonNode member = node.path(name);
    boolean hasItems = member.isTextual() ? !member.textValue().isEmpty() : !member.isEmpty();
    boolean countable = member.isTextual() || member.isContainerNode() || member.isMissingNode();
    if (!countable || (!member.isArray() && hasItems)) {
      throw new CrashException();
    }
    return list(node, name);
  }

  /** The real server walks through these itself, and stumbles over what is no object. */
  private static JsonNode walked(JsonNode node) {
    if (!node.isObject()) {
      throw new CrashException();
    }
    return node;
  }

  private static final class CrashException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CrashException() {
      super(null, null, false, false);
    }
  }

  private static JsonNode object(JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("not an object: " + node.getNodeType());
    }
    return node;
  }

  private static String text(JsonNode node, String name) {
    if (!present(node, name)) {
      return "";
    }
    JsonNode member = member(node, name);
    if (!member.isTextual()) {
      throw new IllegalArgumentException(name + " is not a text");
    }
    return member.textValue();
  }

  private static String hex(JsonNode node, String name) {
    String digits = text(node, name);
    if (!digits.matches("([0-9a-fA-F]{2})*")) {
      throw new IllegalArgumentException(name + " is not hexadecimal");
    }
    return digits.toLowerCase(Locale.ROOT);
  }

  private static void requireNothingBare(JsonNode message) {
    if (message.isNumber() || message.isBoolean() || message.isNull()) {
      throw new IllegalArgumentException("not a message: " + message);
    }
  }

  private static boolean bool(JsonNode node) {
    if (!node.isBoolean()) {
      throw new IllegalArgumentException("not a boolean");
    }
    return node.booleanValue();
  }

  private static long number(JsonNode node, String name) {
    return present(node, name) ? integer(member(node, name)).longValueExact() : 0;
  }

  private static long unsigned64(JsonNode node, String name) {
    return present(node, name)
        ? Long.parseUnsignedLong(integer(member(node, name)).toBigIntegerExact().toString())
        : 0;
  }

  private static BigDecimal integer(JsonNode node) {
    if (!node.isTextual() && !node.isNumber()) {
      throw new IllegalArgumentException("not a number");
    }
    BigDecimal value = node.isTextual() ? new BigDecimal(node.textValue()) : node.decimalValue();
    if (value.precision() - value.scale() > MAX_DIGITS) {
      throw new IllegalArgumentException("too large");
    }
    try {
      return new BigDecimal(value.toBigIntegerExact());
    } catch (ArithmeticException fraction) {
      throw new IllegalArgumentException("not a whole number", fraction);
    }
  }

  private static double decimal(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.textValue()) : node.doubleValue();
  }

  private static int enumNumber(JsonNode node, String name, List<String> names) {
    if (!present(node, name)) {
      return 0;
    }
    JsonNode member = member(node, name);
    if (member.isTextual() && names.contains(member.textValue())) {
      return names.indexOf(member.textValue());
    }
    return integer(member).intValueExact();
  }

  private static String snake(String camelName) {
    return camelName.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
