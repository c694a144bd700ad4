package io.github.tracingharness.server.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a query string, in order and with repetitions.
 *
 * @param values all values of each name
 */
public record Query(Map<String, List<String>> values) {

  /**
   * Reads an escaped query.
   *
   * @param raw the query without {@code ?}
   * @return its parameters; a broken escape leaves the text as it was
   */
  public static Query parse(String raw) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String part : raw.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        values.computeIfAbsent(unescape(name), key -> new ArrayList<>()).add(unescape(value));
      }
    }
    return new Query(Collections.unmodifiableMap(values));
  }

  /**
   * The first value of a parameter.
   *
   * @param name the parameter's name
   * @return its value, or empty
   */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /**
   * All values of a parameter in order.
   *
   * @param name the parameter's name
   * @return its values, possibly none
   */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  private static String unescape(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      return text;
    }
  }
}
