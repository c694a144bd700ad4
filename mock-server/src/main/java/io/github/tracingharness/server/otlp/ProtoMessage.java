package io.github.tracingharness.server.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.tracingharness.server.http.PythonValues;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One message in proto3 JSON, read as the real server's protobuf library does. What it would not
 * read raises an {@link IllegalArgumentException} or an {@link ArithmeticException}.
 */
final class ProtoMessage {

  private static final Pattern EXTENSION = Pattern.compile("\\[[a-zA-Z0-9._]*]");
  private static final int MAX_DEPTH = 100;

  private final Map<String, JsonNode> members = new HashMap<>();
  private final int depth;

  /**
   * @param node the message; what is absent has no members
   * @param depth how many messages it is in, itself included
   */
  ProtoMessage(JsonNode node, ProtoFields fields, int depth) {
    this.depth = depth;
    requireThat(depth <= MAX_DEPTH, "nested too deep");
    if (node.isObject()) {
      node.properties().forEach(member -> add(member.getKey(), member.getValue(), fields));
      requireThat(!fields.oneOf() || members.size() <= 1, "more than one of the values");
    } else if (node.isArray()) {
      // It walks through the names in a list as if they were members, and knows none of them.
      node.forEach(name -> requireThat(
          name.isTextual()
              && fields.jsonName(name.textValue()) == null
              && !EXTENSION.matcher(name.textValue()).matches(),
          "a list for a message"));
    } else {
      requireThat(node.isMissingNode() || node.isTextual(), "not a message");
    }
  }

  private void add(String name, JsonNode value, ProtoFields fields) {
    String jsonName = fields.jsonName(name);
    requireThat(
        jsonName != null || !EXTENSION.matcher(name).matches(), "there are no extensions: " + name);
    if (jsonName != null && value.isNull()) {
      members.remove(jsonName);
    } else if (jsonName != null) {
      members.put(jsonName, value);
    }
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  JsonNode node(String name) {
    return members.getOrDefault(name, MissingNode.getInstance());
  }

  ProtoMessage message(String name, ProtoFields fields) {
    return new ProtoMessage(node(name), fields, depth + 1);
  }

  List<ProtoMessage> messages(String name, ProtoFields fields) {
    JsonNode list = node(name);
    requireThat(list.isMissingNode() || list.isArray(), name + " is not a list");
    List<ProtoMessage> messages = new ArrayList<>();
    for (JsonNode item : list) {
      messages.add(new ProtoMessage(item, fields, depth + 1));
    }
    return messages;
  }

  String text(String name) {
    if (!has(name)) {
      return "";
    }
    JsonNode value = node(name);
    requireThat(
        value.isTextual() && PythonValues.isSound(value.textValue()), name + " is not a text");
    return value.textValue();
  }

  byte[] bytes(String name) {
    return PythonBase64.decode(text(name));
  }

  boolean bool(String name) {
    requireThat(node(name).isBoolean(), name + " is not a boolean");
    return node(name).booleanValue();
  }

  long signed64(String name) {
    return whole(name).longValueExact();
  }

  long unsigned64(String name) {
    return Long.parseUnsignedLong(whole(name).toString());
  }

  long unsigned32(String name) {
    return Integer.toUnsignedLong(Integer.parseUnsignedInt(whole(name).toString()));
  }

  private BigInteger whole(String name) {
    return has(name)
        ? PythonValues.wholeNumber(node(name))
            .orElseThrow(() -> new IllegalArgumentException(name + " is not a whole number"))
        : BigInteger.ZERO;
  }

  double decimal(String name) {
    JsonNode value = node(name);
    if (value.isBoolean()) {
      return value.booleanValue() ? 1 : 0;
    }
    if (value.isTextual()) {
      return Optional.of(value.textValue())
          .filter(text -> !text.equals("nan"))
          .flatMap(PythonValues::decimal)
          .orElseThrow(() -> new IllegalArgumentException(name + " is not a number"));
    }
    requireThat(
        value.isNumber() && Double.isFinite(value.doubleValue()), name + " is not a number");
    return value.doubleValue();
  }

  /** The number of an enum's value. A name that is not known is passed over. */
  int enumNumber(String name, List<String> names) {
    JsonNode value = node(name);
    if (value.isTextual()) {
      int known = names.indexOf(value.textValue());
      return known >= 0
          ? known
          : PythonValues.integer(value.textValue())
              .map(number -> enumNumber(number, names))
              .orElse(0);
    }
    if (value.isBoolean()) {
      return value.booleanValue() ? 1 : 0;
    }
    requireThat(value.isMissingNode() || value.isNumber(), name + " is not an enum");
    return enumNumber(value.decimalValue().toBigInteger(), names);
  }

  /** The real server looks for the low 32 bits of a number first. */
  private static int enumNumber(BigInteger number, List<String> names) {
    int low = number.intValue();
    return number.bitLength() < Long.SIZE && low >= 0 && low < names.size()
        ? low
        : number.intValueExact();
  }

  private static void requireThat(boolean readable, String message) {
    if (!readable) {
      throw new IllegalArgumentException(message);
    }
  }
}
