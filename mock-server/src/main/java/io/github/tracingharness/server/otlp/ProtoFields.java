package io.github.tracingharness.server.otlp;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of a message's fields, in both spellings. */
final class ProtoFields {

  private final Map<String, String> jsonNames = new HashMap<>();
  private final boolean oneOf;

  private ProtoFields(boolean oneOf, String... camelNames) {
    this.oneOf = oneOf;
    for (String name : camelNames) {
      jsonNames.put(name, name);
      jsonNames.put(name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT), name);
    }
  }

  static ProtoFields of(String... camelNames) {
    return new ProtoFields(false, camelNames);
  }

  /** Of these fields a message has at most one. */
  static ProtoFields oneOf(String... camelNames) {
    return new ProtoFields(true, camelNames);
  }

  boolean oneOf() {
    return oneOf;
  }

  /** The name in camel case; null if there is no such field. */
  @Nullable
  String jsonName(String name) {
    return jsonNames.get(name);
  }
}
