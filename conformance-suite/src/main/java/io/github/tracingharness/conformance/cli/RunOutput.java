package io.github.tracingharness.conformance.cli;

import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.report.Annotations;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.ConsoleReport;
import io.github.tracingharness.conformance.report.Reports;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import io.github.tracingharness.conformance.scoring.Badge;
import io.github.tracingharness.conformance.scoring.Scoring;
import io.github.tracingharness.conformance.scoring.SetLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes the reports of a finished run, its badges, and annotations for a CI job. */
record RunOutput(
    RequirementRegistry requirements,
    Scoring scoring,
    Path directory,
    ConsoleReport console,
    boolean annotations) {

  void write(RunResult run) throws IOException {
    try {
      Reports.writeAll(run, requirements, directory);
      badges(run);
    } finally {
      if (annotations || "true".equals(System.getenv("GITHUB_ACTIONS"))) {
        Annotations.of(run).forEach(System.out::println);
      }
      // The verdicts must not be lost with a disk that is full.
      console.runFinished(run);
    }
  }

  private void badges(RunResult run) throws IOException {
    List<CaseVerdict> verdicts = run.cases().stream().map(CaseResult::verdict).toList();
    for (SetLock lock : scoring.locks()) {
      Path file = directory.resolve(Badge.fileName(lock.set()));
      Optional<String> badge = Badge.of(lock, verdicts);
      if (badge.isPresent()) {
        Files.writeString(file, badge.get());
      } else {
        // That of an earlier run would claim what this one did not show.
        Files.deleteIfExists(file);
      }
    }
  }
}
