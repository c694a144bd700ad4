package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.state.TrackingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Page tokens: an offset in base64. */
final class PageToken {

  private PageToken() {}

  static String of(long offset) {
    return Base64.getEncoder()
        .encodeToString(("{\"offset\": " + offset + "}").getBytes(StandardCharsets.UTF_8));
  }

  /** The offset of a token, 0 for an empty one. */
  static long offset(String token) {
    if (token.isEmpty()) {
      return 0;
    }
    byte[] text;
    try {
      text = Base64.getDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      throw TrackingException.invalid("Invalid page token, could not base64-decode");
    }
    JsonNode parsed = Json.read(text)
        .orElseThrow(() -> TrackingException.invalid(
            "Invalid page token, decoded value=" + new String(text, StandardCharsets.UTF_8)));
    if (!parsed.path("offset").isIntegralNumber() || parsed.path("offset").longValue() < 0) {
      throw TrackingException.invalid(
          "Invalid page token, parsed value=" + new String(text, StandardCharsets.UTF_8));
    }
    return parsed.path("offset").longValue();
  }
}
