package io.github.tracingharness.server.state;

import java.util.regex.Pattern;

/** Which tag keys the server takes. */
public final class TagKeys {

  /** The longest key, in characters. */
  public static final int MAX_KEY = 250;

  private static final Pattern ALLOWED =
      Pattern.compile("[/\\w.\\- :]*", Pattern.UNICODE_CHARACTER_CLASS);

  private TagKeys() {}

  /**
   * Tells whether a key consists of allowed characters.
   *
   * @param key the key
   * @return false if the server would refuse its characters
   */
  public static boolean hasAllowedCharacters(String key) {
    return ALLOWED.matcher(key).matches();
  }

  /**
   * Tells whether a key is no path trick.
   *
   * @param key the key
   * @return false if the key is not in normal form as a path
   */
  public static boolean isNormalPath(String key) {
    if (key.isEmpty() || key.startsWith("/") || key.equals(".") || key.equals("..")) {
      return false;
    }
    for (String part : key.split("/", -1)) {
      if (part.equals("..") || part.equals(".") || part.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  static boolean isValid(String key) {
    return !key.isEmpty()
        && key.length() <= MAX_KEY
        && hasAllowedCharacters(key)
        && isNormalPath(key);
  }
}
