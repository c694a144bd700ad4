package io.github.tracingharness.conformance.report;

/** Text that XML 1.0 can carry. */
final class XmlText {

  private XmlText() {}

  /**
   * Returns the text with each character that XML 1.0 forbids, even as a reference, written out as
   * {@code \}{@code u001b}.
   */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().forEach(c -> {
      if (isAllowed(c)) {
        clean.appendCodePoint(c);
      } else {
        clean.append("\\u").append(String.format("%04x", c));
      }
    });
    return clean.toString();
  }

  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
