package io.github.tracingharness.core.trace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a trace.
 *
 * @param spans spans in the order in which they started
 */
public record TraceData(List<Span> spans) {

  /** Copies the list. */
  public TraceData {
    spans = List.copyOf(spans);
  }

  /** Returns the tree that is uploaded as {@code traces.json}. */
  public Map<String, @Nullable Object> toTree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("spans", Span.trees(spans));
    return tree;
  }
}
