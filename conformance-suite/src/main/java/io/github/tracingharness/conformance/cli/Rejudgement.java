package io.github.tracingharness.conformance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.engine.Reruns;
import io.github.tracingharness.conformance.engine.RunOptions.VerdictFilter;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryFile;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.FailureKind;
import io.github.tracingharness.conformance.judge.Judge;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.CaseRegistry;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.RunRemarks;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.report.SubjectIdentity;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes the result of a run out of its recorded histories. */
final class Rejudgement {

  private final CaseRegistry registry;
  private final RequirementRegistry requirements;
  private final Judge judge;

  Rejudgement(CaseRegistry registry, RequirementRegistry requirements) {
    this.registry = registry;
    this.requirements = requirements;
    this.judge = new Judge(requirements);
  }

  RunResult of(HistoryFile.Content content, VerdictFilter expectations) {
    JsonNode head = content.head();
    SubjectIdentity subject = subject(head.path("subject"));
    List<String> warnings = new ArrayList<>();
    if (content.end().isEmpty()) {
      warnings.add("the run was cut off: its last line is missing");
    }
    Map<String, List<CaseHistory>> byCase = new LinkedHashMap<>();
    List<CaseHistory> withLateTraffic = new ArrayList<>();
    for (CaseHistory history : content.histories()) {
      List<CaseHistory> before = byCase.computeIfAbsent(history.caseId(), id -> new ArrayList<>());
      // A run writes a history again when requests came after the end of its case.
      if (before.stream().anyMatch(h -> h.attempt() == history.attempt())) {
        withLateTraffic.add(history);
      } else {
        before.add(history);
      }
    }
    Map<String, CaseResult> results = new HashMap<>();
    byCase.forEach((id, histories) -> registry
        .find(id)
        .ifPresentOrElse(
            c -> results.put(id, judge(c, histories, subject, expectations)),
            () -> warnings.add("the suite has no case " + id + " any more")));
    for (CaseHistory late : withLateTraffic) {
      warnings.add(RunRemarks.late(late.caseId()));
      results.computeIfPresent(
          late.caseId(),
          (id, before) -> before.verdict().verdict() == Verdict.PASS
              ? judge(before.conformanceCase(), List.of(late), subject, expectations)
              : before);
    }
    for (JsonNode line : content.notRun()) {
      registry
          .find(line.path("case").asText())
          .ifPresent(c -> results.put(c.id(), new CaseResult(c, notRun(c, line), List.of())));
    }
    List<CaseResult> ordered = registry.all().stream()
        .map(c -> results.get(c.id()))
        .filter(Objects::nonNull)
        .toList();
    warnings.addAll(RunRemarks.noise(ordered));
    return new RunResult(
        head.path("suite").asText(),
        subject,
        head.path("seed").asLong(),
        Instant.parse(head.path("startedAt").asText()),
        Duration.ofMillis(
            content.end().map(end -> end.path("durationMs").asLong()).orElse(0L)),
        "./harness run %s --case %%s --seed %d"
            .formatted(head.path("arguments").asText(), head.path("seed").asLong()),
        ordered,
        warnings);
  }

  private CaseVerdict notRun(ConformanceCase c, JsonNode line) {
    Verdict verdict = Verdict.valueOf(line.path("verdict").asText());
    FailureKind kind = verdict == Verdict.FAIL ? FailureKind.DRIVER_DISHONEST : null;
    return new CaseVerdict(
        c.id(),
        verdict,
        kind,
        requirements.get(c.requirement()).level(),
        c.requirement(),
        line.path("message").asText(),
        List.of(),
        0);
  }

  private CaseResult judge(
      ConformanceCase c,
      List<CaseHistory> histories,
      SubjectIdentity subject,
      VerdictFilter expectations) {
    List<CaseVerdict> verdicts = histories.stream()
        .map(history -> expectations.apply(judge.judge(c, history), subject.version()))
        .toList();
    return new CaseResult(c, Reruns.fold(verdicts), histories);
  }

  private static SubjectIdentity subject(JsonNode json) {
    return new SubjectIdentity(
        json.path("name").asText(),
        json.path("version").asText(),
        json.path("language").asText(),
        json.path("runtime").asText(),
        json.path("driver").asText());
  }
}
