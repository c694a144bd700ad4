package io.github.tracingharness.conformance.selftest;

import io.github.tracingharness.conformance.driver.DriverMain;
import io.github.tracingharness.conformance.engine.Subject;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.Step;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import io.github.tracingharness.conformance.subject.ReferenceSubject;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The history of a sound exporter for every case, each of them passed. */
final class PassingHistories {

  private PassingHistories() {}

  /**
   * Records them anew: in this JVM, or in a process where the case ends it.
   *
   * @throws AssertionError if a case is not passed
   */
  static Map<ConformanceCase, CaseHistory> record(Path directory) throws Exception {
    List<ConformanceCase> inJvm = new ArrayList<>();
    List<ConformanceCase> inProcess = new ArrayList<>();
    for (ConformanceCase c : SelfTestRun.allCases()) {
      (endsProcess(c) ? inProcess : inJvm).add(c);
    }
    List<CaseResult> results = new ArrayList<>(
        SelfTestRun.of(Subject.inJvm("reference", new ReferenceSubject()), inJvm, directory)
            .cases());
    results.addAll(
        SelfTestRun.of(forked(ReferenceSubject.class), inProcess, directory).cases());
    Map<ConformanceCase, CaseHistory> histories = new LinkedHashMap<>();
    for (CaseResult result : results) {
      if (result.verdict().verdict() != Verdict.PASS) {
        throw new AssertionError("the sound exporter does not pass: " + result.verdict());
      }
      histories.put(result.conformanceCase(), result.histories().get(0));
    }
    return histories;
  }

  /** Whether the case needs a process, since it ends it. */
  static boolean endsProcess(ConformanceCase c) {
    return c.steps().stream().anyMatch(Step.Exit.class::isInstance);
  }

  /** A subject in a JVM of its own; its class has a public constructor without parameters. */
  static Subject forked(Class<? extends ExporterSubject> subject) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Subject.process(
        "forked",
        List.of(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            DriverMain.class.getName(),
            "--subject",
            subject.getName()),
        Map.of(),
        new File(".").toPath().toAbsolutePath());
  }
}
