package io.github.tracingharness.server.otlp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
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
    try (InputStream in = open(body, coding, contentEncoding)) {
      byte[] plain = in.readNBytes(MAX_UNPACKED_BYTES + 1);
      if (plain.length > MAX_UNPACKED_BYTES) {
        throw new OtlpException("Failed to decompress " + coding + " payload");
      }
      return plain;
    } catch (IOException e) {
      throw new OtlpException("Failed to decompress " + coding + " payload");
    }
  }

  private static InputStream open(byte[] body, String coding, String asSent)
      throws IOException, OtlpException {
    ByteArrayInputStream bytes = new ByteArrayInputStream(body);
    return switch (coding) {
      case "gzip" -> new GZIPInputStream(bytes);
      case "deflate" -> new InflaterInputStream(bytes);
      default -> throw new OtlpException("Unsupported Content-Encoding: " + asSent);
    };
  }
}
