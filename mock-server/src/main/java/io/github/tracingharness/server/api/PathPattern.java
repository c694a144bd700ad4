package io.github.tracingharness.server.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The paths of a route: literal segments, {@code {name}} for one segment and {@code {name*}} for
 * all that follow.
 */
final class PathPattern {

  private final String text;
  private final String[] parts;
  private final boolean open;

  private PathPattern(String text) {
    this.text = text;
    this.parts = text.split("/", -1);
    this.open = text.endsWith("*}");
  }

  static PathPattern of(String text) {
    return new PathPattern(text);
  }

  /** The variables of a path that fits, or empty if it does not. */
  Optional<Map<String, String>> match(String[] segments) {
    if (open ? segments.length < parts.length : segments.length != parts.length) {
      return Optional.empty();
    }
    int single = open ? parts.length - 1 : parts.length;
    for (int i = 0; i < single; i++) {
      boolean fits = isVariable(parts[i]) ? !segments[i].isEmpty() : parts[i].equals(segments[i]);
      if (!fits) {
        return Optional.empty();
      }
    }
    return variables(segments, single);
  }

  private Optional<Map<String, String>> variables(String[] segments, int single) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < single; i++) {
      if (isVariable(parts[i])) {
        variables.put(parts[i].substring(1, parts[i].length() - 1), segments[i]);
      }
    }
    if (open) {
      String part = parts[single];
      String rest = String.join("/", Arrays.asList(segments).subList(single, segments.length));
      if (rest.isEmpty()) {
        return Optional.empty();
      }
      variables.put(part.substring(1, part.length() - 2), rest);
    }
    return Optional.of(variables);
  }

  private static boolean isVariable(String part) {
    return part.startsWith("{");
  }

  /** The segments of an escaped path, unescaped one by one. */
  static String[] segments(String path) {
    String[] segments = path.split("/", -1);
    if (path.indexOf('%') >= 0) {
      for (int i = 0; i < segments.length; i++) {
        segments[i] = unescape(segments[i]);
      }
    }
    return segments;
  }

  private static String unescape(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      return segment;
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
