package io.github.tracingharness.conformance.history;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The bytes of a body. In JSON {@code {"text": "…"}} when they are UTF-8 text without control
 * characters, and {@code {"base64": "…"}} otherwise.
 */
public final class Payload {

  /** A body of no bytes. */
  public static final Payload EMPTY = new Payload(new byte[0]);

  private static final int MOST_UNPACKED = 64 << 20;

  private final byte[] bytes;

  private Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Holds a copy of the bytes. */
  public static Payload of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Payload(bytes.clone());
  }

  /** Holds the UTF-8 form of the text. */
  public static Payload of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  @JsonCreator
  static Payload fromJson(JsonNode json) {
    try {
      return json.has("base64")
          ? of(json.get("base64").binaryValue())
          : of(json.path("text").asText());
    } catch (IOException e) {
      throw new UncheckedIOException("a body's base64 is damaged", e);
    }
  }

  @JsonValue
  JsonNode toJson() {
    return isText()
        ? JsonNodeFactory.instance.objectNode().put("text", text())
        : JsonNodeFactory.instance.objectNode().put("base64", bytes);
  }

  /** Tells whether the bytes begin as gzip does. */
  public boolean isPacked() {
    return bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
  }

  /** Returns what the bytes are in gzip. */
  public Payload packed() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Payload(packed.toByteArray());
  }

  /**
   * Returns what the bytes are without gzip, up to 64 MiB; itself if they are no gzip or are
   * damaged.
   */
  public Payload unpacked() {
    if (!isPacked()) {
      return this;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new Payload(in.readNBytes(MOST_UNPACKED));
    } catch (IOException damaged) {
      return this;
    }
  }

  /** Returns a copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns the number of bytes. */
  public int size() {
    return bytes.length;
  }

  /** Returns the bytes read as UTF-8; broken sequences become U+FFFD. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Tells whether the bytes are UTF-8 text without control characters other than white space. */
  public boolean isText() {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t');
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return isText() ? text() : bytes.length + " bytes";
  }
}
