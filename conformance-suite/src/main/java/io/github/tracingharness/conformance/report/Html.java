package io.github.tracingharness.conformance.report;

/** Builds HTML; whatever is put in as text or as the value of an attribute is escaped. */
public final class Html {

  private final StringBuilder out = new StringBuilder();

  /** An empty page. */
  public Html() {}

  /** Opens an element. Attributes are names and values in turn; an empty value is left out. */
  public Html open(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]);
      if (!attributes[i + 1].isEmpty()) {
        out.append("=\"").append(escape(attributes[i + 1])).append('"');
      }
    }
    out.append('>');
    return this;
  }

  /** Closes an element. */
  public Html close(String tag) {
    out.append("</").append(tag).append('>');
    return this;
  }

  /** Adds text. */
  public Html text(String text) {
    out.append(escape(text));
    return this;
  }

  /** Adds an element that holds nothing but text. */
  public Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** Starts a new line of the source, for those who read it. */
  public Html newLine() {
    out.append('\n');
    return this;
  }

  /** Adds what is HTML already: our own style sheet and script, and what another builder made. */
  public Html raw(String html) {
    out.append(html);
    return this;
  }

  /** Returns the number of characters so far. */
  public int length() {
    return out.length();
  }

  /** Returns text as it stands in HTML, control characters written out. */
  public static String escape(String text) {
    String clean = SafeText.clean(text);
    StringBuilder escaped = new StringBuilder(clean.length() + 16);
    for (int i = 0; i < clean.length(); i++) {
      char c = clean.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** Returns the page. */
  @Override
  public String toString() {
    return out.toString();
  }
}
