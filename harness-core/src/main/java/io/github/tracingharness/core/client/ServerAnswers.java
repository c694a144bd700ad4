package io.github.tracingharness.core.client;

import io.github.tracingharness.core.trace.PythonJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what the server says: texts of errors, infos of traces. */
final class ServerAnswers {

  private static final int EXCERPT_CHARS = 300;

  private ServerAnswers() {}

  /**
   * Returns the text of an error: code and message of MLflow's error object, else the beginning of
   * the body.
   */
  static String errorText(HttpAnswer answer) {
    Map<?, ?> error = object(answer).orElse(Map.of());
    Object code = error.get("error_code");
    Object message = error.containsKey("message") ? error.get("message") : error.get("detail");
    if (message == null) {
      return answer.body().length == 0 ? "no body" : excerpt(answer);
    }
    return excerpt((code == null ? "" : code + ": ") + PythonJson.str(message));
  }

  /** Returns the error code of MLflow's error object. */
  static Optional<String> errorCode(HttpAnswer answer) {
    return object(answer).map(error -> error.get("error_code")).map(Object::toString);
  }

  static Optional<Map<?, ?>> object(HttpAnswer answer) {
    try {
      return PythonJson.loads(text(answer)) instanceof Map<?, ?> map
          ? Optional.of(map)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Reads the answer to a start-trace request. */
  static StartedTrace startedTrace(HttpAnswer answer) throws TrackingException {
    Map<?, ?> body = requireObject(answer);
    if (body.get("trace") instanceof Map<?, ?> trace
        && trace.get("trace_info") instanceof Map<?, ?> info
        && info.get("trace_id") instanceof String id) {
      return new StartedTrace(
          id, info.get("tags") instanceof Map<?, ?> tags ? texts(tags) : Map.of());
    }
    throw TrackingException.answered(
        answer.status(), "the answer names no trace: " + excerpt(answer));
  }

  /** Reads the answer to a V2 request, whose tags are a list. */
  static StartedTrace startedV2Trace(HttpAnswer answer) throws TrackingException {
    Map<?, ?> body = requireObject(answer);
    if (body.get("trace_info") instanceof Map<?, ?> info
        && info.get("request_id") instanceof String id) {
      Map<String, String> tags = new HashMap<>();
      if (info.get("tags") instanceof List<?> list) {
        for (Object item : list) {
          if (item instanceof Map<?, ?> tag && tag.get("key") != null && tag.get("value") != null) {
            tags.put(PythonJson.str(tag.get("key")), PythonJson.str(tag.get("value")));
          }
        }
      }
      return new StartedTrace(id, tags);
    }
    throw TrackingException.answered(
        answer.status(), "the answer names no trace: " + excerpt(answer));
  }

  private static Map<?, ?> requireObject(HttpAnswer answer) throws TrackingException {
    if (answer.body().length == 0) {
      throw TrackingException.answered(
          answer.status(), "the server answered " + answer.status() + " with an empty body");
    }
    Optional<Map<?, ?>> body = object(answer);
    if (body.isEmpty()) {
      throw TrackingException.answered(
          answer.status(),
          "the server answered " + answer.status() + " with no JSON object: " + excerpt(answer));
    }
    return body.get();
  }

  private static Map<String, String> texts(Map<?, ?> values) {
    Map<String, String> texts = new HashMap<>();
    values.forEach((key, value) -> {
      if (value != null) {
        texts.put(PythonJson.str(key), PythonJson.str(value));
      }
    });
    return texts;
  }

  static String text(HttpAnswer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static String excerpt(HttpAnswer answer) {
    return excerpt(text(answer));
  }

  private static String excerpt(@Nullable String text) {
    String line = text == null ? "" : text.replaceAll("\\s+", " ").strip();
    return line.length() <= EXCERPT_CHARS ? line : line.substring(0, EXCERPT_CHARS) + "…";
  }
}
