package io.github.tracingharness.core.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Takes what is logged, which slf4j-simple prints to the standard error stream, until it is closed.
 */
public final class LogCapture implements AutoCloseable {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream before = System.err;

  public LogCapture() {
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  public String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  public List<String> lines(String containing) {
    return text().lines().filter(line -> line.contains(containing)).toList();
  }

  @Override
  public void close() {
    System.setErr(before);
    before.print(text());
  }
}
