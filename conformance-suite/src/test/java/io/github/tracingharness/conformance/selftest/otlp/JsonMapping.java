package io.github.tracingharness.conformance.selftest.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** OTLP/JSON: the JSON form of protobuf with hex ids and numbers for enums. */
class JsonMapping {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> IDS = List.of("trace_id", "span_id", "parent_span_id");
  static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Writes a message. */
  byte[] encode(Message message) throws JsonProcessingException {
    return MAPPER.writeValueAsBytes(object(message));
  }

  private ObjectNode object(Message message) {
    ObjectNode object = JSON.objectNode();
    message.getAllFields().forEach((field, value) -> {
      if (field.isRepeated()) {
        ArrayNode array = object.putArray(key(field));
        ((List<?>) value).forEach(element -> array.add(value(field, element)));
      } else {
        object.set(key(field), value(field, value));
      }
    });
    return object;
  }

  private JsonNode value(FieldDescriptor field, Object value) {
    return switch (field.getJavaType()) {
      case MESSAGE -> object((Message) value);
      case ENUM -> enumValue((EnumValueDescriptor) value);
      case BYTE_STRING ->
        IDS.contains(field.getName()) ? id((ByteString) value) : bytes((ByteString) value);
      case LONG -> number64((Long) value);
      case DOUBLE, FLOAT -> number((Double) value);
      case INT -> JSON.numberNode(Integer.toUnsignedLong((Integer) value));
      case BOOLEAN -> JSON.booleanNode((Boolean) value);
      case STRING -> JSON.textNode((String) value);
    };
  }

  /** Keys are lowerCamelCase. */
  String key(FieldDescriptor field) {
    return field.getJsonName();
  }

  /** Enum values are numbers. */
  JsonNode enumValue(EnumValueDescriptor value) {
    return JSON.numberNode(value.getNumber());
  }

  /** Ids are hex digits. */
  JsonNode id(ByteString id) {
    return JSON.textNode(HexFormat.of().formatHex(id.toByteArray()));
  }

  /** Bytes are base64. */
  JsonNode bytes(ByteString bytes) {
    return JSON.textNode(Base64.getEncoder().encodeToString(bytes.toByteArray()));
  }

  /** Numbers of 64 bits are strings, so that none loses digits. */
  JsonNode number64(long number) {
    return JSON.textNode(Long.toString(number));
  }

  /** What is no number is a string. */
  JsonNode number(double number) {
    return Double.isFinite(number)
        ? JSON.numberNode(number)
        : JSON.textNode(Double.toString(number));
  }
}
