package io.github.tracingharness.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.github.tracingharness.conformance.history.CaseHistory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTimelineTest {

  private static final CaseHistory HISTORY =
      SampleRun.everyVerdict().cases().get(0).histories().get(0);

  @Test
  void of_history_hasLanesForDriverAndConnections() {
    String svg = HtmlTimeline.of(HISTORY, 100_000);

    assertThat(svg)
        .contains(">driver<", ">connection 41001<", ">connection 41002<", ">log, process<")
        .contains("<title>flush, 548 ms</title>")
        .contains("<title>POST /api/3.0/mlflow/traces (122 B) =&gt; 503 after 80 ms</title>")
        .contains(">start trace 503<")
        .contains("class=\"gap\"");
    assertThat(svg.split("<rect class=\"bar ", -1)).hasSize(1 + 3 + 4);
  }

  @Test
  void of_emptyHistory_drawsNothing() {
    assertThat(HtmlTimeline.of(HISTORY.withEvents(List.of()), 100_000)).isEmpty();
  }

  @Test
  void of_smallAllowance_saysWhatIsMissing() {
    CaseHistory big = SampleRun.big(1).cases().get(0).histories().get(0);

    String svg = HtmlTimeline.of(big, 5_600);

    assertThat(svg)
        .contains("the first 20 of 300 bars and marks are drawn")
        .contains("21 connections")
        .hasSizeLessThan(12_000);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.2", "3, 0.5", "10, 2", "640, 100", "900, 200", "5000, 1000", "100000, 20000"})
  void step_anyLength_givesFourToNineTicks(double total, double step) {
    assertThat(HtmlTimeline.step(total)).isCloseTo(step, offset(1e-9));
    assertThat(total / step).isBetween(4.0, 10.0);
  }
}
