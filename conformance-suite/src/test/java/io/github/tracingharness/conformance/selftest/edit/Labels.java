package io.github.tracingharness.conformance.selftest.edit;

import java.util.List;
import java.util.regex.Pattern;

/** Names of places that are the same whatever keys a case makes up. */
final class Labels {

  private static final Pattern WELL_KNOWN =
      Pattern.compile("mlflow\\.[A-Za-z_.]+|user\\.id|session\\.id");
  private static final List<String> FREE = List.of("tags", "trace_metadata", "attributes");

  private Labels() {}

  /** The key of an attribute that the protocol knows, and one word for all others. */
  static String attribute(String key) {
    return WELL_KNOWN.matcher(key).matches() ? key : "{key}";
  }

  /** A member of an object; in maps with free keys as an attribute. */
  static String member(String parent, String name) {
    return FREE.contains(parent) ? attribute(name) : name;
  }
}
