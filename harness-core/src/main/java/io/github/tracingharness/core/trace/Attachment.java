package io.github.tracingharness.core.trace;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/**
 * Bytes that belong to inputs, outputs or another attribute of a span, such as an image. The span
 * holds a reference; the bytes are uploaded beside the trace. May stand anywhere in maps, lists and
 * arrays.
 *
 * <pre>{@code
 * span.setInputs(Map.of("image", Attachment.of(png, "image/png")));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Attachment {

  private static final String SCHEME = "mlflow-attachment://";

  private final String id = UUID.randomUUID().toString();
  private final byte[] bytes;
  private final String contentType;

  private Attachment(byte[] bytes, String contentType) {
    this.bytes = bytes.clone();
    this.contentType = Objects.requireNonNull(contentType, "contentType");
  }

  /**
   * Returns an attachment with an id of its own.
   *
   * @param bytes the content, which is copied
   * @param contentType its media type, for example {@code image/png}
   */
  public static Attachment of(byte[] bytes, String contentType) {
    return new Attachment(bytes, contentType);
  }

  /** Returns the id, a random UUID. */
  public String id() {
    return id;
  }

  /** Returns a copy of the content. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns how many bytes the content has. */
  public int size() {
    return bytes.length;
  }

  /** Returns the media type. */
  public String contentType() {
    return contentType;
  }

  /** Returns the text that stands for this attachment in a span of a trace. */
  public String reference(String traceId) {
    return SCHEME + id + "?content_type=" + encoded(contentType) + "&trace_id=" + encoded(traceId)
        + "&size=" + bytes.length;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Names id, type and size. */
  @Override
  public String toString() {
    return "Attachment[" + id + ", " + contentType + ", " + bytes.length + " bytes]";
  }
}
