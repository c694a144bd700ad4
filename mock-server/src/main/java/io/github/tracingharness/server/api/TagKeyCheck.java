package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.state.TagKeys;
import io.github.tracingharness.server.state.TrackingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Which keys of tags the server takes, with its words for those that it does not. */
final class TagKeyCheck {

  private TagKeyCheck() {}

  static void require(String key) {
    if (!TagKeys.hasAllowedCharacters(key)) {
      throw invalidKey(
          key,
          "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces"
              + " ( ), colon(:) and slashes (/).");
    }
    if (!TagKeys.isNormalPath(key)) {
      throw invalidKey(
          key,
          "Names may be treated as files in certain cases, and must not resolve to other names"
              + " when treated as such. This name would resolve to '"
              + normalized(key)
              + "'");
    }
    if (key.codePointCount(0, key.length()) > TagKeys.MAX_KEY) {
      throw TrackingException.invalid(
          "'key' exceeds the maximum length of " + TagKeys.MAX_KEY + " characters");
    }
  }

  private static TrackingException invalidKey(String key, String why) {
    return TrackingException.invalid("Invalid value "
        + JsonLayout.COMPACT.write(new TextNode(key))
        + " for parameter 'key' supplied: "
        + why);
  }

  private static String normalized(String key) {
    if (key.isEmpty()) {
      return ".";
    }
    try {
      return Path.of(key).normalize().toString();
    } catch (InvalidPathException noPath) {
      return key;
    }
  }
}
