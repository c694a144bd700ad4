package io.github.tracingharness.core.manager;

import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.Texts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Short texts of a request or response. If the JSON is an object with chat messages, the preview is
 * the text of the last message of the wanted role, or of the last message if there is none;
 * otherwise it is the JSON itself.
 */
final class Previews {

  private static final int LIMIT = 1000;
  private static final int DATABRICKS_LIMIT = 10_000;

  private Previews() {}

  /** Returns how many characters a preview may have. */
  static int limit(boolean databricks) {
    return databricks ? DATABRICKS_LIMIT : LIMIT;
  }

  /** Returns a preview of at most {@code limit} characters. */
  static String of(String json, String role, int limit) {
    String text = messageText(json, role);
    return Texts.ellipsize(text == null || text.isEmpty() ? json : text, limit);
  }

  private static @Nullable String messageText(String json, String role) {
    if (!json.startsWith("{")) {
      return null;
    }
    try {
      return PythonJson.loads(json) instanceof Map<?, ?> object ? textOf(object, role) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String textOf(Map<?, ?> object, String role) {
    List<?> messages = messages(object);
    if (messages == null) {
      return object.get("request") instanceof Map<?, ?> inner ? textOf(inner, role) : null;
    }
    Map<?, ?> last = null;
    Map<?, ?> lastOfRole = null;
    for (Object item : messages) {
      if (item instanceof Map<?, ?> message
          && message.containsKey("role")
          && message.containsKey("content")) {
        last = message;
        if (role.equals(message.get("role"))) {
          lastOfRole = message;
        }
      }
    }
    Map<?, ?> chosen = lastOfRole != null ? lastOfRole : last;
    return chosen == null ? null : content(chosen.get("content"));
  }

  private static @Nullable List<?> messages(Map<?, ?> object) {
    if (object.get("messages") instanceof List<?> messages) {
      return messages;
    }
    if (object.get("choices") instanceof List<?> choices
        && !choices.isEmpty()
        && choices.get(0) instanceof Map<?, ?> choice
        && choice.get("message") instanceof Map<?, ?> message) {
      return List.of(message);
    }
    if (object.get("input") instanceof List<?> input) {
      return input;
    }
    return object.get("output") instanceof List<?> output ? output : null;
  }

  private static @Nullable String content(@Nullable Object content) {
    if (content instanceof String text) {
      return text;
    }
    if (content instanceof List<?> parts) {
      for (Object part : parts) {
        String text = partText(part);
        if (text != null) {
          return text;
        }
      }
    }
    return null;
  }

  private static @Nullable String partText(@Nullable Object part) {
    if (part instanceof String text) {
      return text;
    }
    if (part instanceof Map<?, ?> map
        && ("text".equals(map.get("type")) || "output_text".equals(map.get("type")))
        && map.get("text") instanceof String text) {
      return text;
    }
    return null;
  }
}
