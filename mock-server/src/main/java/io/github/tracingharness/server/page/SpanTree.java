package io.github.tracingharness.server.page;

import io.github.tracingharness.server.state.SpanEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The spans of a trace in the order of a tree that is read from top to bottom. */
final class SpanTree {

  /** A span with the number of its ancestors. */
  record Row(SpanEntry span, int depth) {}

  private static final Comparator<SpanEntry> LATEST_FIRST = Comparator.comparingLong(
          SpanEntry::startNanos)
      .thenComparing(SpanEntry::spanId)
      .reversed();

  private SpanTree() {}

  /** A span whose parent is not there stands as a root; of a circle one span does so too. */
  static List<Row> rows(Collection<SpanEntry> spans) {
    Map<String, List<SpanEntry>> children = new HashMap<>();
    Set<String> known = new HashSet<>();
    spans.forEach(span -> known.add(span.spanId()));
    List<SpanEntry> tops = new ArrayList<>();
    for (SpanEntry span : spans) {
      String parent = span.parentId();
      if (parent == null || !known.contains(parent) || parent.equals(span.spanId())) {
        tops.add(span);
      } else {
        children.computeIfAbsent(parent, id -> new ArrayList<>()).add(span);
      }
    }
    List<Row> rows = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    walk(tops, children, seen, rows);
    for (SpanEntry span : spans) {
      if (!seen.contains(span.spanId())) {
        walk(List.of(span), children, seen, rows);
      }
    }
    return rows;
  }

  private static void walk(
      List<SpanEntry> tops,
      Map<String, List<SpanEntry>> children,
      Set<String> seen,
      List<Row> rows) {
    Deque<Row> open = new ArrayDeque<>();
    push(open, tops, 0);
    while (!open.isEmpty()) {
      Row row = open.pop();
      if (seen.add(row.span().spanId())) {
        rows.add(row);
        push(open, children.getOrDefault(row.span().spanId(), List.of()), row.depth() + 1);
      }
    }
  }

  private static void push(Deque<Row> open, List<SpanEntry> spans, int depth) {
    spans.stream().sorted(LATEST_FIRST).forEach(span -> open.push(new Row(span, depth)));
  }
}
