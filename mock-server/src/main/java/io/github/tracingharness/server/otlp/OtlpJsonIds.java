package io.github.tracingharness.server.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Turns the ids of spans from hexadecimal digits, as OTLP has them, into base64, as protobuf has
 * them. The real server does so before it parses a request, only for camel-case names, and stumbles
 * over anything that has another shape.
 */
final class OtlpJsonIds {

  private static final List<String> NAMES = List.of("traceId", "spanId", "parentSpanId");
  private static final Pattern HEX = Pattern.compile("(?:\\s*[0-9a-fA-F]{2})*\\s*");

  private OtlpJsonIds() {}

  /** A request that crashes the real server. */
  static final class CrashException extends Exception {
    private static final long serialVersionUID = 1L;

    CrashException() {
      super(null, null, false, false);
    }
  }

  /** @throws IllegalArgumentException if an id is a text, but not of hexadecimal digits */
  static void toBase64(JsonNode request) throws CrashException {
    for (ObjectNode resource : objects(object(request), "resourceSpans")) {
      for (ObjectNode scope : objects(resource, "scopeSpans")) {
        for (ObjectNode span : objects(scope, "spans")) {
          for (String name : NAMES) {
            convert(span, name);
          }
        }
      }
    }
  }

  private static void convert(ObjectNode span, String name) throws CrashException {
    JsonNode id = span.path(name);
    if (isFalse(id)) {
      return;
    }
    if (!id.isTextual()) {
      throw new CrashException();
    }
    span.put(name, Base64.getEncoder().encodeToString(parseHex(id.textValue())));
  }

  static byte[] parseHex(String digits) {
    if (!HEX.matcher(digits).matches()) {
      throw new IllegalArgumentException("an id is not hexadecimal");
    }
    return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
  }

  /** What Python takes for false: nothing, zero, and what is empty. */
  private static boolean isFalse(JsonNode value) {
    if (value.isTextual()) {
      return value.textValue().isEmpty();
    }
    if (value.isNumber()) {
      return value.doubleValue() == 0;
    }
    return value.isContainerNode() ? value.isEmpty() : !value.booleanValue();
  }

  private static List<ObjectNode> objects(ObjectNode node, String name) throws CrashException {
    JsonNode list = node.path(name);
    if (list.isMissingNode()
        || (list.isTextual() && list.textValue().isEmpty())
        || (list.isObject() && list.isEmpty())) {
      return List.of();
    }
    if (!list.isArray()) {
      throw new CrashException();
    }
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode item : list) {
      objects.add(object(item));
    }
    return objects;
  }

  private static ObjectNode object(JsonNode node) throws CrashException {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new CrashException();
  }
}
