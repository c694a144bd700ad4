package io.github.tracingharness.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.judge.FailureKind;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.requirement.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleReportTest {

  private static final ConsoleStyle TERMINAL = new ConsoleStyle(true, true, 80);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @TempDir
  Path directory;

  @Test
  void report_everyVerdictWithoutTerminal_matchesGolden() throws IOException {
    show(SampleRun.everyVerdict(), ConsoleStyle.plain(), null);

    Goldens.assertMatches("console.txt", text());
  }

  @Test
  void report_noTerminal_hasNoControlCharacters() {
    show(SampleRun.everyVerdict(), ConsoleStyle.plain(), null);

    assertThat(text().chars().filter(c -> c < ' ' && c != '\n')).isEmpty();
  }

  @Test
  void report_eightyColumns_onlyTheCommandToCopyIsLonger() {
    show(SampleRun.everyVerdict(), ConsoleStyle.plain(), null);

    assertThat(text().lines().filter(l -> l.length() > 80)).isEmpty();
  }

  @Test
  void report_anyStyle_lastLineIsTheBareClosingLine() {
    for (ConsoleStyle style : List.of(ConsoleStyle.plain(), TERMINAL)) {
      bytes.reset();
      show(SampleRun.everyVerdict(), style, directory);

      assertThat(text()).endsWith("\n2 passed, 5 failed, 4 skipped\n");
    }
  }

  @Test
  void report_terminal_overwritesOneLineAndKeepsFailures() {
    RunResult run = SampleRun.everyVerdict();
    ConsoleReport report = new ConsoleReport(out, TERMINAL, SampleRun.REQUIREMENTS, null);
    report.runStarted(plan(run), run.subject());
    report.caseFinished(run.cases().get(0), 1, 3);
    report.caseFinished(run.cases().get(1), 2, 3);
    report.caseFinished(run.cases().get(0), 3, 3);

    String progress = text().substring(text().indexOf('\r'));
    assertThat(progress.split("\n", -1)).hasSize(2);
    assertThat(progress)
        .contains("\r\u001b[2K\u001b[2m[1/3] export  MLF-EXPORT-001\u001b[0m")
        .contains("\r\u001b[2K\u001b[1;31mFAIL    \u001b[0mMLF-EXPORT-002  announces")
        .endsWith("\r\u001b[2K");
  }

  @Test
  void report_hostileText_cannotReachTheTerminal() {
    show(SampleRun.hostile(), new ConsoleStyle(true, false, 80), null);

    String withoutProgress = text().replace("\r\u001b[2K", "");
    assertThat(withoutProgress.chars().filter(c -> c < ' ' && c != '\n')).isEmpty();
    assertThat(withoutProgress).doesNotContain("\u202e").contains("\\x1b[31mred\\x00 \\u202egnp");
  }

  @Test
  void report_manyFailures_showsTheFirstInFullAndTheRestInLines() {
    show(SampleRun.big(500), ConsoleStyle.plain(), null);

    assertThat(text().lines().filter(l -> l.startsWith("  repeat  ")))
        .hasSize(ConsoleResult.MAX_FULL);
    assertThat(text().lines().filter(l -> l.startsWith("  FAIL    MLF-BIG-")))
        .hasSize(50 - ConsoleResult.MAX_FULL);
  }

  @Test
  void report_oneFailure_fitsOneScreen() {
    List<CaseResult> cases = List.of(SampleRun.result(
        "MLF-EXPORT-002",
        "export",
        Verdict.FAIL,
        FailureKind.ASSERTION,
        "expected a\n found b",
        1));
    show(SampleRun.run(cases, List.of()), ConsoleStyle.plain(), null);

    String block = text().substring(text().indexOf("FAIL    MLF-EXPORT-002"));
    String upToCommand = block.substring(0, block.indexOf("  repeat  ./harness run"));
    assertThat(upToCommand.lines().count()).isBetween(10L, 23L);
  }

  @Test
  void report_writtenReports_areNamed() throws IOException {
    Reports.writeAll(SampleRun.empty(), SampleRun.REQUIREMENTS, directory);
    Files.writeString(directory.resolve("other.txt"), "");
    show(SampleRun.empty(), ConsoleStyle.plain(), directory);

    assertThat(text())
        .contains("Reports  " + directory.resolve("report.json"))
        .contains("         " + directory.resolve("report.html"))
        .doesNotContain("other.txt")
        .endsWith("\n0 passed, 0 failed\n");
  }

  @Test
  void report_interleavedFamilies_eachHasOneLineWhenItIsThrough() {
    RunResult run = SampleRun.everyVerdict();
    ConsoleReport report =
        new ConsoleReport(out, ConsoleStyle.plain(), SampleRun.REQUIREMENTS, null);
    List<CaseResult> plan =
        List.of(run.cases().get(0), run.cases().get(1), run.cases().get(3));
    report.runStarted(plan.stream().map(CaseResult::conformanceCase).toList(), run.subject());
    bytes.reset();
    report.caseFinished(plan.get(0), 1, 3);
    report.caseFinished(plan.get(2), 2, 3);
    report.caseFinished(plan.get(1), 3, 3);

    assertThat(text()).isEqualTo("""
                    2/3  retry           1 warn
                    3/3  export          1 FAIL, 1 pass
                """);
  }

  @Test
  void report_reportsBelowTheWorkingDirectory_areNamedFromThere() throws IOException {
    Path here = Path.of("").toAbsolutePath();
    Path below = Files.createTempDirectory(here.resolve("target"), "reports");
    Reports.writeAll(SampleRun.empty(), SampleRun.REQUIREMENTS, below);
    show(SampleRun.empty(), ConsoleStyle.plain(), below);

    assertThat(text()).contains("Reports  " + here.relativize(below.resolve("report.json")));
  }

  @Test
  void report_passedRun_isShort() {
    show(SampleRun.of(Verdict.PASS, Level.MUST), ConsoleStyle.plain(), null);

    assertThat(text().lines()).hasSizeLessThan(12);
  }

  @Test
  void detect_environment_decidesColourAndWidth() {
    assertThat(ConsoleStyle.detect(Map.of("COLUMNS", "120"), true))
        .isEqualTo(new ConsoleStyle(true, true, 120));
    assertThat(ConsoleStyle.detect(Map.of("NO_COLOR", "1"), true))
        .isEqualTo(new ConsoleStyle(true, false, 80));
    assertThat(ConsoleStyle.detect(Map.of("TERM", "dumb", "COLUMNS", "x"), true))
        .isEqualTo(ConsoleStyle.plain());
    assertThat(ConsoleStyle.detect(Map.of("COLUMNS", "7"), false).width()).isEqualTo(40);
  }

  private void show(RunResult run, ConsoleStyle style, Path reports) {
    ConsoleReport report = new ConsoleReport(out, style, SampleRun.REQUIREMENTS, reports);
    report.runStarted(plan(run), run.subject());
    int done = 0;
    for (CaseResult c : run.cases()) {
      report.caseFinished(c, ++done, run.cases().size());
    }
    report.runFinished(run);
  }

  private static List<ConformanceCase> plan(RunResult run) {
    return run.cases().stream().map(CaseResult::conformanceCase).toList();
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
