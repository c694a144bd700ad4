package io.github.tracingharness.core.trace;

import java.util.List;

/**
 * The text of {@code traces.json}, and how long each span is in the text that MLflow's
 * {@code Trace.to_json} writes, which differs in characters outside ASCII. One pass gives both.
 */
public final class TraceDataText {

  private final String text;
  private final long[] spanLengths;

  private TraceDataText(String text, long[] spanLengths) {
    this.text = text;
    this.spanLengths = spanLengths;
  }

  /** Writes the spans of a trace as {@link PythonJson#dumps} writes {@link TraceData#toTree()}. */
  public static TraceDataText of(TraceData data) {
    List<Span> spans = data.spans();
    long[] lengths = new long[spans.size()];
    JsonSink.TextWriter out = new JsonSink.TextWriter();
    out.append("{\"spans\": [");
    for (int i = 0; i < lengths.length; i++) {
      if (i > 0) {
        out.append(", ");
      }
      out.begin();
      JsonWriter.write(spans.get(i).toTree(), out);
      lengths[i] = out.asciiLength();
    }
    out.append("]}");
    return new TraceDataText(out.toString(), lengths);
  }

  /** Returns the text of {@code traces.json}. */
  public String text() {
    return text;
  }

  /** Returns the {@link Span#jsonLength()} of each span. */
  public long[] spanLengths() {
    return spanLengths.clone();
  }
}
