package io.github.tracingharness.core.trace;

/** Takes JSON text, or only counts its characters. */
abstract sealed class JsonSink {

  abstract void append(char c);

  abstract void append(String text);

  /** Forgets what it took. */
  abstract void clear();

  /** Keeps the text. */
  static final class Text extends JsonSink {

    private final StringBuilder text = new StringBuilder(64);

    @Override
    void append(char c) {
      text.append(c);
    }

    @Override
    void append(String more) {
      text.append(more);
    }

    @Override
    void clear() {
      text.setLength(0);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  /** Counts the characters. */
  static final class Length extends JsonSink {

    private long length;

    long get() {
      return length;
    }

    @Override
    void append(char c) {
      length++;
    }

    @Override
    void append(String more) {
      length += more.length();
    }

    @Override
    void clear() {
      length = 0;
    }
  }
}
