package io.github.tracingharness.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.judge.FailureKind;
import io.github.tracingharness.conformance.judge.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarkdownSummaryTest {

  @Test
  void render_everyVerdict_matchesGolden() throws IOException {
    Goldens.assertMatches("summary.md", render(SampleRun.everyVerdict()));
  }

  @Test
  void render_failures_standBeforeEverythingElse() {
    String summary = render(SampleRun.everyVerdict());

    assertThat(summary.indexOf("MLF-EXPORT-002")).isLessThan(summary.indexOf("## Known failures"));
    assertThat(summary.indexOf("## Known failures")).isLessThan(summary.indexOf("## Families"));
  }

  @Test
  void render_hostileText_staysText() {
    String summary = render(SampleRun.hostile());
    String outsideOfBlocks = summary.replaceAll("(?s)````+text.*?````+", "");

    assertThat(outsideOfBlocks)
        .doesNotContain("<script", "<img", "\u001b", "\u202e")
        .contains("&lt;script&gt;alert(1)");
  }

  @Test
  void render_bigRun_staysBelowOneMegabyteAndSaysWhatIsMissing() {
    String message = "too long ".repeat(1_000);
    List<CaseResult> cases = IntStream.range(0, 500)
        .mapToObj(i -> SampleRun.result(
            "MLF-BIG-%03d".formatted(i), "big", Verdict.FAIL, FailureKind.TIMEOUT, message, 1))
        .toList();
    String summary = render(SampleRun.run(cases, List.of()));

    assertThat(summary).hasSizeLessThan(1_000_000).contains("more cases; all are in `report.html`");
  }

  private static String render(RunResult run) {
    return new MarkdownSummary(SampleRun.REQUIREMENTS).render(run);
  }
}
