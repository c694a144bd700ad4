package io.github.tracingharness.core.export;

import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.Trace;
import io.github.tracingharness.core.trace.TraceData;
import io.github.tracingharness.core.trace.TraceDataText;
import io.github.tracingharness.core.trace.TraceMetadataKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sizes of a trace in bytes of the text that MLflow's {@code Trace.to_json} writes, without the two
 * metadata values that hold these sizes. That text is ASCII, so bytes are characters.
 */
final class SizeStats {

  private static final int SEPARATOR_BYTES = 2;

  private SizeStats() {}

  /** Returns the trace with its size statistics; a trace without spans has none. */
  static Trace addTo(Trace trace) {
    return addTo(
        trace, trace.data().spans().stream().mapToLong(Span::jsonLength).toArray());
  }

  /** Adds them to the trace of a text that is written already. */
  static Trace addTo(Trace trace, TraceDataText text) {
    return addTo(trace, text.spanLengths());
  }

  private static Trace addTo(Trace trace, long[] sizes) {
    if (sizes.length == 0) {
      return trace;
    }
    long empty = PythonJson.asciiLength(new Trace(trace.info(), new TraceData(List.of())).toTree());
    long total = Arrays.stream(sizes).sum() + empty + (long) SEPARATOR_BYTES * (sizes.length - 1);
    Arrays.sort(sizes);

    Map<String, Long> stats = new LinkedHashMap<>();
    stats.put("total_size_bytes", total);
    stats.put("num_spans", (long) sizes.length);
    stats.put("max", sizes[sizes.length - 1]);
    stats.put("p25", quartile(sizes, 1));
    stats.put("p50", quartile(sizes, 2));
    stats.put("p75", quartile(sizes, 3));
    return trace.withInfo(trace
        .info()
        .withMetadata(Map.of(
            TraceMetadataKey.SIZE_STATS,
            PythonJson.dumpsAscii(stats),
            TraceMetadataKey.SIZE_BYTES,
            Long.toString(total))));
  }

  /** Interpolates between two neighbours in quarters, exactly, and drops the fraction. */
  private static long quartile(long[] sorted, int quarter) {
    int position = quarter * (sorted.length - 1);
    int low = position / 4;
    int weight = position % 4;
    if (low + 1 >= sorted.length) {
      return sorted[sorted.length - 1];
    }
    return ((4 - weight) * sorted[low] + weight * sorted[low + 1]) / 4;
  }
}
