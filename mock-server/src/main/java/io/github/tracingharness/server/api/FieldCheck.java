package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.server.http.PythonValues;

/**
 * What the real server asserts of a top-level member when the parse of its request ended early. It
 * does not assert the same of each endpoint's members.
 */
enum FieldCheck {
  NONE,
  TEXT,
  /** Whatever Python's {@code int} takes; it crashes with null, lists and objects. */
  INTEGER,
  BOOLEAN,
  LIST,
  LIST_OF_TEXTS;

  boolean passes(JsonNode value) {
    return switch (this) {
      case NONE -> true;
      case TEXT -> value.isTextual();
      case INTEGER -> isLikeAnInteger(value);
      case BOOLEAN -> value.isBoolean();
      case LIST -> value.isArray();
      case LIST_OF_TEXTS -> value.isArray() && allTextual(value);
    };
  }

  private static boolean isLikeAnInteger(JsonNode value) {
    if (value.isContainerNode() || value.isNull()) {
      throw new BodyReader.CrashException();
    }
    return !value.isTextual() || PythonValues.integer(value.textValue()).isPresent();
  }

  private static boolean allTextual(JsonNode list) {
    for (JsonNode item : list) {
      if (!item.isTextual()) {
        return false;
      }
    }
    return true;
  }
}
