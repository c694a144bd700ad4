package io.github.tracingharness.conformance.judge;

import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.check.Check;
import io.github.tracingharness.conformance.check.CheckResult;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.ReplyKind;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.Step;
import io.github.tracingharness.conformance.requirement.Level;
import io.github.tracingharness.conformance.requirement.Requirement;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {

  private static final Check MET = history -> CheckResult.met("found");
  private static final Check UNMET = history -> CheckResult.unmet("1 request", "2 requests");
  private static final Check UNOBSERVABLE =
      history -> CheckResult.unobservable("the SDK says nothing");

  private final RequirementRegistry requirements =
      RequirementRegistry.of(List.of(requirement("M", Level.MUST), requirement("S", Level.SHOULD)));
  private final Judge judge = new Judge(requirements);

  private static Requirement requirement(String key, Level level) {
    return new Requirement(key, level, "text", "source", "inferred", "set", null, null);
  }

  private static ConformanceCase.Builder aCase(String requirement) {
    return conformanceCase("MLF-TEST-001")
        .title("shows something")
        .family("test")
        .requirement(requirement)
        .when(new Step.Stats());
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static CaseHistory history(HistoryEvent... events) {
    return new CaseHistory("MLF-TEST-001", 1, json(), List.of(events), 12);
  }

  @Test
  void judge_allChecksMet_passes() {
    CaseVerdict verdict =
        judge.judge(aCase("M").control("seen", MET).then("once", MET).build(), history());

    assertThat(verdict.verdict()).isEqualTo(Verdict.PASS);
    assertThat(verdict.message()).isEmpty();
    assertThat(verdict.durationMs()).isEqualTo(12);
  }

  @Test
  void judge_checkOfAMustUnmet_failsAndStillJudgesTheOthers() {
    CaseVerdict verdict =
        judge.judge(aCase("M").then("once", UNMET).then("order", MET).build(), history());

    assertThat(verdict.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(verdict.kind()).isEqualTo(FailureKind.ASSERTION);
    assertThat(verdict.failedChecks()).containsExactly("once");
    assertThat(verdict.checks())
        .extracting(CheckVerdict::verdict)
        .containsExactly(Verdict.FAIL, Verdict.PASS);
    assertThat(verdict.message()).isEqualTo("expected 1 request\n   found 2 requests");
  }

  @Test
  void judge_checkOfAShouldUnmet_warns() {
    assertThat(judge.judge(aCase("S").then("once", UNMET).build(), history()).verdict())
        .isEqualTo(Verdict.WARN);
  }

  @Test
  void judge_checkWithItsOwnRequirement_takesThatLevel() {
    ConformanceCase c = aCase("S").then("once", MET).then("must", "M", UNMET).build();

    assertThat(judge.judge(c, history()).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void judge_controlUnmet_saysThatNothingWasObservedAndJudgesNothingElse() {
    CaseVerdict verdict =
        judge.judge(aCase("M").control("seen", UNMET).never("none", MET).build(), history());

    assertThat(verdict.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(verdict.kind()).isEqualTo(FailureKind.NOTHING_OBSERVED);
    assertThat(verdict.checks())
        .extracting(CheckVerdict::verdict)
        .containsExactly(Verdict.FAIL, Verdict.INCONCLUSIVE);
    assertThat(verdict.message()).startsWith("nothing was observed: expected 1 request");
  }

  @Test
  void judge_honestCannotTell_takesOnlyItsCheckOut() {
    CaseVerdict some =
        judge.judge(aCase("M").then("a", UNOBSERVABLE).then("b", MET).build(), history());
    CaseVerdict all =
        judge.judge(aCase("M").control("seen", MET).then("a", UNOBSERVABLE).build(), history());

    assertThat(some.verdict()).isEqualTo(Verdict.PASS);
    assertThat(all.verdict()).isEqualTo(Verdict.UNSUPPORTED);
    assertThat(all.message()).isEqualTo("the SDK says nothing");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "deadline, TIMEOUT",
    "crashed, CRASH",
    "protocol, PROTOCOL",
  })
  void judge_driverDied_failsInThatKindWhateverTheChecksSay(String what, FailureKind kind) {
    CaseVerdict verdict = judge.judge(
        aCase("S").then("once", MET).build(),
        history(new HistoryEvent.ProcessEvent(1, what, "it died", null)));

    assertThat(verdict.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(verdict.kind()).isEqualTo(kind);
    assertThat(verdict.message()).isEqualTo("it died");
  }

  @Test
  void judge_subjectThrew_isAFailureOfTheSubject() {
    ObjectNode error = json().put("kind", "subject").put("type", "TypeError").put("message", "no");
    CaseVerdict verdict = judge.judge(
        aCase("M").then("once", MET).build(),
        history(new HistoryEvent.Reply(1, 1, "emit", ReplyKind.ERROR, error)));

    assertThat(verdict.kind()).isEqualTo(FailureKind.SUBJECT_EXCEPTION);
    assertThat(verdict.message()).isEqualTo("emit answered with an error (subject): TypeError: no");
  }

  @Test
  void judge_configurationRefused_failsUnlessTheCaseAllowsIt() {
    ObjectNode error = json().put("kind", "config").put("type", "ValueError").put("message", "no");
    HistoryEvent open = new HistoryEvent.Reply(1, 1, "open", ReplyKind.ERROR, error);

    CaseVerdict strict = judge.judge(aCase("M").then("once", MET).build(), history(open));
    CaseVerdict lenient =
        judge.judge(aCase("M").mayRefuse().then("once", MET).build(), history(open));

    assertThat(strict.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(strict.kind()).isEqualTo(FailureKind.CONFIG_REFUSED);
    assertThat(lenient.verdict()).isEqualTo(Verdict.WARN);
    assertThat(lenient.kind()).isEqualTo(FailureKind.CONFIG_REFUSED);
  }

  @Test
  void judge_serverCouldNotBeMadeReady_makesNoClaim() {
    CaseVerdict verdict = judge.judge(
        aCase("M").then("once", MET).build(),
        history(new HistoryEvent.ProcessEvent(1, "unavailable", "port 4318 is taken", null)));

    assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict.message()).isEqualTo("port 4318 is taken");
  }

  @Test
  void judge_operationOrSettingNotSupported_isUnsupported() {
    ConformanceCase c = aCase("M").config("async", true).then("once", UNMET).build();
    ObjectNode opened = json();
    opened.putArray("ignored").add("async");

    CaseVerdict op = judge.judge(
        c,
        history(new HistoryEvent.Reply(
            1, 1, "stats", ReplyKind.UNSUPPORTED, json().put("reason", "none kept"))));
    CaseVerdict setting =
        judge.judge(c, history(new HistoryEvent.Reply(1, 1, "open", ReplyKind.OK, opened)));

    assertThat(op.verdict()).isEqualTo(Verdict.UNSUPPORTED);
    assertThat(op.message()).isEqualTo("the driver does not support stats: none kept");
    assertThat(setting.verdict()).isEqualTo(Verdict.UNSUPPORTED);
    assertThat(setting.message()).isEqualTo("the driver ignored async");
  }

  @Test
  void judge_harnessFailed_makesNoClaim() {
    assertThat(judge
            .judge(
                aCase("M").then("once", MET).build(),
                history(new HistoryEvent.HarnessFault(1, "our code threw")))
            .verdict())
        .isEqualTo(Verdict.HARNESS_ERROR);
  }

  @Test
  void judge_harnessStarvedWhileTimeWasMeasured_makesNoClaim() {
    ConformanceCase timed = aCase("M").alone().then("wait", UNMET).build();

    CaseVerdict verdict = judge.judge(timed, history(new HistoryEvent.Gap(1, 180)));

    assertThat(verdict.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict.message())
        .isEqualTo("the harness did not run for 180 ms, so times mean nothing");
  }
}
