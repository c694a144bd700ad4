package io.github.tracingharness.server.search;

import io.github.tracingharness.server.state.TrackingException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What LIKE, ILIKE and RLIKE compare with: bounded in time and stack for every pattern. */
final class Matchers {

  /** How many characters one filter may look at with RLIKE: about half a second. */
  static final long REGEX_BUDGET = 50_000_000;

  private Matchers() {}

  /**
   * Fits texts with {@code %} for any characters and {@code _} for one. Takes at most the product
   * of the lengths of pattern and text in steps.
   */
  static Predicate<String> like(String pattern, boolean ignoreCase) {
    int[] wanted = characters(pattern, ignoreCase);
    return actual -> like(wanted, characters(actual, ignoreCase));
  }

  private static boolean like(int[] pattern, int[] text) {
    int p = 0;
    int t = 0;
    int afterPercent = -1;
    int retry = 0;
    while (t < text.length) {
      if (p < pattern.length && pattern[p] == '%') {
        afterPercent = ++p;
        retry = t;
      } else if (p < pattern.length && (pattern[p] == '_' || pattern[p] == text[t])) {
        p++;
        t++;
      } else if (afterPercent >= 0) {
        p = afterPercent;
        t = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == '%') {
      p++;
    }
    return p == pattern.length;
  }

  private static int[] characters(String text, boolean ignoreCase) {
    int[] characters = text.codePoints().toArray();
    for (int i = 0; ignoreCase && i < characters.length; i++) {
      characters[i] = Character.toLowerCase(Character.toUpperCase(characters[i]));
    }
    return characters;
  }

  /**
   * Finds a regular expression in texts; a wrong one is found in none, as with MLflow's server.
   *
   * @return a predicate that throws a {@link TrackingException} if the expression takes too long or
   *     too much stack
   */
  static Predicate<String> regex(String wanted) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(wanted);
    } catch (PatternSyntaxException wrong) {
      return actual -> false;
    }
    Budget budget = new Budget(wanted);
    return actual -> {
      try {
        return pattern.matcher(new Metered(actual, budget)).find();
      } catch (StackOverflowError e) {
        throw tooComplex(wanted);
      }
    };
  }

  private static TrackingException tooComplex(String wanted) {
    return TrackingException.internal("The fake tracking server gave up the regular expression '"
        + shown(wanted)
        + "': too complex");
  }

  private static String shown(String wanted) {
    return wanted.length() > 200 ? wanted.substring(0, 200) + "…" : wanted;
  }

  private static final class Budget {

    private final String wanted;
    private long left = REGEX_BUDGET;

    Budget(String wanted) {
      this.wanted = wanted;
    }

    void spend() {
      if (--left < 0) {
        throw tooComplex(wanted);
      }
    }
  }

  /** A text that counts how often it is looked at, because a matcher cannot be interrupted. */
  private record Metered(CharSequence text, Budget budget) implements CharSequence {

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      budget.spend();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
