package io.github.tracingharness.benchmarks;

import io.github.tracingharness.server.FakeTrackingServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Whether the fake server's heap stays as it is while calls come, with the default bound of its
 * journal. Ends with code 0 if so, else with 1.
 */
public final class JournalHeap {

  private static final int SAMPLES = 10;
  private static final int TRACES = 1_000;
  private static final long FLAT_BYTES = 4L << 20;

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
    // The journal is full from the first sample on.
    long grown = Collections.max(heaps) - heaps.get(0);
    boolean flat = grown <= FLAT_BYTES;
    System.out.printf(
        Locale.ROOT,
        "heap %s: at most %.1f MiB more%n",
        flat ? "flat" : "GROWS",
        grown / 1048576.0);
    System.exit(flat ? 0 : 1);
  }

  private static long usedAfterGc() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
