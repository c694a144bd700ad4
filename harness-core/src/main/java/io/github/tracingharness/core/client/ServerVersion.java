package io.github.tracingharness.core.client;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Version of a server in Python's notation (PEP 440), as far as comparisons with a release need it.
 */
record ServerVersion(int major, int minor, boolean beforeRelease) {

  private static final Pattern PEP_440 =
      Pattern.compile("v?(?:\\d+!)?(\\d{1,9})(?:\\.(\\d{1,9}))?(?<rest>(?:\\.\\d{1,9})*)"
          + "(?<pre>[-_.]?(?:a|b|c|rc|alpha|beta|pre|preview)[-_.]?\\d*)?"
          + "(?:[-_.]?(?:post|rev|r)[-_.]?\\d*|-\\d+)?"
          + "(?<dev>[-_.]?dev[-_.]?\\d*)?"
          + "(?:\\+[a-z0-9._-]+)?");

  static Optional<ServerVersion> parse(String text) {
    Matcher matcher = PEP_440.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int minor = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    boolean early = matcher.group("pre") != null || matcher.group("dev") != null;
    boolean patched = matcher.group("rest").chars().anyMatch(c -> c >= '1' && c <= '9');
    // A release candidate of 3.4.1 comes after 3.4.
    return Optional.of(
        new ServerVersion(Integer.parseInt(matcher.group(1)), minor, early && !patched));
  }

  boolean isAtLeast(int wantedMajor, int wantedMinor) {
    if (major != wantedMajor) {
      return major > wantedMajor;
    }
    return minor > wantedMinor || (minor == wantedMinor && !beforeRelease);
  }
}
