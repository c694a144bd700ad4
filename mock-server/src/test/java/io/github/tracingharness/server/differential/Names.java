package io.github.tracingharness.server.differential;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the placeholders of one conversation stand for at one server. Names and ids that the client
 * chooses are made of the conversation's own prefix, so that conversations do not meet; those that
 * the server chooses are captured from its answers.
 */
final class Names {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z]+)([0-9]*)}");

  private final String prefix;
  private final Map<String, String> captured = new LinkedHashMap<>();

  Names(String prefix) {
    this.prefix = prefix;
  }

  void capture(String name, String value) {
    captured.put(name, value);
  }

  String fill(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), found.group(2))));
  }

  private String value(String kind, String number) {
    String known = captured.get(kind + number);
    if (known != null) {
      return known;
    }
    return switch (kind) {
      case "p" -> prefix;
      case "t" -> "tr-" + hex("trace" + number);
      case "h" -> hex("trace" + number);
      case "s" -> hex("span" + number).substring(0, 16);
      case "e" -> "99999999";
      case "a" -> "a-" + hex("assessment" + number);
      default -> hex(kind + number);
    };
  }

  /** A text in which the ids that the server chose are placeholders again. */
  String hide(String text) {
    String hidden = text;
    for (Map.Entry<String, String> entry : captured.entrySet()) {
      hidden = hidden.replace(entry.getValue(), "«" + entry.getKey() + "»");
    }
    return hidden;
  }

  private String hex(String what) {
    return UUID.nameUUIDFromBytes((prefix + what).getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }
}
