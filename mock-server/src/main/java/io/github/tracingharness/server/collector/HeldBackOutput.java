package io.github.tracingharness.server.collector;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A buffer that keeps the last byte back until it is flushed, however much is written: so an answer
 * can be recorded before the client can have it whole.
 */
final class HeldBackOutput extends OutputStream {

  private final OutputStream out;
  private final byte[] buffer = new byte[16 * 1024];
  private int count;

  HeldBackOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int next) throws IOException {
    makeRoom();
    buffer[count++] = (byte) next;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    while (at < offset + length) {
      makeRoom();
      int part = Math.min(offset + length - at, buffer.length - count);
      System.arraycopy(bytes, at, buffer, count, part);
      count += part;
      at += part;
    }
  }

  private void makeRoom() throws IOException {
    if (count == buffer.length) {
      out.write(buffer, 0, count);
      count = 0;
    }
  }

  @Override
  public void flush() throws IOException {
    out.write(buffer, 0, count);
    count = 0;
    out.flush();
  }
}
