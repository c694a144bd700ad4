package io.github.tracingharness.server.search;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a filter into tokens as the real server's parser does: quoted texts, groups in parentheses,
 * comparators, words and other single characters. Takes time in proportion to the filter's length
 * and no stack, whatever the filter is.
 */
final class Scanner {

  private static final String WORD_ENDS = "'\"()<>=!;,`";

  private final String text;
  private int at;

  private Scanner(String text) {
    this.text = text;
  }

  /** The tokens of a filter as they are written, without blanks. */
  static List<String> tokens(String filter) {
    Scanner scanner = new Scanner(filter);
    List<String> tokens = new ArrayList<>();
    while (scanner.at < filter.length()) {
      int start = scanner.at;
      scanner.at = scanner.tokenEnd();
      String token = filter.substring(start, scanner.at);
      if (!token.isBlank()) {
        tokens.add(token);
      }
    }
    return tokens;
  }

  /** The quoted texts in a group, with their quotes. */
  static List<String> quotedTexts(String group) {
    List<String> texts = new ArrayList<>();
    int at = 0;
    while (at < group.length()) {
      int end = quotedEnd(group, at);
      if (end > 0) {
        texts.add(group.substring(at, end));
      }
      at = end > 0 ? end : at + 1;
    }
    return texts;
  }

  /** Whether all of a text is one quoted text. A quote inside is written twice. */
  static boolean isQuoted(String text) {
    if (text.length() < 2 || !isQuote(text.charAt(0))) {
      return false;
    }
    char quote = text.charAt(0);
    int last = text.length() - 1;
    for (int i = 1; i < last; i++) {
      if (text.charAt(i) == quote && (++i == last || text.charAt(i) != quote)) {
        return false;
      }
    }
    return text.charAt(last) == quote;
  }

  private int tokenEnd() {
    char first = text.charAt(at);
    if (isSpace(first)) {
      return at + 1;
    }
    if (isQuote(first)) {
      int end = quotedEnd(text, at);
      return end > 0 ? end : at + 1;
    }
    if (first == '(') {
      return groupEnd();
    }
    int comparator = comparatorLength();
    return comparator > 0 ? at + comparator : wordEnd();
  }

  /** Where a quoted text that begins at a place ends; 0 if none begins there. */
  private static int quotedEnd(String text, int start) {
    char quote = text.charAt(start);
    if (!isQuote(quote)) {
      return 0;
    }
    int beforePair = 0;
    int i = start + 1;
    while (true) {
      int end = text.indexOf(quote, i);
      if (end < 0) {
        // Without a last quote, the last pair of quotes is an end and a new beginning.
        return beforePair;
      }
      if (end + 1 == text.length() || text.charAt(end + 1) != quote) {
        return end + 1;
      }
      beforePair = end + 1;
      i = end + 2;
    }
  }

  private int groupEnd() {
    int i = at + 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == ')') {
        return i + 1;
      }
      int end = quotedEnd(text, i);
      if (c == '(' || (isQuote(c) && end == 0)) {
        break;
      }
      i = Math.max(end, i + 1);
    }
    return at + 1;
  }

  private int comparatorLength() {
    char first = text.charAt(at);
    char second = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    if ((first == '<' && second == '>') || ("<>!=".indexOf(first) >= 0 && second == '=')) {
      return 2;
    }
    return "=<>".indexOf(first) >= 0 ? 1 : 0;
  }

  private int wordEnd() {
    int i = at;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean name = c == '`' || (c == '"' && i > at && text.charAt(i - 1) == '.');
      int closing = name ? text.indexOf(c, i + 1) : -1;
      if (closing > 0) {
        i = closing + 1;
      } else if (isSpace(c) || WORD_ENDS.indexOf(c) >= 0) {
        break;
      } else {
        i++;
      }
    }
    return Math.max(i, at + 1);
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '"';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
