package io.github.tracingharness.core.trace;

/** Takes JSON text, or only counts its characters. */
sealed interface JsonSink {

  void append(char c);

  /** Takes characters of ASCII. */
  void append(String text);

  /** Forgets the value that it is taking. */
  void clear();

  /** Keeps the text of one value after the other. */
  final class TextWriter implements JsonSink {

    /** How much longer a character outside ASCII is when it is escaped. */
    private static final int ESCAPE = 5;

    private final StringBuilder text = new StringBuilder(64);
    private int begin;
    private int wide;

    /** Begins a value. */
    void begin() {
      begin = text.length();
      wide = 0;
    }

    /** Returns how long the value is if all that is outside ASCII is escaped. */
    long asciiLength() {
      return text.length() - begin + (long) ESCAPE * wide;
    }

    @Override
    public void append(char c) {
      text.append(c);
      wide += c > '~' ? 1 : 0;
    }

    @Override
    public void append(String more) {
      text.append(more);
    }

    @Override
    public void clear() {
      text.setLength(begin);
      wide = 0;
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  /** Counts the characters. */
  final class LengthWriter implements JsonSink {

    private long length;

    long get() {
      return length;
    }

    @Override
    public void append(char c) {
      length++;
    }

    @Override
    public void append(String more) {
      length += more.length();
    }

    @Override
    public void clear() {
      length = 0;
    }
  }
}
