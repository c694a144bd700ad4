package io.github.tracingharness.server.page;

import io.github.tracingharness.server.Header;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes credentials out of what is shown to people: the web page and the list of calls. It goes by
 * the names of headers and attributes and by the form of well-known tokens; a secret without a
 * telling name or form stays.
 */
public final class Redaction {

  /** What stands in the place of a credential. */
  public static final String REPLACEMENT = "(redacted)";

  private static final Set<String> SECRET_HEADERS = Set.of(
      "authorization",
      "proxy-authorization",
      "cookie",
      "set-cookie",
      "x-api-key",
      "api-key",
      "x-amz-security-token",
      "x-databricks-token");
  private static final int MAX_NAME = 1000;
  private static final Pattern SECRET_NAME = Pattern.compile(
      "(?i).*(authorization|api[-_.]?key|secret|passw(or)?d|credential|(access|auth|bearer|refresh|id|session)[-_.]?token|private[-_.]?key).*");
  private static final Pattern SECRET_TEXT =
      Pattern.compile("(?i)\\b(?:bearer\\s+[A-Za-z0-9+/=._~-]{6,}|basic\\s+[A-Za-z0-9+/=._~-]{16,})"
          + "|\\b(sk|pk)-[A-Za-z0-9_-]{12,}"
          + "|\\bdapi[0-9a-f]{16,}(-[0-9])?"
          + "|\\bgh[pousr]_[A-Za-z0-9]{20,}"
          + "|\\bAKIA[0-9A-Z]{12,}"
          + "|\\beyJ[A-Za-z0-9_-]{8,300}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*");

  // The bounds keep the search linear: texts come from clients and can be long.
  private static final Pattern SECRET_MEMBER = Pattern.compile(
      "(?i)(\\\\?\"[^\"\\\\]{0,64}(?:authorization|api[-_.]?key|secret|passw(?:or)?d|(?:access|auth|bearer)[-_.]?token)"
          + "[^\"\\\\]{0,64}\\\\?\"\\s*:\\s*\\\\?\")[^\"\\\\]+");

  private Redaction() {}

  /**
   * A header as it may be shown.
   *
   * @param header the header
   * @return its value, or what stands in its place
   */
  public static String header(Header header) {
    return SECRET_HEADERS.contains(header.name().toLowerCase(Locale.ROOT))
        ? REPLACEMENT
        : text(header.value());
  }

  /**
   * A named value as it may be shown.
   *
   * @param name its name, such as that of a span attribute
   * @param value the value
   * @return the value without what looks like a credential
   */
  public static String value(String name, String value) {
    return name.length() <= MAX_NAME && SECRET_NAME.matcher(name).matches()
        ? REPLACEMENT
        : text(value);
  }

  /**
   * A text as it may be shown.
   *
   * @param text the text
   * @return the text without what looks like a credential
   */
  public static String text(String text) {
    String named = SECRET_MEMBER.matcher(text).replaceAll("$1" + REPLACEMENT);
    return SECRET_TEXT.matcher(named).replaceAll(REPLACEMENT);
  }
}
