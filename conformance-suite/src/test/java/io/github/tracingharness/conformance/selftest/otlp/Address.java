package io.github.tracingharness.conformance.selftest.otlp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where requests go.
 *
 * @param host name or address, without the brackets of IPv6
 * @param target the request target
 */
record Address(boolean secure, String host, int port, String target) {

  private static final Pattern FORM = Pattern.compile(
      "(?i)(https?)://(?:[^/?#@]*@)?(\\[[0-9a-f:.]+]|[^/?#:\\[\\]@]+)(?::([0-9]{1,5}))?([/?#].*)?");

  static Address read(Variables variables, ConfigRules rules) {
    Optional<String> own = variables.get(ConfigRules.OTLP_TRACES + "ENDPOINT");
    if (own.isPresent()) {
      return of(ConfigRules.OTLP_TRACES + "ENDPOINT", own.get(), true, rules);
    }
    String base = variables.get(ConfigRules.OTLP + "ENDPOINT").orElse(rules.defaultBase());
    return of(ConfigRules.OTLP + "ENDPOINT", base, false, rules);
  }

  private static Address of(String variable, String text, boolean exact, ConfigRules rules) {
    Matcher parts = FORM.matcher(text.trim());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          variable + " must be http://host[:port][/path] or https://…");
    }
    boolean secure = rules.isSecure(parts.group(1));
    String host = parts.group(2).replaceAll("[\\[\\]]", "");
    int port =
        parts.group(3) == null ? rules.defaultPort(secure) : Integer.parseInt(parts.group(3));
    String path = rules.pathOf(parts.group(4) == null ? "" : parts.group(4));
    return new Address(secure, host, port, exact ? rules.targetAt(path) : rules.targetBelow(path));
  }

  /** Returns where a redirect leads: an address, or a request target of this origin. */
  Address at(String location) {
    Matcher parts = FORM.matcher(location);
    return parts.matches() && parts.group(3) != null && parts.group(4) != null
        ? new Address(
            parts.group(1).equalsIgnoreCase("https"),
            parts.group(2),
            Integer.parseInt(parts.group(3)),
            parts.group(4))
        : new Address(secure, host, port, location);
  }
}
