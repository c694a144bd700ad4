package io.github.tracingharness.server;

import io.github.tracingharness.server.http.JsonLayout;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes each finished call as one line of JSON to a file, without credentials. Thread-safe; a line
 * is in the file once its call is over.
 */
final class CallLog implements AutoCloseable {

  private final BufferedWriter out;

  private CallLog(BufferedWriter out) {
    this.out = out;
  }

  /** Opens a file at its end; makes it if there is none. */
  static CallLog append(Path file) throws IOException {
    return new CallLog(
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  synchronized void write(String space, RecordedCall call) {
    try {
      out.write(JsonLayout.COMPACT.write(CallJson.write(call).put("space", space), false) + "\n");
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
