package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run on a console: progress while it goes on, then the table of verdicts, each failure
 * with its evidence and the command that repeats it, and as the very last line
 * {@link RunResult#closingLine()}.
 *
 * <p>On a terminal one line shows the progress and failures appear as they happen; elsewhere each
 * family prints one line when it is through. Nothing that a subject says reaches the terminal as a
 * control sequence.
 */
public final class ConsoleReport implements RunListener {

  private static final String ERASE_LINE = "\r\u001b[2K";

  private final Object lock = new Object();
  private final PrintStream out;
  private final ConsoleStyle style;
  private final RequirementRegistry requirements;
  private final @Nullable Path reports;
  private final Map<String, Integer> open = new HashMap<>();
  private final Map<String, Map<Verdict, Integer>> seen = new HashMap<>();
  private boolean lineOpen;

  /**
   * Reports to a stream.
   *
   * @param requirements where texts of requirements are looked up
   * @param reports the directory of the other reports, named at the end, or null where none are
   *     written
   */
  public ConsoleReport(
      PrintStream out,
      ConsoleStyle style,
      RequirementRegistry requirements,
      @Nullable Path reports) {
    this.out = out;
    this.style = style;
    this.requirements = requirements;
    this.reports = reports;
  }

  @Override
  public void runStarted(List<ConformanceCase> plan, SubjectIdentity subject) {
    synchronized (lock) {
      plan.forEach(c -> open.merge(c.family(), 1, Integer::sum));
      String who = subject.name() + " " + subject.version() + " (" + subject.language() + ", "
          + subject.runtime() + ")";
      String judging = "Judging " + who + " by " + EventWords.count(plan.size(), "case");
      SafeText.wrap(judging, style.width()).forEach(out::println);
      out.println();
      out.flush();
    }
  }

  @Override
  public void caseFinished(CaseResult result, int done, int total) {
    synchronized (lock) {
      if (style.live()) {
        caseOnTerminal(result, done, total);
      } else {
        caseInLog(result, done, total);
      }
      out.flush();
    }
  }

  private void caseOnTerminal(CaseResult result, int done, int total) {
    Verdict verdict = result.verdict().verdict();
    out.print(ERASE_LINE);
    if (verdict.isFailed()) {
      String text =
          result.conformanceCase().id() + "  " + result.conformanceCase().title();
      String name = VerdictWords.shortName(verdict);
      out.println(
          style.verdict(verdict, SafeText.pad(name, 8)) + SafeText.cut(text, style.width() - 9));
    }
    String progress = "[" + done + "/" + total + "] " + result.conformanceCase().family() + "  "
        + result.conformanceCase().id();
    out.print(style.dim(SafeText.cut(progress, style.width() - 1)));
    lineOpen = true;
    if (done == total) {
      endProgress();
    }
  }

  // Cases of several families run at the same time, so a family is through when its last case is.
  private void caseInLog(CaseResult result, int done, int total) {
    String family = result.conformanceCase().family();
    seen.computeIfAbsent(family, f -> new EnumMap<>(Verdict.class))
        .merge(result.verdict().verdict(), 1, Integer::sum);
    if (open.merge(family, -1, Integer::sum) <= 0) {
      familyLine(family, done, total);
    }
  }

  /** Families of what the subject does not do have no line; the table counts them. */
  private void familyLine(String family, int done, int total) {
    Map<Verdict, Integer> counts = seen.getOrDefault(family, Map.of());
    if (RunSummary.isNotApplicable(counts)) {
      return;
    }
    StringBuilder verdicts = new StringBuilder();
    counts.forEach((verdict, n) -> verdicts
        .append(verdicts.isEmpty() ? "" : ", ")
        .append(n)
        .append(' ')
        .append(VerdictWords.shortName(verdict)));
    String progress = SafeText.padLeft(done + "/" + total, 7);
    out.println(progress + "  " + SafeText.pad(SafeText.clean(family), 14) + "  " + verdicts);
  }

  private void endProgress() {
    if (lineOpen) {
      out.print(ERASE_LINE);
      lineOpen = false;
    }
  }

  @Override
  public void runFinished(RunResult result) {
    synchronized (lock) {
      endProgress();
      ConsoleResult printer = new ConsoleResult(out, style, requirements);
      printer.print(result);
      if (reports != null) {
        printReports(reports);
      }
      out.println(result.closingLine());
      out.flush();
    }
  }

  private void printReports(Path directory) {
    boolean titled = false;
    for (String name : Reports.fileNames()) {
      Path file = directory.resolve(name);
      if (Files.exists(file)) {
        out.println((titled ? "         " : "Reports  ") + fromHere(file));
        titled = true;
      }
    }
    if (titled) {
      out.println();
    }
  }

  private static Path fromHere(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return file.startsWith(here) ? here.relativize(file) : file;
  }
}
