package io.github.tracingharness.server.api;

import io.github.tracingharness.server.state.TrackingException;
import java.util.regex.Pattern;

/** Checks of names, numbers and aliases in the model registry. */
final class ModelNames {

  private static final Pattern ALIAS =
      Pattern.compile("[\\w\\-]*", Pattern.UNICODE_CHARACTER_CLASS);
  private static final int MAX_ALIAS = 255;

  private ModelNames() {}

  static String require(String name) {
    if (name.isBlank()) {
      throw TrackingException.invalid("Missing value for required parameter 'name'.");
    }
    if (name.contains("/") || name.contains(":")) {
      throw TrackingException.invalid(
          "Invalid model name '" + name + "'. Names cannot contain '/' or ':'.");
    }
    return name;
  }

  static int number(String version) {
    try {
      return Integer.parseInt(version.strip());
    } catch (NumberFormatException notANumber) {
      throw TrackingException.invalid(
          "Parameter 'version' must be an integer, got '" + version + "'.");
    }
  }

  static String alias(String alias) {
    if (!ALIAS.matcher(alias).matches()) {
      throw TrackingException.invalid("Invalid alias name: '" + alias
          + "'. Names may only contain alphanumerics, underscores (_), and dashes (-).");
    }
    if (alias.codePointCount(0, alias.length()) > MAX_ALIAS) {
      throw TrackingException.invalid("'Registered model alias name' exceeds the maximum length of "
          + MAX_ALIAS + " characters");
    }
    return alias;
  }

  /** An alias that can be given: some stand for versions by themselves. */
  static String newAlias(String alias) {
    alias(alias);
    if (alias.equalsIgnoreCase("latest")) {
      throw TrackingException.invalid("'latest' alias name (case insensitive) is reserved.");
    }
    if (alias.matches("[vV]\\d+")) {
      throw TrackingException.invalid("Version alias name '" + alias + "' is reserved.");
    }
    return alias;
  }
}
