package io.github.tracingharness.junit.picture;

import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.SpanAttributeKey;
import io.github.tracingharness.server.StoredSpan;

/** Words for spans that all pictures use. */
final class SpanWords {

  private SpanWords() {}

  /** Returns the type, or the empty text. */
  static String type(StoredSpan span) {
    String json = span.attributes().get(SpanAttributeKey.SPAN_TYPE);
    if (json == null) {
      return "";
    }
    try {
      return String.valueOf(PythonJson.loads(json));
    } catch (IllegalArgumentException notJson) {
      return json;
    }
  }
}
