package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.PythonValues;
import io.github.tracingharness.server.state.TrackingException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads messages as the real server's parser does: members are taken in the order of the JSON, and
 * the first one that cannot be converted ends the parse silently. What was read before it is kept,
 * what follows is lost.
 */
final class MessageParser {

  private MessageParser() {}

  /** Ends the parse. */
  private static final class StopException extends Exception {
    private static final long serialVersionUID = 1L;

    StopException() {
      super(null, null, false, false);
    }
  }

  /** Fills a message; false if the parse ended early. */
  static boolean parse(JsonNode json, Schema schema, Message into) {
    refuseDoubleSpelling(json, schema);
    try {
      members(json, schema, into);
      return true;
    } catch (StopException stopped) {
      return false;
    }
  }

  private static void refuseDoubleSpelling(JsonNode json, Schema schema) {
    if (!json.isObject()) {
      return;
    }
    for (Schema.Field field : schema.fields()) {
      String camel = field.camelName();
      if (!camel.equals(field.name()) && json.has(field.name()) && json.has(camel)) {
        throw TrackingException.invalid("Request specifies both '" + field.name() + "' and '"
            + camel + "'; provide only one of them.");
      }
      if (field.message() != null) {
        JsonNode member = json.has(camel) ? json.path(camel) : json.path(field.name());
        if (member.isArray()) {
          member.forEach(item -> refuseDoubleSpelling(item, field.message()));
        } else {
          refuseDoubleSpelling(member, field.message());
        }
      }
    }
  }

  private static void members(JsonNode json, Schema schema, Message into) throws StopException {
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      Schema.Field field = schema.field(member.getKey());
      if (field != null && !member.getValue().isNull()) {
        requireThat(
            !schema.oneOf().contains(field.name()) || schema.oneOf().stream().noneMatch(into::has));
        member(field, member.getValue(), into);
      }
    }
  }

  private static void member(Schema.Field field, JsonNode value, Message into)
      throws StopException {
    if (field.kind() == Schema.Kind.STRING_MAP) {
      Map<String, String> map = new LinkedHashMap<>();
      into.set(field.name(), map);
      requireThat(value.isObject());
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        requireThat(entry.getValue().isTextual());
        map.put(entry.getKey(), entry.getValue().textValue());
      }
    } else if (field.repeated()) {
      List<Object> list = new ArrayList<>();
      into.set(field.name(), list);
      requireThat(value.isArray());
      for (JsonNode item : value) {
        if (field.message() != null) {
          Message message = new Message();
          list.add(message);
          submessage(field.message(), item, message);
        } else if (!isUnknownName(field, item)) {
          list.add(scalar(field, item));
        }
      }
    } else if (field.message() != null) {
      Message message = new Message();
      into.set(field.name(), message);
      submessage(field.message(), value, message);
    } else if (!isUnknownName(field, value)) {
      if (field.kind() == Schema.Kind.DURATION || field.kind() == Schema.Kind.TIMESTAMP) {
        // These are messages: they exist as zero even if their text cannot be read.
        into.set(field.name(), 0L);
      }
      into.set(field.name(), scalar(field, value));
    }
  }

  private static void submessage(Schema schema, JsonNode value, Message into) throws StopException {
    // A text has no members that could fail, nor has a list of texts that name none; numbers and
    // booleans cannot be walked through.
    requireThat(value.isObject() || value.isTextual() || value.isArray());
    if (value.isArray()) {
      for (JsonNode name : value) {
        requireThat(name.isTextual() && schema.field(name.textValue()) == null);
      }
    }
    members(value, schema, into);
  }

  private static Object scalar(Schema.Field field, JsonNode value) throws StopException {
    return switch (field.kind()) {
      case STRING -> {
        requireThat(value.isTextual() && PythonValues.isSound(value.textValue()));
        yield value.textValue();
      }
      case BOOL -> {
        requireThat(value.isBoolean());
        yield value.booleanValue();
      }
      case INT64 -> present(ProtoTexts.integer(value));
      case TIMESTAMP -> present(ProtoTexts.timestampMillis(value));
      case DURATION -> present(ProtoTexts.durationMillis(value));
      case ENUM -> enumName(field, value);
      case VALUE -> withDoubles(value);
      case MESSAGE, STRING_MAP -> throw new IllegalStateException(field.kind() + " is no scalar");
    };
  }

  private static JsonNode withDoubles(JsonNode value) {
    if (value.isNumber()) {
      return DoubleNode.valueOf(value.doubleValue());
    }
    if (value.isArray()) {
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      value.forEach(item -> items.add(withDoubles(item)));
      return items;
    }
    if (value.isObject()) {
      ObjectNode members = JsonNodeFactory.instance.objectNode();
      value
          .properties()
          .forEach(member -> members.set(member.getKey(), withDoubles(member.getValue())));
      return members;
    }
    return value;
  }

  /** An unknown name of an enum is ignored, as an unknown member is; an unknown number is not. */
  private static boolean isUnknownName(Schema.Field field, JsonNode value) {
    return field.kind() == Schema.Kind.ENUM
        && value.isTextual()
        && !field.enumNames().contains(value.textValue())
        && PythonValues.integer(value.textValue()).isEmpty();
  }

  private static String enumName(Schema.Field field, JsonNode value) throws StopException {
    if (value.isTextual() && field.enumNames().contains(value.textValue())) {
      return value.textValue();
    }
    BigInteger number = present(
        value.isTextual() ? PythonValues.integer(value.textValue()) : ProtoTexts.cut(value));
    // The real server's library looks at the low 32 bits of a 64-bit number.
    int low = number.intValue();
    requireThat(
        number.bitLength() < Long.SIZE && low >= 0 && low < field.enumNames().size());
    String name = field.enumNames().get(low);
    requireThat(!name.equals("UNUSED"));
    return name;
  }

  private static <T> T present(Optional<T> value) throws StopException {
    if (value.isEmpty()) {
      throw new StopException();
    }
    return value.get();
  }

  private static void requireThat(boolean convertible) throws StopException {
    if (!convertible) {
      throw new StopException();
    }
  }
}
