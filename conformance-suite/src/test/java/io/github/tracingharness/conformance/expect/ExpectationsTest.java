package io.github.tracingharness.conformance.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.CheckVerdict;
import io.github.tracingharness.conformance.judge.FailureKind;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.requirement.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExpectationsTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final String FLUSH = """
      subject: mlflow-python
      entries:
        - match: MLF-FLUSH-003
          checks: [honest]
          kind: assertion
          versions: ">=3.10 <3.19"
          reason: flush does not wait for the running upload
          url: https://github.com/mlflow/mlflow/pull/24996
          until: 2027-06-30
      """;

  @TempDir
  Path directory;

  @Test
  void load_fullEntry_isRead() throws IOException {
    Expectations expectations = load(FLUSH);

    assertThat(expectations.subject()).isEqualTo("mlflow-python");
    Expectation entry = expectations.entries().get(0);
    assertThat(entry.match()).isEqualTo("MLF-FLUSH-003");
    assertThat(entry.checks()).containsExactly("honest");
    assertThat(entry.kind()).isEqualTo(FailureKind.ASSERTION);
    assertThat(entry.versions()).hasToString(">=3.10 <3.19");
    assertThat(entry.reason()).isEqualTo("flush does not wait for the running upload");
    assertThat(entry.url()).endsWith("/24996");
    assertThat(entry.until()).isEqualTo("2027-06-30");
  }

  @Test
  void load_emptyList_isAllowed() throws IOException {
    assertThat(load("subject: x\nentries: []\n").entries()).isEmpty();
  }

  static List<Arguments> damaged() {
    return List.of(
        Arguments.of("", "must have the members subject and entries"),
        Arguments.of("- a\n", "must have the members subject and entries"),
        Arguments.of("entries: []\n", "subject is missing"),
        Arguments.of("subject: x\n", "entries is missing"),
        Arguments.of("subject: x\nentries: 3\n", "line 2: entries must be a list"),
        Arguments.of(
            "subject: x\nknown: []\n", "line 2: the member known is unknown; allowed are subject"),
        Arguments.of("subject: x\nentries:\n  - a\n", "line 3, entry 1: an entry has the members"),
        Arguments.of("subject: [x]\n", "line 1: subject must be the name of the subject"),
        Arguments.of("subject: x\nentries: [\n", "is not valid YAML"),
        Arguments.of(
            "subject: x\nentries:\n  - match: A\n    match: B\n", "line 4: is not valid YAML"),
        Arguments.of(entry("checks: [a]"), "line 3, entry 1: reason is missing"),
        Arguments.of(
            "subject: x\nentries:\n  - reason: r\n    checks: [a]\n", "entry 1: match is missing"),
        Arguments.of(entry("reason: r"), "entry 1: checks is missing: a failure of kind assertion"),
        Arguments.of(entry("reason: r", "checks: a"), "checks must be a list of check ids"),
        Arguments.of(
            entry("reason: r", "kind: crash", "checks: [a]"),
            "checks must be left out: no check is judged in a failure of kind crash"),
        Arguments.of(
            entry("reason: r", "kind: odd"),
            "kind odd does not exist; allowed are assertion, timeout, crash, protocol"),
        Arguments.of(
            entry("reason: r", "checks: [a]", "versions: new"),
            "versions: 'new' is no range of versions; allowed are conditions like"),
        Arguments.of(
            entry("reason: r", "checks: [a]", "until: soon"),
            "until must be a date such as 2027-06-30, but it is 'soon'"),
        Arguments.of(
            entry("reason: r", "flaky: {max_rate: 0.1}"),
            "the member flaky is unknown; allowed are match, checks, kind"));
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void load_damagedFile_saysWhatIsWrongInOneSentence(String yaml, String message) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(InvalidExpectationsException.class)
        .hasMessageStartingWith("expectation file " + directory.resolve("expected.yaml") + ": ")
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void load_missingFile_isNamed() {
    assertThatThrownBy(() -> Expectations.load(directory.resolve("none.yaml")))
        .isInstanceOf(InvalidExpectationsException.class)
        .hasMessageEndingWith("none.yaml: there is no such file");
  }

  @Test
  void apply_sameChecksAndKind_isKnownFailureWithReason() throws IOException {
    CaseVerdict applied = apply(FLUSH, failed("MLF-FLUSH-003", FailureKind.ASSERTION, "honest"));

    assertThat(applied.verdict()).isEqualTo(Verdict.KNOWN_FAILURE);
    assertThat(applied.message())
        .isEqualTo("flush does not wait for the running upload"
            + " (https://github.com/mlflow/mlflow/pull/24996)");
  }

  @Test
  void apply_otherChecks_staysFailureForAnotherReason() throws IOException {
    CaseVerdict applied =
        apply(FLUSH, failed("MLF-FLUSH-003", FailureKind.ASSERTION, "honest", "count"));

    assertThat(applied.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(applied.message())
        .isEqualTo("fails for another reason than the known one: listed assertion of honest,"
            + " found assertion of count and honest: not met");
  }

  @Test
  void apply_otherKind_staysFailureForAnotherReason() throws IOException {
    CaseVerdict applied = apply(FLUSH, failed("MLF-FLUSH-003", FailureKind.TIMEOUT));

    assertThat(applied.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(applied.message()).contains("listed assertion of honest, found timeout: not met");
  }

  @Test
  void apply_pass_isUnexpected() throws IOException {
    CaseVerdict applied = apply(FLUSH, verdict("MLF-FLUSH-003", Verdict.PASS, null));

    assertThat(applied.verdict()).isEqualTo(Verdict.UNEXPECTED_PASS);
    assertThat(applied.message()).contains("but assertion of honest does not fail any more");
  }

  @Test
  void apply_listedShould_isKnownFailure() throws IOException {
    CaseVerdict warned = verdict(
        "MLF-FLUSH-003", Verdict.WARN, FailureKind.ASSERTION, check("honest", Verdict.WARN));

    assertThat(apply(FLUSH, warned).verdict()).isEqualTo(Verdict.KNOWN_FAILURE);
  }

  @Test
  void apply_warningOfAnotherCheck_meansTheListedOnePasses() throws IOException {
    CaseVerdict warned =
        verdict("MLF-FLUSH-003", Verdict.WARN, FailureKind.ASSERTION, check("gap", Verdict.WARN));

    assertThat(apply(FLUSH, warned).verdict()).isEqualTo(Verdict.UNEXPECTED_PASS);
  }

  @Test
  void apply_warningOfMoreThanListed_staysWarning() throws IOException {
    CaseVerdict warned = verdict(
        "MLF-FLUSH-003",
        Verdict.WARN,
        FailureKind.ASSERTION,
        check("honest", Verdict.WARN),
        check("gap", Verdict.WARN));

    assertThat(apply(FLUSH, warned).verdict()).isEqualTo(Verdict.WARN);
    assertThat(apply(FLUSH, warned).message()).startsWith("fails for another reason");
  }

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      names = {"HARNESS_ERROR", "FLAKY", "INCONCLUSIVE", "UNSUPPORTED", "NOT_APPLICABLE"})
  void apply_verdictThatSaysNothing_stays(Verdict said) throws IOException {
    CaseVerdict verdict = verdict("MLF-FLUSH-003", said, null);

    assertThat(apply(FLUSH, verdict)).isEqualTo(verdict);
  }

  @Test
  void apply_otherCaseOrOtherVersion_stays() throws IOException {
    CaseVerdict other = failed("MLF-FLUSH-004", FailureKind.ASSERTION, "honest");
    CaseVerdict same = failed("MLF-FLUSH-003", FailureKind.ASSERTION, "honest");

    assertThat(apply(FLUSH, other)).isEqualTo(other);
    assertThat(load(FLUSH).apply(same, "3.19.0", TODAY)).isEqualTo(same);
    assertThat(Expectations.NONE.apply(same, "3.17.2", TODAY)).isEqualTo(same);
  }

  @Test
  void apply_lastDayAndAfter_excusesOnlyUntilThen() throws IOException {
    CaseVerdict verdict = failed("MLF-FLUSH-003", FailureKind.ASSERTION, "honest");
    Expectations expectations = load(FLUSH);

    assertThat(expectations.apply(verdict, "3.17.2", LocalDate.of(2027, 6, 30)).verdict())
        .isEqualTo(Verdict.KNOWN_FAILURE);
    CaseVerdict expired = expectations.apply(verdict, "3.17.2", LocalDate.of(2027, 7, 1));
    assertThat(expired.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(expired.message()).startsWith("was a known failure until 2027-06-30 (flush does");
  }

  @Test
  void apply_severalEntriesOfOneCase_anyMayForesee() throws IOException {
    String two =
        entry("reason: one", "checks: [a]") + "  - {match: 'MLF-*', checks: [b], reason: two}\n";
    CaseVerdict applied = apply(two, failed("MLF-A-001", FailureKind.ASSERTION, "b"));

    assertThat(applied.verdict()).isEqualTo(Verdict.KNOWN_FAILURE);
    assertThat(applied.message()).isEqualTo("two");
  }

  @Test
  void staleProblems_unknownCase_isNamed() throws IOException {
    assertThat(load(FLUSH).staleProblems(List.of("MLF-A-001"), List.of(), "3.17.2", TODAY))
        .singleElement()
        .asString()
        .contains("entry 1 (MLF-FLUSH-003) matches no case")
        .contains("./harness list");
  }

  @Test
  void staleProblems_expired_isNamed() throws IOException {
    assertThat(load(FLUSH)
            .staleProblems(List.of("MLF-FLUSH-003"), List.of(), "3.17.2", LocalDate.of(2027, 7, 1)))
        .singleElement()
        .asString()
        .contains("ended on 2027-06-30");
  }

  @Test
  void staleProblems_allCasesPass_isNamed() throws IOException {
    Expectations expectations = load(FLUSH);
    CaseVerdict passed =
        expectations.apply(verdict("MLF-FLUSH-003", Verdict.PASS, null), "3.17.2", TODAY);

    assertThat(stale(expectations, passed)).singleElement().asString().contains("cases pass");
  }

  @Test
  void staleProblems_entryThatHoldsOrWasNotSelected_isNotStale() throws IOException {
    Expectations expectations = load(FLUSH);
    CaseVerdict known = expectations.apply(
        failed("MLF-FLUSH-003", FailureKind.ASSERTION, "honest"), "3.17.2", TODAY);

    assertThat(stale(expectations, known)).isEmpty();
    assertThat(stale(expectations)).isEmpty();
    assertThat(stale(expectations, verdict("MLF-FLUSH-003", Verdict.UNSUPPORTED, null)))
        .isEmpty();
  }

  private static List<String> stale(Expectations expectations, CaseVerdict... verdicts) {
    return expectations.staleProblems(List.of("MLF-FLUSH-003"), List.of(verdicts), "3.17.2", TODAY);
  }

  private Expectations load(String yaml) throws IOException {
    return Expectations.load(Files.writeString(directory.resolve("expected.yaml"), yaml));
  }

  private CaseVerdict apply(String yaml, CaseVerdict verdict) throws IOException {
    return load(yaml).apply(verdict, "3.17.2", TODAY);
  }

  private static String entry(String... members) {
    return "subject: x\nentries:\n  - match: MLF-A-001\n    " + String.join("\n    ", members)
        + "\n";
  }

  private static CaseVerdict failed(String id, FailureKind kind, String... checks) {
    List<CheckVerdict> verdicts = new ArrayList<>();
    verdicts.add(check("fine", Verdict.PASS));
    for (String check : checks) {
      verdicts.add(check(check, Verdict.FAIL));
    }
    return verdict(id, Verdict.FAIL, kind, verdicts.toArray(CheckVerdict[]::new));
  }

  private static CaseVerdict verdict(
      String id, Verdict verdict, FailureKind kind, CheckVerdict... checks) {
    return new CaseVerdict(id, verdict, kind, Level.MUST, "R-1", "not met", List.of(checks), 1);
  }

  private static CheckVerdict check(String id, Verdict verdict) {
    return new CheckVerdict(id, verdict, Level.MUST, "R-1", "message of " + id);
  }
}
