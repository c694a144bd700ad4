package io.github.tracingharness.core.client;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes protobuf messages inside of each other without generated classes. */
final class ProtoMessage {

  // Most messages are an attribute; the library's default of 4096 bytes for each would cost more
  // than their content.
  private static final int BUFFER_BYTES = 128;

  private ProtoMessage() {}

  /** Writes the fields of a message. */
  @FunctionalInterface
  interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  static byte[] write(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes, BUFFER_BYTES);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  static void nest(CodedOutputStream out, int field, Fields fields) throws IOException {
    out.writeByteArray(field, write(fields));
  }
}
