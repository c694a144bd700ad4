package io.github.tracingharness.conformance.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line as a shell would: at blanks, with single and double quotes and backslashes.
 */
final class CommandWords {

  private CommandWords() {}

  /**
   * Returns the words.
   *
   * @throws UsageException if a quote is not closed
   */
  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
        inWord = true;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new UsageException("a quote (%s) is not closed in: %s".formatted(quote, line));
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
