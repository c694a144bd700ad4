package io.github.tracingharness.core.trace;

/** Takes JSON text, or only counts its characters. */
sealed interface JsonSink {

  void append(char c);

  void append(String text);

  /** Forgets what it took. */
  void clear();

  /** Keeps the text. */
  final class TextWriter implements JsonSink {

    private final StringBuilder text = new StringBuilder(64);

    @Override
    public void append(char c) {
      text.append(c);
    }

    @Override
    public void append(String more) {
      text.append(more);
    }

    @Override
    public void clear() {
      text.setLength(0);
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
