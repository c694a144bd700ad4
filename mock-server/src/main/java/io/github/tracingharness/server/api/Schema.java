package io.github.tracingharness.server.api;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shape of a protobuf message in its JSON form. */
final class Schema {

  /** How a value is written in JSON. */
  enum Kind {
    STRING,
    INT64,
    BOOL,
    ENUM,
    MESSAGE,
    TIMESTAMP,
    DURATION,
    STRING_MAP,
    /** Anything; its numbers are doubles. */
    VALUE
  }

  /**
   * One field.
   *
   * @param name the name in the protocol's files
   * @param camelName the name as JSON usually spells it
   * @param kind the kind of its values
   * @param repeated whether it is a list
   * @param message the shape of its values, for messages
   * @param enumNames the names of its values in the order of their numbers, for enums
   * @param check what it has to be if the parse of its request ended early
   */
  record Field(
      String name,
      String camelName,
      Kind kind,
      boolean repeated,
      @Nullable Schema message,
      List<String> enumNames,
      FieldCheck check) {

    Field(
        String name,
        Kind kind,
        boolean repeated,
        @Nullable Schema message,
        List<String> enumNames,
        FieldCheck check) {
      this(name, camel(name), kind, repeated, message, enumNames, check);
    }

    private static String camel(String name) {
      StringBuilder camel = new StringBuilder();
      for (String word : name.split("_", -1)) {
        camel.append(
            camel.isEmpty()
                ? word
                : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
      }
      return camel.toString();
    }

    Field list() {
      FieldCheck items = kind == Kind.STRING ? FieldCheck.LIST_OF_TEXTS : FieldCheck.LIST;
      return new Field(name, kind, true, message, enumNames, items);
    }

    Field checkedAs(FieldCheck other) {
      return new Field(name, kind, repeated, message, enumNames, other);
    }
  }

  private final Map<String, Field> byJsonName = new LinkedHashMap<>();
  private final List<Field> fields;
  private final Set<String> oneOf;

  private Schema(Set<String> oneOf, Field... fields) {
    this.oneOf = oneOf;
    for (Field field : fields) {
      byJsonName.put(field.name(), field);
      byJsonName.put(field.camelName(), field);
    }
    this.fields = List.of(fields);
  }

  static Schema of(Field... fields) {
    return new Schema(Set.of(), fields);
  }

  /** The same shape, but of some members only one can be there. */
  Schema withOneOf(String... names) {
    return new Schema(Set.of(names), fields.toArray(new Field[0]));
  }

  Set<String> oneOf() {
    return oneOf;
  }

  private static Field field(String name, Kind kind, FieldCheck check) {
    return new Field(name, kind, false, null, List.of(), check);
  }

  static Field value(String name) {
    return field(name, Kind.VALUE, FieldCheck.NONE);
  }

  static Field text(String name) {
    return field(name, Kind.STRING, FieldCheck.TEXT);
  }

  static Field integer(String name) {
    return field(name, Kind.INT64, FieldCheck.INTEGER);
  }

  static Field bool(String name) {
    return field(name, Kind.BOOL, FieldCheck.BOOLEAN);
  }

  static Field timestamp(String name) {
    return field(name, Kind.TIMESTAMP, FieldCheck.NONE);
  }

  static Field duration(String name) {
    return field(name, Kind.DURATION, FieldCheck.NONE);
  }

  static Field stringMap(String name) {
    return field(name, Kind.STRING_MAP, FieldCheck.NONE);
  }

  static Field message(String name, Schema schema) {
    return new Field(name, Kind.MESSAGE, false, schema, List.of(), FieldCheck.NONE);
  }

  static Field enumeration(String name, Enum<?>... values) {
    List<String> names = Arrays.stream(values).map(Enum::name).toList();
    return new Field(name, Kind.ENUM, false, null, names, FieldCheck.NONE);
  }

  @Nullable
  Field field(String jsonName) {
    return byJsonName.get(jsonName);
  }

  List<Field> fields() {
    return fields;
  }
}
