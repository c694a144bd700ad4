package io.github.tracingharness.server.otlp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** From a body and its headers to a request. */
final class OtlpBody {

  static final String INVALID = "Invalid OpenTelemetry format";
  private static final String NO_SPANS = "Invalid OpenTelemetry format - no spans found";

  /** What unpacks to more is refused: a small body could fill the memory. */
  private static final int MAX_UNPACKED_BYTES = 256 << 20;

  private OtlpBody() {}

  static OtlpRequest decode(
      byte[] body, @Nullable String contentType, @Nullable String contentEncoding)
      throws OtlpException {
    String type = contentType == null ? "None" : contentType.split(";", -1)[0].strip();
    boolean json = type.equals("application/json");
    if (!json && !type.equals("application/x-protobuf")) {
      throw new OtlpException("Invalid Content-Type: "
          + (contentType == null ? "None" : contentType)
          + ". Expected: application/x-protobuf or application/json");
    }
    byte[] plain = decompress(body, contentEncoding);
    OtlpRequest request = json ? OtlpJson.decode(plain) : OtlpProtobuf.decode(plain);
    if (request.resourceSpans().isEmpty()) {
      throw new OtlpException(NO_SPANS);
    }
    return request;
  }

  private static byte[] decompress(byte[] body, @Nullable String contentEncoding)
      throws OtlpException {
    if (contentEncoding == null || contentEncoding.isEmpty()) {
      return body;
    }
    String coding = contentEncoding.toLowerCase(Locale.ROOT);
    try {
      ByteArrayInputStream bytes = new ByteArrayInputStream(body);
      return switch (coding) {
        case "gzip" -> unpack(new GZIPInputStream(bytes));
        case "deflate" -> inflate(body);
        default -> throw new OtlpException("Unsupported Content-Encoding: " + contentEncoding);
      };
    } catch (IOException e) {
      throw new OtlpException("Failed to decompress " + coding + " payload");
    }
  }

  /** With the header of zlib, as RFC 9110 wants it, or without one, as some clients send it. */
  private static byte[] inflate(byte[] body) throws IOException {
    try {
      return unpack(new InflaterInputStream(new ByteArrayInputStream(body)));
    } catch (IOException noHeader) {
      Inflater raw = new Inflater(true);
      try {
        return unpack(new InflaterInputStream(new ByteArrayInputStream(body), raw));
      } finally {
        raw.end();
      }
    }
  }

  private static byte[] unpack(InputStream packed) throws IOException {
    try (packed) {
      byte[] plain = packed.readNBytes(MAX_UNPACKED_BYTES + 1);
      if (plain.length > MAX_UNPACKED_BYTES) {
        throw new IOException("unpacks to more than " + MAX_UNPACKED_BYTES + " bytes");
      }
      return plain;
    }
  }
}
