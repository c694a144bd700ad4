package io.github.tracingharness.server.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of maps of tags. */
final class Tags {

  private Tags() {}

  static Map<String, String> copy(Map<String, String> tags) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  static Map<String, String> with(Map<String, String> tags, String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(tags);
    more.put(key, value);
    return more;
  }

  static Map<String, String> without(Map<String, String> tags, String key) {
    Map<String, String> fewer = new LinkedHashMap<>(tags);
    fewer.remove(key);
    return fewer;
  }
}
