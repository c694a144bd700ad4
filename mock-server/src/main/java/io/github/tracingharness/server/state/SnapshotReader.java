package io.github.tracingharness.server.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one object of an exported state; says which member is wrong, and where. */
final class SnapshotReader {

  private final String place;
  private final JsonNode node;

  SnapshotReader(String place, JsonNode node) {
    this.place = place;
    this.node = node;
    if (!node.isObject()) {
      throw new IllegalArgumentException(place + " must be an object");
    }
  }

  String text(String member) {
    JsonNode value = node.path(member);
    if (!value.isTextual()) {
      throw wrong(member, "a text");
    }
    return value.textValue();
  }

  @Nullable
  String optionalText(String member) {
    return isGiven(member) ? text(member) : null;
  }

  long number(String member) {
    JsonNode value = node.path(member);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(member, "a whole number");
    }
    return value.longValue();
  }

  int count(String member) {
    long value = number(member);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw wrong(member, "from 0 to " + Integer.MAX_VALUE);
    }
    return (int) value;
  }

  @Nullable
  Long optionalNumber(String member) {
    return isGiven(member) ? number(member) : null;
  }

  boolean flag(String member) {
    JsonNode value = node.path(member);
    if (!value.isBoolean()) {
      throw wrong(member, "true or false");
    }
    return value.booleanValue();
  }

  <E extends Enum<E>> E choice(String member, Class<E> type) {
    String name = text(member);
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(name)) {
        return value;
      }
    }
    throw wrong(member, "one of " + List.of(type.getEnumConstants()));
  }

  JsonNode tree(String member) {
    JsonNode value = node.path(member);
    if (value.isMissingNode()) {
      throw wrong(member, "given");
    }
    return value;
  }

  Map<String, String> texts(String member) {
    Map<String, String> texts = new LinkedHashMap<>();
    SnapshotReader map = new SnapshotReader(place + "." + member, object(member));
    map.node.fieldNames().forEachRemaining(key -> texts.put(key, map.text(key)));
    return texts;
  }

  Map<String, Integer> counts(String member) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    SnapshotReader map = new SnapshotReader(place + "." + member, object(member));
    map.node.fieldNames().forEachRemaining(key -> counts.put(key, map.count(key)));
    return counts;
  }

  Map<String, @Nullable Object> values(String member) {
    return SnapshotValues.map(object(member));
  }

  List<String> names(String member) {
    List<String> names = new ArrayList<>();
    for (JsonNode item : list(member)) {
      if (!item.isTextual()) {
        throw wrong(member, "a list of texts");
      }
      names.add(item.textValue());
    }
    return names;
  }

  <T> List<T> objects(String member, Function<SnapshotReader, T> read) {
    List<T> items = new ArrayList<>();
    for (JsonNode item : list(member)) {
      items.add(
          read.apply(new SnapshotReader(place + "." + member + "[" + items.size() + "]", item)));
    }
    return items;
  }

  SnapshotReader object(String member, String what) {
    return new SnapshotReader(place + "." + what, object(member));
  }

  private JsonNode object(String member) {
    JsonNode value = node.path(member);
    if (!value.isObject()) {
      throw wrong(member, "an object");
    }
    return value;
  }

  private JsonNode list(String member) {
    JsonNode value = node.path(member);
    if (!value.isArray()) {
      throw wrong(member, "a list");
    }
    return value;
  }

  boolean has(String member) {
    return isGiven(member);
  }

  private boolean isGiven(String member) {
    return node.hasNonNull(member);
  }

  IllegalArgumentException wrong(String member, String wanted) {
    return new IllegalArgumentException(
        place + "." + member + " must be " + wanted + (node.has(member) ? "" : ", but is missing"));
  }
}
