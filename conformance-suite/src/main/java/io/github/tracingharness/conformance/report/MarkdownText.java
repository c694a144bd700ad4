package io.github.tracingharness.conformance.report;

/** Text of a stranger as Markdown that shows it as it is. */
public final class MarkdownText {

  private MarkdownText() {}

  /** Returns the text in one line, in which nothing is mark-up. */
  public static String inline(String raw) {
    String clean = SafeText.clean(SafeText.oneLine(raw));
    return clean
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replaceAll("([\\\\`*_\\[\\]|#~@!])", "\\\\$1");
  }

  /** Returns the text as a block of its own, with an empty line after it. */
  public static String block(String content) {
    String clean = SafeText.clean(content);
    String fence = "```";
    while (clean.contains(fence)) {
      fence += "`";
    }
    return fence + "text\n" + clean + "\n" + fence + "\n\n";
  }
}
