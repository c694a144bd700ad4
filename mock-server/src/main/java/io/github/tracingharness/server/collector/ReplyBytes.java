package io.github.tracingharness.server.collector;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A reply's body for one request: some bytes, a filling of any length, some bytes. */
final class ReplyBytes {

  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  /** Tag of a field that ExportTraceServiceResponse does not have: number 99, with a length. */
  private static final byte[] UNKNOWN_FIELD = {(byte) 0x9a, 0x06};

  private static final int LENGTH_BYTES = 5;
  private static final byte[] NONE = {};

  private final @Nullable String contentType;
  private final byte[] start;
  private final long filling;
  private final byte fill;
  private final byte[] end;

  private ReplyBytes(
      @Nullable String contentType, byte[] start, long filling, byte fill, byte[] end) {
    this.contentType = contentType;
    this.start = start;
    this.filling = filling;
    this.fill = fill;
    this.end = end;
  }

  static ReplyBytes of(ReplyBody body, boolean forJson) {
    if (body instanceof ReplyBody.InRequestEncoding encoded) {
      return forJson
          ? whole(JSON, encoded.json().getBytes(StandardCharsets.UTF_8))
          : whole(PROTOBUF, encoded.protobuf());
    }
    if (body instanceof ReplyBody.Padded padded) {
      return forJson ? paddedJson(padded.size()) : paddedProtobuf(padded.size());
    }
    return whole(null, ((ReplyBody.Bytes) body).bytes());
  }

  private static ReplyBytes whole(@Nullable String contentType, byte[] bytes) {
    return new ReplyBytes(contentType, bytes, 0, (byte) 0, NONE);
  }

  private static ReplyBytes paddedJson(long size) {
    return new ReplyBytes(JSON, new byte[] {'{'}, size - 2, (byte) ' ', new byte[] {'}'});
  }

  private static ReplyBytes paddedProtobuf(long size) {
    byte[] start = Arrays.copyOf(UNKNOWN_FIELD, UNKNOWN_FIELD.length + LENGTH_BYTES);
    long filling = size - start.length;
    long rest = filling;
    // A varint may be longer than it needs to be; then each size can be had.
    for (int i = 0; i < LENGTH_BYTES; i++) {
      boolean last = i == LENGTH_BYTES - 1;
      start[UNKNOWN_FIELD.length + i] = (byte) ((rest & 0x7f) | (last ? 0 : 0x80));
      rest >>>= 7;
    }
    return new ReplyBytes(PROTOBUF, start, filling, (byte) 'x', NONE);
  }

  /** Returns the Content-Type that the body brings, or null. */
  @Nullable
  String contentType() {
    return contentType;
  }

  long length() {
    return start.length + filling + end.length;
  }

  ReplyBytes compressed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, 64 * 1024)) {
      writeTo(gzip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return whole(contentType, bytes.toByteArray());
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(start);
    byte[] block = new byte[(int) Math.min(filling, 64 * 1024)];
    Arrays.fill(block, fill);
    for (long left = filling; left > 0; left -= block.length) {
      out.write(block, 0, (int) Math.min(left, block.length));
    }
    out.write(end);
  }

  /** Returns the first bytes, as many as there are up to the limit. */
  byte[] first(int max) {
    byte[] bytes = new byte[(int) Math.min(length(), max)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = at(i);
    }
    return bytes;
  }

  private byte at(int i) {
    if (i < start.length) {
      return start[i];
    }
    return i < start.length + filling ? fill : end[(int) (i - start.length - filling)];
  }
}
