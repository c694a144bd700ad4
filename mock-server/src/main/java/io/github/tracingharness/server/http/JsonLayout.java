package io.github.tracingharness.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/**
 * JSON text as Python's {@code json.dumps} writes it, in the layouts that the real server uses.
 * Member order is that of the tree.
 */
public enum JsonLayout {
  /** {@code {"a":1,"b":[2,3]}}. */
  COMPACT(",", ":"),
  /** {@code {"a": 1, "b": [2, 3]}}. */
  SPACED(", ", ": "),
  /** One member per line, indented by two spaces. */
  PRETTY(",", ": ");

  private final String itemSeparator;
  private final String keySeparator;

  JsonLayout(String itemSeparator, String keySeparator) {
    this.itemSeparator = itemSeparator;
    this.keySeparator = keySeparator;
  }

  /**
   * Writes a tree with all non-ASCII characters escaped.
   *
   * @param node the tree
   * @return its text
   */
  public String write(JsonNode node) {
    return write(node, true);
  }

  /**
   * Writes a tree.
   *
   * @param node the tree
   * @param ascii whether non-ASCII characters are escaped
   * @return its text
   */
  public String write(JsonNode node, boolean ascii) {
    StringBuilder out = new StringBuilder();
    append(node, ascii, 0, out);
    return out.toString();
  }

  /**
   * Writes a tree with all non-ASCII characters escaped.
   *
   * @param node the tree
   * @return its bytes
   */
  public byte[] bytes(JsonNode node) {
    return write(node).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes a number as Python's {@code repr} does.
   *
   * @param value the number
   * @return its text, for instance {@code 1.0}, {@code 7.5e-07}, {@code NaN}
   */
  public static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    double magnitude = Math.abs(value);
    if (magnitude == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    if (magnitude >= 1e-4 && magnitude < 1e16) {
      String plain = new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String[] parts = Double.toString(value).split("E", -1);
    String digits =
        parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
    int exponent = Integer.parseInt(parts[1]);
    return digits
        + (exponent < 0 ? "e-" : "e+")
        + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
  }

  private void append(JsonNode node, boolean ascii, int depth, StringBuilder out) {
    if (node.isObject()) {
      appendObject(node, ascii, depth, out);
    } else if (node.isArray()) {
      appendArray(node, ascii, depth, out);
    } else if (node.isTextual()) {
      appendText(node.textValue(), ascii, out);
    } else if (node.isFloatingPointNumber()) {
      out.append(number(node.doubleValue()));
    } else {
      out.append(node.asText());
    }
  }

  private void appendObject(JsonNode node, boolean ascii, int depth, StringBuilder out) {
    out.append('{');
    Iterator<Map.Entry<String, JsonNode>> members = node.properties().iterator();
    boolean some = members.hasNext();
    while (members.hasNext()) {
      Map.Entry<String, JsonNode> member = members.next();
      newLine(depth + 1, out);
      appendText(member.getKey(), ascii, out);
      out.append(keySeparator);
      append(member.getValue(), ascii, depth + 1, out);
      if (members.hasNext()) {
        out.append(itemSeparator);
      }
    }
    if (some) {
      newLine(depth, out);
    }
    out.append('}');
  }

  private void appendArray(JsonNode node, boolean ascii, int depth, StringBuilder out) {
    out.append('[');
    for (int i = 0; i < node.size(); i++) {
      newLine(depth + 1, out);
      append(node.get(i), ascii, depth + 1, out);
      if (i < node.size() - 1) {
        out.append(itemSeparator);
      }
    }
    if (!node.isEmpty()) {
      newLine(depth, out);
    }
    out.append(']');
  }

  private void newLine(int depth, StringBuilder out) {
    if (this == PRETTY) {
      out.append('\n').append("  ".repeat(depth));
    }
  }

  private static void appendText(String text, boolean ascii, StringBuilder out) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c <= 0x7e && c != '"' && c != '\\') {
        continue;
      }
      out.append(text, plain, i);
      plain = i + 1;
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20 || (ascii && c > 0x7e)) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append(text, plain, text.length()).append('"');
  }
}
