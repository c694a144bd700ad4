package io.github.tracingharness.core.trace;

import java.util.Objects;

/**
 * A value that was encoded as JSON text by an MLflow API, for example {@code "LLM"} with its quotes
 * or {@code 42}.
 *
 * @param text the JSON text
 */
public record JsonText(String text) {

  /** Checks that there is a text; the empty text is no JSON but is kept as it is. */
  public JsonText {
    Objects.requireNonNull(text, "text");
  }

  /** Encodes any Java value the way MLflow does; see {@link PythonJson#dumps(Object)}. */
  public static JsonText of(@org.jspecify.annotations.Nullable Object value) {
    return new JsonText(PythonJson.dumps(value));
  }
}
