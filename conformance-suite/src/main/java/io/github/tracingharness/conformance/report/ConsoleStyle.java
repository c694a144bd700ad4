package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.judge.Verdict;
import java.io.Console;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How text is put on a console.
 *
 * @param live whether a line can be overwritten: a terminal, no pipe or file
 * @param colour whether ANSI colours are used
 * @param width columns, at least {@value #MIN_WIDTH}
 */
public record ConsoleStyle(boolean live, boolean colour, int width) {

  /** Columns where the environment says nothing: {@value}. */
  public static final int DEFAULT_WIDTH = 80;

  private static final int MIN_WIDTH = 40;
  private static final String RESET = "\u001b[0m";

  /** Raises a width that is too small to set text in. */
  public ConsoleStyle {
    width = Math.max(width, MIN_WIDTH);
  }

  /** Returns the style of a pipe or a file: no colours, nothing overwritten, 80 columns. */
  public static ConsoleStyle plain() {
    return new ConsoleStyle(false, false, DEFAULT_WIDTH);
  }

  /**
   * Returns the style for this process's standard output. {@code NO_COLOR} with any value, and
   * {@code TERM=dumb}, switch colours off; {@code COLUMNS} gives the width.
   *
   * @param environment the environment variables
   */
  public static ConsoleStyle detect(Map<String, String> environment) {
    return detect(environment, isTerminal(System.console()));
  }

  static ConsoleStyle detect(Map<String, String> environment, boolean terminal) {
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new ConsoleStyle(
        terminal && !dumb,
        terminal && !dumb && !noColour,
        width(environment.getOrDefault("COLUMNS", "")));
  }

  private static int width(String columns) {
    try {
      return Integer.parseInt(columns.strip());
    } catch (NumberFormatException e) {
      return DEFAULT_WIDTH;
    }
  }

  // From Java 22 on there is a console even where output goes to a pipe; only then does it have the
  // method that tells.
  private static boolean isTerminal(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  String verdict(Verdict verdict, String text) {
    return switch (verdict) {
      case HARNESS_ERROR, FAIL, UNEXPECTED_PASS, FLAKY -> paint("1;31", text);
      case INCONCLUSIVE, WARN -> paint("33", text);
      case KNOWN_FAILURE -> paint("35", text);
      case UNSUPPORTED, NOT_APPLICABLE -> paint("2", text);
      case PASS -> paint("32", text);
    };
  }

  String bold(String text) {
    return paint("1", text);
  }

  String dim(String text) {
    return paint("2", text);
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + RESET : text;
  }
}
