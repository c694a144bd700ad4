package io.github.tracingharness.conformance.selftest;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.report.CaseResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The history of a sound exporter for every case, each of them passed. */
final class PassingHistories {

  private PassingHistories() {}

  /**
   * Records them anew.
   *
   * @throws AssertionError if a case is not passed
   */
  static Map<ConformanceCase, CaseHistory> record(Path directory) throws Exception {
    Map<ConformanceCase, CaseHistory> histories = new LinkedHashMap<>();
    List<String> notPassed = new ArrayList<>();
    for (SoundSubjects sound : SoundSubjects.values()) {
      List<ConformanceCase> cases = sound.of(SelfTestRun.allCases());
      for (CaseResult result : SelfTestRun.of(sound.subject(), cases, directory).cases()) {
        if (result.verdict().verdict() != Verdict.PASS) {
          notPassed.add(sound + ": " + result.verdict());
        } else {
          histories.put(result.conformanceCase(), result.histories().get(0));
        }
      }
    }
    if (!notPassed.isEmpty()) {
      throw new AssertionError("cases that no sound exporter passes: " + notPassed);
    }
    return histories;
  }
}
