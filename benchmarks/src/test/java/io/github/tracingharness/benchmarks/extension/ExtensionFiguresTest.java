package io.github.tracingharness.benchmarks.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ExtensionFiguresTest {

  private static final long MS = 1_000_000;
  private static final ExtensionRun EMPTY = run(100 * MS, MS / 10, 20);
  private static final ExtensionRun GOOD = run(900 * MS, 2 * MS, 20);

  private static final ExtensionRun BY_HAND = run(700 * MS, MS, 20);

  /** Ten samples of the heap over 1,000 tests, growing by so many bytes for each. */
  private static ExtensionRun run(long first, long each, long growth) {
    return new ExtensionRun(
        first,
        Collections.nCopies(999, each),
        LongStream.rangeClosed(1, 10)
            .mapToObj(sample -> 10_485_760 + sample * 100 * growth)
            .toList());
  }

  private static ExtensionFigures figures(ExtensionRun injected, ExtensionRun heap) {
    return ExtensionFigures.of(
        Map.of(
            Kind.EMPTY, List.of(EMPTY),
            Kind.INJECTED, List.of(GOOD, injected, injected),
            Kind.BY_HAND, List.of(BY_HAND),
            Kind.TRACED, List.of(GOOD)),
        Map.of(Kind.EMPTY, EMPTY, Kind.INJECTED, heap, Kind.TRACED, GOOD));
  }

  @Test
  void figures_belowEveryTarget_areReachedAndShown() {
    ExtensionFigures figures = figures(GOOD, GOOD);

    assertThat(figures.reached()).isTrue();
    assertThat(figures.lines())
        .contains(
            "INJECTED         900    2.000  2.000  2.000",
            "reached INJECTED: median per test on top of EMPTY, ms: 1.90 (target < 2)",
            "reached TRACED: first test on top of BY_HAND, cold, ms: 200.00 (target < 1500)",
            "reached TRACED: growth of the heap per test on top of EMPTY, bytes: 0.00"
                + " (target < 100)");
  }

  @Test
  void figures_ofSlowTests_areMissed() {
    ExtensionFigures figures = figures(run(900 * MS, 3 * MS, 20), GOOD);

    assertThat(figures.reached()).isFalse();
    assertThat(figures.lines())
        .contains("MISSED  INJECTED: median per test on top of EMPTY, ms: 2.90 (target < 2)");
  }

  @Test
  void figures_ofASlowFirstTest_areMissed() {
    ExtensionFigures figures = figures(run(1700 * MS, MS, 20), GOOD);

    assertThat(figures.reached()).isFalse();
    assertThat(figures.lines())
        .contains(
            "MISSED  INJECTED: first test on top of EMPTY, cold, ms: 1600.00" + " (target < 1500)");
  }

  @Test
  void figures_ofAHeapThatGrows_areMissed() {
    ExtensionFigures figures = figures(GOOD, run(900 * MS, MS, 220));

    assertThat(figures.reached()).isFalse();
    assertThat(figures.lines())
        .contains("MISSED  INJECTED: growth of the heap per test on top of EMPTY, bytes:"
            + " 200.00 (target < 100)");
  }
}
