package io.github.tracingharness.conformance.report;

import java.util.ArrayList;
import java.util.List;

/** Text of a stranger made safe to show, and set to a width. */
public final class SafeText {

  private SafeText() {}

  /**
   * Returns the text with control and format characters other than line feeds written out, as in
   * {@code \x1b}, so that what a subject said can neither colour nor move nor reorder anything.
   * Tabs become four spaces.
   */
  public static String clean(String text) {
    return text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f)) ? text : cleaned(text);
  }

  private static String cleaned(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().forEach(c -> {
      int type = Character.getType(c);
      if (c == '\n') {
        clean.append('\n');
      } else if (c == '\t') {
        clean.append("    ");
      } else if (type == Character.CONTROL
          || type == Character.FORMAT
          || type == Character.SURROGATE) {
        clean.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", c));
      } else {
        clean.appendCodePoint(c);
      }
    });
    return clean.toString();
  }

  /** Returns the text in lines of at most that many characters, broken at spaces where possible. */
  public static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String line : clean(text).split("\n", -1)) {
      String indent = " ".repeat(Math.min(leadingSpaces(line), width / 2));
      String rest = line;
      while (rest.length() > width) {
        int space = rest.lastIndexOf(' ', width);
        int end = space > indent.length() + width / 3 ? space : notInsidePair(rest, width);
        lines.add(rest.substring(0, end).stripTrailing());
        rest = indent + rest.substring(end).stripLeading();
      }
      lines.add(rest.stripTrailing());
    }
    return lines;
  }

  private static int notInsidePair(String text, int end) {
    return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
  }

  private static int leadingSpaces(String line) {
    int n = 0;
    while (n < line.length() && line.charAt(n) == ' ') {
      n++;
    }
    return n;
  }

  /** Returns one line of at most that many characters. */
  public static String cut(String text, int width) {
    String line = clean(oneLine(text));
    return line.length() <= width
        ? line
        : line.substring(0, notInsidePair(line, Math.max(1, width - 3))) + "...";
  }

  /** Returns one line of at most that many characters, cut in the middle. */
  static String cutInside(String text, int width) {
    String line = clean(oneLine(text));
    int tail = width / 2;
    return line.length() <= width
        ? line
        : cut(line, width - tail) + line.substring(line.length() - tail);
  }

  /** Returns the text with line ends replaced by semicolons. */
  public static String oneLine(String text) {
    return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ");
  }

  static String pad(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }

  static String padLeft(String text, int width) {
    return text.length() >= width ? text : " ".repeat(width - text.length()) + text;
  }
}
