package io.github.tracingharness.junit.picture;

import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Draws a trace as an aligned tree: name, type, status, start after the trace's first span, and
 * length of each span.
 *
 * <pre>
 * tr-0af7651916cd43dd8448eb211c80319c  OK  12.4 ms  3 spans
 *   answer         CHAIN      OK      0.000 ms  +12.400 ms
 *   ├─ retrieve    RETRIEVER  OK      1.000 ms   +3.000 ms
 *   └─ generate    LLM        ERROR   4.000 ms   +8.000 ms  TimeoutException: no answer
 * </pre>
 *
 * @since 0.1.0
 */
public final class TracePicture {

  private static final int MAX_SPANS = 200;
  private static final int MAX_NAME = 60;
  private static final Comparator<StoredSpan> BY_START =
      Comparator.comparingLong(StoredSpan::startNanos).thenComparing(StoredSpan::spanId);

  private final StoredTrace trace;
  private final long firstNanos;
  private final List<List<String>> rows = new ArrayList<>();
  private final Set<String> drawn = new HashSet<>();

  private TracePicture(StoredTrace trace) {
    this.trace = trace;
    this.firstNanos =
        trace.spans().stream().mapToLong(StoredSpan::startNanos).min().orElse(0);
  }

  /** Draws a trace; of very large ones the first {@value #MAX_SPANS} spans. */
  public static String of(StoredTrace trace) {
    return new TracePicture(trace).draw();
  }

  /** Draws traces one below the other. */
  public static String of(List<StoredTrace> traces) {
    return String.join("\n", traces.stream().map(TracePicture::of).toList());
  }

  private String draw() {
    Set<String> known = new HashSet<>();
    trace.spans().forEach(span -> known.add(span.spanId()));
    trace.spans().stream()
        .filter(span -> span.parentId() == null)
        .sorted(BY_START)
        .forEach(root -> branch(root, "", ""));
    trace.spans().stream()
        .filter(span -> span.parentId() != null && !known.contains(span.parentId()))
        .sorted(BY_START)
        .forEach(orphan -> branch(orphan, "? ", "  "));
    // Spans that are each other's ancestors hang on no root.
    trace.spans().stream().sorted(BY_START).forEach(span -> branch(span, "? ", "  "));
    StringBuilder text = new StringBuilder(headline());
    Columns.align(rows).forEach(line -> text.append("\n  ").append(line));
    int left = trace.spans().size() - rows.size();
    return left > 0
        ? text.append("\n  … and ").append(left).append(" more").toString()
        : text.toString();
  }

  private String headline() {
    String length = trace
        .executionDuration()
        .map(duration -> "  " + millis(duration.toNanos()))
        .orElse("");
    int count = trace.spans().size();
    return trace.traceId() + "  " + trace.state() + length + "  " + count
        + (count == 1 ? " span" : " spans");
  }

  private void branch(StoredSpan span, String lead, String below) {
    if (rows.size() >= MAX_SPANS || !drawn.add(span.spanId())) {
      return;
    }
    rows.add(row(span, lead));
    List<StoredSpan> children = trace.spans().stream()
        .filter(child -> span.spanId().equals(child.parentId()))
        .sorted(BY_START)
        .toList();
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      branch(children.get(i), below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "));
    }
  }

  private List<String> row(StoredSpan span, String lead) {
    return List.of(
        lead + shortened(span.name()),
        SpanWords.type(span),
        span.statusCode(),
        ">" + millis(span.startNanos() - firstNanos),
        ">" + (span.endNanos() == 0 ? "open" : "+" + millis(span.endNanos() - span.startNanos())),
        remark(span));
  }

  private String remark(StoredSpan span) {
    boolean lost = span.parentId() != null
        && trace.spans().stream().noneMatch(other -> other.spanId().equals(span.parentId()));
    String parent = lost ? "(its parent " + span.parentId() + " is missing)" : "";
    return (span.statusMessage() + " " + parent).strip();
  }

  private static String shortened(String name) {
    String line = name.replace("\n", "\\n").replace("\r", "\\r");
    return line.length() <= MAX_NAME ? line : line.substring(0, MAX_NAME - 1) + "…";
  }

  private static String millis(long nanos) {
    return String.format(
        Locale.ROOT, "%.3f ms", nanos / (double) Duration.ofMillis(1).toNanos());
  }
}
