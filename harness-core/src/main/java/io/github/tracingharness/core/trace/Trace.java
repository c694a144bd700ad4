package io.github.tracingharness.core.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A trace: what is known of it as a whole, and its spans.
 *
 * @param info what is known of the trace as a whole
 * @param data the spans
 */
public record Trace(TraceInfo info, TraceData data) {

  /** Checks that both parts are there. */
  public Trace {
    Objects.requireNonNull(info, "info");
    Objects.requireNonNull(data, "data");
  }

  /** Returns this trace with another info. */
  public Trace withInfo(TraceInfo other) {
    return new Trace(other, data);
  }

  /** Returns the tree that MLflow's {@code Trace.to_json} writes. */
  public Map<String, @Nullable Object> toTree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("info", info.toTree());
    tree.put("data", data.toTree());
    return tree;
  }

  /** Returns the text that MLflow's {@code Trace.to_json} writes: ASCII only, on one line. */
  public String toJson() {
    return PythonJson.dumpsAscii(toTree());
  }
}
