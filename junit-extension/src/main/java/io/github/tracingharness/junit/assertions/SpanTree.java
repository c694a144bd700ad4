package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.server.StoredSpan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names of spans by descent, without order among siblings.
 *
 * @param name name of the span; empty for what holds the roots
 * @param children spans below it, sorted
 */
record SpanTree(String name, List<SpanTree> children) {

  private static final String INDENT = "  ";

  SpanTree {
    children = children.stream()
        .sorted((one, other) -> one.text(0).compareTo(other.text(0)))
        .toList();
  }

  /** Reads names below each other, children further to the right than their parent. */
  static SpanTree parse(String text) {
    Deque<Open> open = new ArrayDeque<>();
    Open top = new Open("", -1, new ArrayList<>());
    open.push(top);
    for (String line : text.lines().toList()) {
      if (line.isBlank()) {
        continue;
      }
      int indent = line.length() - line.stripLeading().length();
      while (open.element().indent >= indent) {
        close(open);
      }
      open.push(new Open(line.strip(), indent, new ArrayList<>()));
    }
    while (open.size() > 1) {
      close(open);
    }
    if (top.children.isEmpty()) {
      throw new IllegalArgumentException("The tree must name at least one span.");
    }
    return new SpanTree("", top.children);
  }

  /** Arranges spans; one whose parent is missing counts as a root, marked as such. */
  static SpanTree of(List<StoredSpan> spans) {
    Set<String> known = new HashSet<>();
    spans.forEach(span -> known.add(span.spanId()));
    List<SpanTree> roots = new ArrayList<>();
    for (StoredSpan span : spans) {
      String parent = span.parentId();
      if (parent == null || !known.contains(parent)) {
        SpanTree below = below(span, spans, new HashSet<>());
        roots.add(parent == null ? below : new SpanTree("? " + below.name, below.children));
      }
    }
    return new SpanTree("", roots);
  }

  private static SpanTree below(StoredSpan span, List<StoredSpan> spans, Set<String> above) {
    if (!above.add(span.spanId())) {
      return new SpanTree(span.name(), List.of());
    }
    return new SpanTree(
        span.name(),
        spans.stream()
            .filter(child -> span.spanId().equals(child.parentId()))
            .map(child -> below(child, spans, above))
            .toList());
  }

  private static void close(Deque<Open> open) {
    Open done = open.pop();
    open.element().children.add(new SpanTree(done.name, done.children));
  }

  /** Writes the tree as {@link #parse} reads it. */
  String text(int depth) {
    StringBuilder text = new StringBuilder();
    if (!name.isEmpty()) {
      text.append(INDENT.repeat(depth)).append(name).append('\n');
    }
    int below = name.isEmpty() ? depth : depth + 1;
    children.forEach(child -> text.append(child.text(below)));
    return text.toString();
  }

  private record Open(String name, int indent, List<SpanTree> children) {}
}
