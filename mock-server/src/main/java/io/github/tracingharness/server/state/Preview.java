package io.github.tracingharness.server.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.server.http.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The preview that the server makes of a root span's inputs or outputs. */
final class Preview {

  private static final int MAX_LENGTH = 1000;
  private static final String CUT = "...";

  private Preview() {}

  static @Nullable String ofInputs(@Nullable String json) {
    return of(json, "user");
  }

  static @Nullable String ofOutputs(@Nullable String json) {
    return of(json, "assistant");
  }

  private static @Nullable String of(@Nullable String json, String role) {
    if (json == null) {
      return null;
    }
    String text = Json.read(json).flatMap(node -> lastMessage(node, role)).orElse(json);
    if (text.codePointCount(0, text.length()) <= MAX_LENGTH) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH - CUT.length())) + CUT;
  }

  /**
   * The text of the last message of a role in a chat request, or of the first choice in a chat
   * answer.
   */
  private static Optional<String> lastMessage(JsonNode node, String role) {
    Optional<String> found = Optional.empty();
    for (JsonNode message : node.path("messages")) {
      if (message.path("role").asText().equals(role)) {
        Optional<String> text = content(message.path("content"));
        found = text.isPresent() ? text : found;
      }
    }
    return found.isPresent()
        ? found
        : content(node.path("choices").path(0).path("message").path("content"));
  }

  private static Optional<String> content(JsonNode content) {
    if (content.isTextual()) {
      return Optional.of(content.textValue());
    }
    Optional<String> found = Optional.empty();
    for (JsonNode part : content) {
      if (part.path("type").asText().equals("text") && part.path("text").isTextual()) {
        found = Optional.of(part.path("text").textValue());
      }
    }
    return found;
  }
}
