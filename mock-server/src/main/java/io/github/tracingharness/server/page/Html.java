package io.github.tracingharness.server.page;

import java.util.Locale;

/** Builds a page; all text and all values of attributes are escaped. */
final class Html {

  private final StringBuilder out = new StringBuilder();

  /** Opens an element; attributes are names and values in turn. */
  Html open(String name, String... attributes) {
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ')
          .append(attributes[i])
          .append("=\"")
          .append(escaped(attributes[i + 1]))
          .append('"');
    }
    out.append('>');
    return this;
  }

  Html close(String name) {
    out.append("</").append(name).append('>');
    return this;
  }

  Html text(String text) {
    out.append(escaped(text));
    return this;
  }

  /** An element with text only. */
  Html element(String name, String text, String... attributes) {
    return open(name, attributes).text(text).close(name);
  }

  /** A text of the page itself, not escaped. */
  Html raw(String html) {
    out.append(html);
    return this;
  }

  static String percent(double value) {
    return String.format(Locale.ROOT, "%.3f%%", Math.max(0, Math.min(100, value)));
  }

  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c < 0x20 && c != '\n' && c != '\t' ? '\ufffd' : c);
      }
    }
    return escaped.toString();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
