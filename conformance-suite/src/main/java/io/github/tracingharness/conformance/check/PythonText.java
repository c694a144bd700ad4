package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/**
 * JSON text as Python's {@code json.dumps} writes it with its default separators. Written apart
 * from every exporter, as sizes are recomputed with it.
 */
final class PythonText {

  private PythonText() {}

  /** The number of bytes of the ASCII-escaped text. */
  static long asciiSize(JsonNode value) {
    return of(value, true).length();
  }

  /** The text, with or without all non-ASCII characters escaped. */
  static String of(JsonNode value, boolean ascii) {
    StringBuilder out = new StringBuilder();
    write(value, ascii, out);
    return out.toString();
  }

  private static void write(JsonNode value, boolean ascii, StringBuilder out) {
    if (value.isObject()) {
      String separator = "{";
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        out.append(separator);
        quote(member.getKey(), ascii, out);
        out.append(": ");
        write(member.getValue(), ascii, out);
        separator = ", ";
      }
      out.append(value.isEmpty() ? "{}" : "}");
    } else if (value.isArray()) {
      String separator = "[";
      for (JsonNode element : value) {
        out.append(separator);
        write(element, ascii, out);
        separator = ", ";
      }
      out.append(value.isEmpty() ? "[]" : "]");
    } else if (value.isTextual() || value.isBinary()) {
      quote(value.asText(), ascii, out);
    } else if (value.isFloatingPointNumber()) {
      out.append(number(value));
    } else {
      out.append(value.asText());
    }
  }

  private static String number(JsonNode value) {
    double d = value.doubleValue();
    if (Double.isNaN(d)) {
      return "NaN";
    }
    if (Double.isInfinite(d)) {
      return d > 0 ? "Infinity" : "-Infinity";
    }
    if (d == 0) {
      return 1 / d < 0 ? "-0.0" : "0.0";
    }
    // repr: the shortest digits; scientific from 1e16 and below 1e-4.
    BigDecimal shortest = new BigDecimal(Double.toString(d)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String digits = shortest.unscaledValue().abs().toString();
    return (d < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private static void quote(String text, boolean ascii, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ' || (ascii && c > '~')) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
