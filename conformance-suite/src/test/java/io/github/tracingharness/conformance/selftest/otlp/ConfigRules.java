package io.github.tracingharness.conformance.selftest.otlp;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** How OpenTelemetry's variables are read. Mutants override single methods. */
class ConfigRules {

  static final String OTLP = "OTEL_EXPORTER_OTLP_";
  static final String OTLP_TRACES = "OTEL_EXPORTER_OTLP_TRACES_";

  /** An empty variable is as good as none. */
  boolean isSet(String value) {
    return !value.isEmpty();
  }

  /** The variable for traces wins over the one for all signals. */
  Optional<String> option(Variables variables, String name) {
    return variables.get(OTLP_TRACES + name).or(() -> variables.get(OTLP + name));
  }

  /** Where traces go when only the base address is known: one slash between base and path. */
  String targetBelow(String basePath) {
    return (basePath.endsWith("/") ? basePath.substring(0, basePath.length() - 1) : basePath)
        + "/v1/traces";
  }

  /** Where traces go when their own address is known: exactly there. */
  String targetAt(String path) {
    return path.isEmpty() ? "/" : path;
  }

  /** What stands in an address besides scheme, host, port and path is ignored. */
  String pathOf(String afterAuthority) {
    int end = afterAuthority.length();
    for (char mark : new char[] {'?', '#'}) {
      int at = afterAuthority.indexOf(mark);
      end = at < 0 ? end : Math.min(end, at);
    }
    return afterAuthority.substring(0, end);
  }

  /** The address when none is given. */
  String defaultBase() {
    return "http://localhost:4318";
  }

  /** The scheme https means TLS, whatever other options say. */
  boolean isSecure(String scheme) {
    return scheme.equalsIgnoreCase("https");
  }

  /** The port when the address has none. */
  int defaultPort(boolean secure) {
    return secure ? 443 : 80;
  }

  /** The protocol when none is given, or an unknown one. */
  String defaultProtocol() {
    return "http/protobuf";
  }

  /** Enum values are compared without regard to case. */
  String enumValue(String value) {
    return value.trim().toLowerCase(Locale.ROOT);
  }

  /** Reads a whole number that is not negative, or nothing. */
  OptionalLong number(String value) {
    try {
      long number = Long.parseLong(value.trim());
      return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Sizes and delays of batches are above zero. */
  boolean isPositive(long number) {
    return number > 0;
  }

  /** What happens to a value that means nothing: it is told and ignored. */
  void ignored(Diagnostics log, String variable, String why) {
    log.warn(variable + " is ignored: " + why);
  }

  /** Durations are milliseconds. */
  long millis(long number) {
    return number;
  }

  /** A timeout of zero is none. */
  boolean isUnlimited(long timeoutMillis) {
    return timeoutMillis == 0;
  }

  /** Only {@code true} is true, in any case. */
  boolean truth(String value) {
    return value.trim().equalsIgnoreCase("true");
  }

  /** Headers of all signals, overridden one by one by those of traces. */
  Map<String, String> headers(Variables variables, Diagnostics log) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : new String[] {OTLP + "HEADERS", OTLP_TRACES + "HEADERS"}) {
      variables.get(name).ifPresent(list -> headers.putAll(headerList(name, list, log)));
    }
    return headers;
  }

  /** Pairs with commas between them; what is no pair is told and left out. */
  Map<String, String> headerList(String variable, String list, Diagnostics log) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String pair : list.split(",", -1)) {
      int equals = endOfName(pair);
      String name = equals < 0 ? "" : headerName(pair.substring(0, equals));
      Optional<String> value =
          equals < 0 ? Optional.empty() : headerValue(pair.substring(equals + 1));
      if (isHeaderName(name) && value.isPresent()) {
        headers.put(name, value.get());
      } else if (!pair.isBlank()) {
        // The value may be a secret, so it is not told.
        log.warn(variable + " has a pair that cannot be a header; it is left out");
      }
    }
    return headers;
  }

  /** The first equals sign ends the name; the others belong to the value. */
  int endOfName(String pair) {
    return pair.indexOf('=');
  }

  /** Blanks around a name are no part of it. */
  String headerName(String text) {
    return text.trim();
  }

  /** Values are percent-encoded, with optional blanks around them. */
  Optional<String> headerValue(String text) {
    return percentDecoded(text.trim()).filter(v -> v.chars().noneMatch(c -> c < ' '));
  }

  /** Framing, type and addressee of a request are no matter of configuration. */
  boolean isHeaderName(String name) {
    return name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
        && !name.toLowerCase(Locale.ROOT)
            .matches("host|connection|te|upgrade|expect|content-(type|encoding|length)"
                + "|transfer-encoding");
  }

  /** Resource attributes of the variables; if one is malformed, all of its variable are left. */
  Map<String, String> resourceAttributes(Variables variables, Diagnostics log) {
    Map<String, String> attributes = new LinkedHashMap<>();
    variables
        .get("OTEL_RESOURCE_ATTRIBUTES")
        .ifPresent(list -> attributes.putAll(resourceList(list, log)));
    variables.get("OTEL_SERVICE_NAME").ifPresent(name -> attributes.put("service.name", name));
    return attributes;
  }

  private Map<String, String> resourceList(String list, Diagnostics log) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String pair : list.split(",", -1)) {
      int equals = pair.indexOf('=');
      Optional<String> key =
          equals < 0 ? Optional.empty() : resourceText(pair.substring(0, equals).trim());
      Optional<String> value = equals < 0
          ? Optional.empty()
          : resourceText(pair.substring(equals + 1).trim());
      if (key.isEmpty() || value.isEmpty() || key.get().isEmpty()) {
        ignored(log, "OTEL_RESOURCE_ATTRIBUTES", "it is no list of key=value");
        return Map.of();
      }
      attributes.put(key.get(), value.get());
    }
    return attributes;
  }

  /** Resource attributes are percent-encoded. */
  Optional<String> resourceText(String text) {
    return percentDecoded(text);
  }

  /** Decodes percent-encoded UTF-8; a plus sign is a plus sign. */
  static Optional<String> percentDecoded(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      if (in[i] != '%') {
        out[length++] = in[i];
      } else if (i + 2 < in.length && isHex(in[i + 1]) && isHex(in[i + 2])) {
        out[length++] =
            (byte) (HexFormat.fromHexDigit(in[i + 1]) << 4 | HexFormat.fromHexDigit(in[i + 2]));
        i += 2;
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new String(out, 0, length, StandardCharsets.UTF_8));
  }

  private static boolean isHex(int c) {
    return HexFormat.isHexDigit(c);
  }
}
