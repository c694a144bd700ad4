package io.github.tracingharness.conformance.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.conformance.cases.AllCases;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.FailureKind;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.CaseRegistry;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.requirement.Level;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ScoringTest {

  private static final String SET = "mlflow-3.17";
  private static final RequirementRegistry REQUIREMENTS = RequirementRegistry.load();
  private static final CaseRegistry CASES = AllCases.registry();
  private static final SetLock LOCK = SetLock.of(SET, REQUIREMENTS, CASES.all());

  private static CaseVerdict verdict(String id, Verdict verdict) {
    ConformanceCase c = CASES.find(id).orElseThrow();
    FailureKind kind = verdict == Verdict.FAIL ? FailureKind.ASSERTION : null;
    return new CaseVerdict(id, verdict, kind, Level.MUST, c.requirement(), "found 2", List.of(), 1);
  }

  private static Scoring scoring(SetLock lock, Exclusion... exclusions) {
    return new Scoring(CASES, REQUIREMENTS, Map.of(SET, lock), List.of(exclusions));
  }

  @Test
  void shippedLocks_setsAsTheyAreNow_areKept() {
    Scoring shipped = Scoring.load(CASES, REQUIREMENTS);

    for (SetLock lock : shipped.locks()) {
      assertThat(lock.broken(SetLock.of(lock.set(), REQUIREMENTS, CASES.all())))
          .as(
              "a frozen set does not change; after a wanted change: ./harness sets --freeze %s",
              lock.set())
          .isEmpty();
    }
    assertThat(shipped.locks()).extracting(SetLock::set).contains(SET, "uc-2026-11");
  }

  @Test
  void parse_textOfALock_givesTheSameInSortedLines() {
    assertThat(SetLock.parse(SET, LOCK.text())).isEqualTo(LOCK);
    assertThat(LOCK.text().lines().filter(line -> line.startsWith("case "))).isSorted();
    assertThatThrownBy(() -> SetLock.parse(SET, "case A B\n"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is damaged at the line: case A B");
  }

  @Test
  void broken_changedOrMissing_isNamed_butNotWhatWasAdded() {
    SetLock older = SetLock.parse(
        SET,
        LOCK.text()
                .replaceFirst("requirement (\\S+) sha256:\\S+", "requirement $1 sha256:00")
                .replaceFirst("case MLF-EXPORT-002\n", "")
            + "case MLF-GONE-001\nrequirement MLF-GONE-01 sha256:00\n");

    assertThat(older.broken(LOCK))
        .containsExactlyInAnyOrder(
            "the requirement " + LOCK.requirements().firstKey() + " does not say what it said",
            "the requirement MLF-GONE-01 is gone",
            "the case MLF-GONE-001 is gone");
  }

  @Test
  void apply_caseAddedAfterTheFreeze_doesNotCountAndSaysWhatItWouldBe() {
    TreeSet<String> before = new TreeSet<>(LOCK.cases());
    before.remove("MLF-EXPORT-002");
    Scoring scoring = scoring(new SetLock(SET, LOCK.requirements(), before));

    CaseVerdict late = scoring.apply(verdict("MLF-EXPORT-002", Verdict.FAIL));

    assertThat(late.verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    assertThat(late.message())
        .isEqualTo(
            "not-scored: added-after-freeze of the set mlflow-3.17; it would be FAIL: found 2");
    CaseVerdict other = verdict("MLF-EXPORT-001", Verdict.FAIL);
    assertThat(scoring.apply(other)).isSameAs(other);
    CaseVerdict elsewhere = verdict("UCT-TABLE-002", Verdict.FAIL);
    assertThat(scoring.apply(elsewhere)).as("its set has no lock here").isSameAs(elsewhere);
  }

  @Test
  void apply_excludedCaseOrRequirement_doesNotCount() {
    Exclusion byId = new Exclusion("MLF-EXPORT-002", "disputed", "https://example.org/1");
    assertThat(
            scoring(LOCK, byId).apply(verdict("MLF-EXPORT-002", Verdict.FAIL)).message())
        .isEqualTo("excluded: disputed (https://example.org/1); it would be FAIL: found 2");

    String key = CASES.find("MLF-EXPORT-001").orElseThrow().requirement();
    Exclusion byKey = new Exclusion(key, "disputed", "https://example.org/1");
    assertThat(
            scoring(LOCK, byKey).apply(verdict("MLF-EXPORT-001", Verdict.PASS)).verdict())
        .isEqualTo(Verdict.NOT_APPLICABLE);
  }

  @Test
  void exclusion_withoutReasonOrOfNothing_isRefused() {
    assertThatThrownBy(() -> new Exclusion("MLF-EXPORT-002", " ", "https://example.org/1"))
        .isInstanceOf(IllegalArgumentException.class);
    Exclusion ofNothing = new Exclusion("MLF-GONE-001", "disputed", "https://example.org/1");
    assertThatThrownBy(() -> scoring(LOCK, ofNothing))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("MLF-GONE-001 names neither a case nor a requirement");
  }

  @Test
  void badge_wholeSet_saysPassedOfApplicable() {
    List<CaseVerdict> run = new ArrayList<>();
    LOCK.cases().forEach(id -> run.add(verdict(id, Verdict.PASS)));
    int all = run.size();
    run.set(0, run.get(0).as(Verdict.UNSUPPORTED, "no"));
    assertThat(Badge.of(LOCK, run))
        .contains(
            "{\"schemaVersion\":1,\"label\":\"mlflow-3.17\",\"message\":\"%d/%d\",\"color\":\"brightgreen\"}\n"
                .formatted(all - 1, all - 1));

    run.set(1, run.get(1).as(Verdict.KNOWN_FAILURE, "known"));
    assertThat(Badge.of(LOCK, run).orElseThrow())
        .contains("\"%d/%d\"".formatted(all - 2, all - 1))
        .contains("yellow");

    run.set(2, run.get(2).as(Verdict.FAIL, "bad"));
    assertThat(Badge.of(LOCK, run).orElseThrow()).contains("\"red\"");
  }

  @Test
  void badge_partOfASetOrNothingApplicable_isNone() {
    List<CaseVerdict> run = new ArrayList<>();
    LOCK.cases().forEach(id -> run.add(verdict(id, Verdict.UNSUPPORTED)));

    assertThat(Badge.of(LOCK, run)).isEmpty();
    assertThat(Badge.of(LOCK, List.of(verdict("MLF-EXPORT-001", Verdict.PASS)))).isEmpty();
  }
}
