package io.github.tracingharness.conformance.drivercheck;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The spans that a driver under check is asked to make. */
final class Spans {

  /** Letters of three scripts, a sign outside the basic plane, a quote and a line separator. */
  static final String UNICODE = "Ключ 键 \uD83D\uDCA5 \"q\" \u2028";

  private Spans() {}

  /** A root with a child, with members that a driver must pass over. */
  static ObjectNode rootAndKid() {
    ObjectNode body = object();
    ArrayNode spans = body.putArray("spans");
    spans.addObject().put("ref", "root").put("name", "root").put("x_future", true);
    spans.addObject().put("ref", "kid").put("parent", "root").put("name", "kid");
    return body;
  }

  /** A root whose names are not ASCII. */
  static ObjectNode unicode() {
    ObjectNode body = object();
    body.putArray("spans").addObject().put("ref", UNICODE).put("name", UNICODE);
    return body;
  }

  /** Three roots by their template. */
  static ObjectNode generated() {
    ObjectNode body = object();
    ObjectNode gen = body.putObject("gen").put("count", 3);
    gen.putObject("template").put("ref", "g").put("name", "generated");
    return body;
  }

  /** A command of nearly 1 MiB. */
  static ObjectNode big() {
    ObjectNode body = object();
    ObjectNode root = body.putArray("spans").addObject().put("ref", "big").put("name", "big");
    ObjectNode blob = root.putArray("attributes").addObject().put("key", "blob");
    blob.putObject("value").put("stringValue", "x".repeat(1_000_000));
    return body;
  }

  static ObjectNode timeout(long millis) {
    return object().put("timeout_ms", millis);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
