package io.github.tracingharness.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads JSON as Python's {@code json.loads} does: NaN and Infinity are numbers, integers are exact.
 */
public final class Json {

  private static final int MAX_TEXT = 256 * 1024 * 1024;

  private static final char REPLACEMENT = '\uFFFD';

  private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(MAX_TEXT).build())
          .build())
      .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private Json() {}

  /**
   * Reads a text.
   *
   * @param text the text
   * @return the tree, or empty if the text is not JSON
   */
  public static Optional<JsonNode> read(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  /**
   * Reads UTF-8 bytes.
   *
   * @param bytes the bytes
   * @return the tree, or empty if they are not UTF-8 or not JSON
   */
  public static Optional<JsonNode> read(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    // The replacement character may have been sent, or may stand for bytes that are not UTF-8.
    return text.indexOf(REPLACEMENT) < 0 || isUtf8(bytes) ? read(text) : Optional.empty();
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException notUtf8) {
      return false;
    }
  }

  /**
   * An empty object to be filled.
   *
   * @return a new tree
   */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
