package io.github.tracingharness.core.trace;

/** Texts in code points, as Python counts them. */
public final class Texts {

  private static final String ELLIPSIS = "...";

  private Texts() {}

  /** Returns the first code points of a text, at most {@code limit}. */
  public static String cut(String text, int limit) {
    if (text.length() <= limit || text.codePointCount(0, text.length()) <= limit) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, limit));
  }

  /**
   * Returns the text if it has at most {@code limit} code points, else its beginning and three
   * dots.
   */
  public static String ellipsize(String text, int limit) {
    if (text.length() <= limit || text.codePointCount(0, text.length()) <= limit) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, limit - ELLIPSIS.length())) + ELLIPSIS;
  }

  /**
   * Returns the text with every lone surrogate replaced by a question mark, so that UTF-8 can carry
   * it.
   */
  public static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return replaceLoneSurrogates(text);
      }
    }
    return text;
  }

  /**
   * Returns {@code toString()} of any object; an object whose {@code toString()} fails is described
   * by its type.
   */
  static String toStringOf(Object value) {
    try {
      String text = value.toString();
      return text == null ? value.getClass().getName() : text;
    } catch (RuntimeException | StackOverflowError e) {
      return "<" + value.getClass().getName() + " without text: " + e.getClass().getSimpleName()
          + ">";
    }
  }

  private static String replaceLoneSurrogates(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        out.append(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else {
        out.append('?');
      }
    }
    return out.toString();
  }
}
