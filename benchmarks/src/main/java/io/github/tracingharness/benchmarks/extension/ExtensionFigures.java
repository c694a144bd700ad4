package io.github.tracingharness.benchmarks.extension;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** What the runs of all kinds say together, beside the targets. */
public final class ExtensionFigures {

  private static final double MEDIAN_LIMIT_MILLIS = 2;
  private static final double FIRST_LIMIT_MILLIS = 1500;
  private static final double GROWTH_LIMIT_BYTES = 100;

  private final List<String> lines = new ArrayList<>();
  private boolean missed;

  private ExtensionFigures() {}

  /**
   * Judges runs.
   *
   * @param forks the runs that were timed, by kind
   * @param heaps one long run of each kind with samples of the heap
   */
  public static ExtensionFigures of(
      Map<Kind, ? extends Collection<ExtensionRun>> forks, Map<Kind, ExtensionRun> heaps) {
    ExtensionFigures figures = new ExtensionFigures();
    figures.times(forks);
    figures.heap(heaps);
    return figures;
  }

  /** Returns a table and a verdict for each target. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Tells whether every target is reached. */
  public boolean reached() {
    return !missed;
  }

  private void times(Map<Kind, ? extends Collection<ExtensionRun>> forks) {
    lines.add("kind      first test   median   90 %   99 % of a test, ms (medians of the forks)");
    for (Kind kind : Kind.values()) {
      Collection<ExtensionRun> runs = of(kind, forks);
      lines.add(format(
          "%-9s %10.0f %8.3f %6.3f %6.3f",
          kind,
          first(runs),
          across(runs, run -> percentile(run, 50)),
          across(runs, run -> percentile(run, 90)),
          across(runs, run -> percentile(run, 99))));
    }
    onTop(Kind.INJECTED, Kind.EMPTY, forks);
    onTop(Kind.TRACED, Kind.BY_HAND, forks);
  }

  /** Compares a kind with what the same tests take without the extension. */
  private void onTop(Kind with, Kind without, Map<Kind, ? extends Collection<ExtensionRun>> forks) {
    target(
        with + ": median per test on top of " + without + ", ms",
        across(of(with, forks), run -> percentile(run, 50))
            - across(of(without, forks), run -> percentile(run, 50)),
        MEDIAN_LIMIT_MILLIS);
    target(
        with + ": first test on top of " + without + ", cold, ms",
        first(of(with, forks)) - first(of(without, forks)),
        FIRST_LIMIT_MILLIS);
  }

  private void heap(Map<Kind, ExtensionRun> runs) {
    ExtensionRun empty = of(Kind.EMPTY, runs);
    for (Kind kind : List.of(Kind.INJECTED, Kind.TRACED)) {
      ExtensionRun run = of(kind, runs);
      lines.add(
          format("%s: heap after GC, MiB: %s (EMPTY: %s)", kind, mebibytes(run), mebibytes(empty)));
      target(
          kind + ": growth of the heap per test on top of EMPTY, bytes",
          growth(run) - growth(empty),
          GROWTH_LIMIT_BYTES);
    }
  }

  private static <T> T of(Kind kind, Map<Kind, ? extends T> runs) {
    return Objects.requireNonNull(runs.get(kind), () -> "there is no run of " + kind);
  }

  private void target(String what, double found, double limit) {
    boolean reached = found < limit;
    missed |= !reached;
    lines.add(format(
        "%-7s %s: %.2f (target < %.0f)", reached ? "reached" : "MISSED", what, found, limit));
  }

  /** The first sample is left out: by then the server and its threads have only just come. */
  private static double growth(ExtensionRun run) {
    List<Long> heaps = run.heaps();
    int steps = heaps.size() - 2;
    double tests = (run.testNanos().size() + 1.0) / heaps.size() * steps;
    return (heaps.get(heaps.size() - 1) - heaps.get(1)) / tests;
  }

  private static String mebibytes(ExtensionRun run) {
    return String.join(
        " ",
        run.heaps().stream().map(bytes -> format("%.1f", bytes / 1048576.0)).toList());
  }

  private static double first(Collection<ExtensionRun> runs) {
    return across(runs, run -> run.firstNanos() / 1e6);
  }

  private static double percentile(ExtensionRun run, int percent) {
    List<Long> sorted = run.testNanos().stream().sorted().toList();
    return sorted.get((sorted.size() - 1) * percent / 100) / 1e6;
  }

  private static double across(
      Collection<ExtensionRun> runs, ToDoubleFunction<ExtensionRun> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
