package io.github.tracingharness.conformance.report;

import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * A run as annotations of a CI job, in the form of <a
 * href="https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands">GitHub's
 * workflow commands</a>: an error for each case that makes the run red or could not be judged, a
 * warning for each SHOULD that is not met and each remark about the run.
 */
public final class Annotations {

  private static final int MAX_MESSAGE = 1_000;

  private Annotations() {}

  /** Returns a line for each annotation. */
  public static List<String> of(RunResult run) {
    List<String> lines = new ArrayList<>();
    for (CaseResult result : CaseOrder.red(run)) {
      lines.add(line("error", result, run));
    }
    for (CaseResult result : CaseOrder.of(run, Verdict.WARN)) {
      lines.add(line("warning", result, run));
    }
    run.warnings()
        .forEach(
            w -> lines.add("::warning title=" + property(run.subject().name()) + "::" + data(w)));
    return lines;
  }

  private static String line(String command, CaseResult result, RunResult run) {
    CaseVerdict verdict = result.verdict();
    String title = "%s: %s %s"
        .formatted(run.subject().name(), verdict.caseId(), VerdictWords.label(verdict.verdict()));
    String text = "%s\n%s %s: %s\n%s"
        .formatted(
            result.conformanceCase().title(),
            verdict.level(),
            verdict.requirement(),
            verdict.message().length() <= MAX_MESSAGE
                ? verdict.message()
                : verdict.message().substring(0, MAX_MESSAGE) + " ...",
            Repro.command(run, verdict.caseId()));
    return "::" + command + " title=" + property(title) + "::" + data(text);
  }

  // What a subject says must not become a command: percent and line ends are escaped.
  private static String data(String text) {
    return SafeText.clean(text.replace("\r\n", "\n"))
        .replace("%", "%25")
        .replace("\r", "%0D")
        .replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
