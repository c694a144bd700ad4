package io.github.tracingharness.benchmarks;

import io.github.tracingharness.server.FakeTrackingServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether the fake server's heap stays as it is while calls come, with the default bound of its
 * journal. Ends with code 0 if so, else with 1.
 */
public final class JournalHeap {

  private static final int SAMPLES = 10;
  private static final int TRACES = 1_000;

  /** With 200,000 calls, 21 bytes for each. */
  private static final long FLAT_BYTES = 2L << 20;

  private JournalHeap() {}

  /** Runs; the argument is the number of calls. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    long calls = Long.parseLong(arguments[0]);
    List<Long> heaps = new ArrayList<>();
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      TraceLoad load = new TraceLoad(server.url(), 4, TRACES);
      for (int i = 1; i <= SAMPLES; i++) {
        load.calls(calls / SAMPLES);
        heaps.add(usedAfterGc());
        System.out.printf(
            Locale.ROOT,
            "heap of the fake server after %7d calls: %6.1f MiB%n",
            calls / SAMPLES * i,
            heaps.get(i - 1) / 1048576.0);
      }
    }
    long grown = grown(heaps);
    boolean flat = grown <= FLAT_BYTES;
    System.out.printf(
        Locale.ROOT,
        "heap %s: the median of its second half is %.1f MiB above that of its first%n",
        flat ? "flat" : "GROWS",
        grown / 1048576.0);
    System.exit(flat ? 0 : 1);
  }

  /**
   * How much more is used in the second half of the samples than in the first, by their medians:
   * one sample says little, as what is under way and what the collector leaves differs by
   * megabytes.
   */
  static long grown(List<Long> heaps) {
    int half = heaps.size() / 2;
    return median(heaps.subList(heaps.size() - half, heaps.size()))
        - median(heaps.subList(0, half));
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static long usedAfterGc() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
