package io.github.tracingharness.conformance.judge;

import io.github.tracingharness.conformance.check.CheckResult;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Gap;
import io.github.tracingharness.conformance.history.HistoryEvent.HarnessFault;
import io.github.tracingharness.conformance.history.HistoryEvent.ProcessEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Reply;
import io.github.tracingharness.conformance.history.HistoryEvent.ReplyKind;
import io.github.tracingharness.conformance.history.NotToldException;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.ConformanceCase.Refusal;
import io.github.tracingharness.conformance.model.NamedCheck;
import io.github.tracingharness.conformance.requirement.Level;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the history of one run of a case into its verdict. Pure: same case and history, same
 * verdict.
 */
public final class Judge {

  private final RequirementRegistry requirements;

  /** Judges by the levels of these requirements. */
  public Judge(RequirementRegistry requirements) {
    this.requirements = requirements;
  }

  /** Judges one run of a case. */
  public CaseVerdict judge(ConformanceCase c, CaseHistory history) {
    List<HarnessFault> faults = history.all(HarnessFault.class);
    if (!faults.isEmpty()) {
      return verdict(c, history, Verdict.HARNESS_ERROR, null, faults.get(0).message(), List.of());
    }
    Optional<ProcessEvent> unavailable = history.all(ProcessEvent.class).stream()
        .filter(e -> e.what().equals("unavailable"))
        .findFirst();
    if (unavailable.isPresent()) {
      String why = unavailable.get().detail();
      return verdict(c, history, Verdict.INCONCLUSIVE, null, why, List.of());
    }
    Optional<Reply> unsupported = firstUnsupported(history);
    if (unsupported.isPresent()) {
      String reason = unsupported.get().body().path("reason").asText("no reason given");
      return verdict(
          c,
          history,
          Verdict.UNSUPPORTED,
          null,
          "the driver does not support %s: %s".formatted(unsupported.get().op(), reason),
          List.of());
    }
    List<String> ignored = ignoredConfig(c, history);
    if (!ignored.isEmpty()) {
      String message = "the driver ignored " + String.join(", ", ignored);
      return verdict(c, history, Verdict.UNSUPPORTED, null, message, List.of());
    }
    Optional<ProcessEvent> death = death(history);
    if (death.isPresent()) {
      FailureKind kind = kindOf(death.get());
      return verdict(c, history, Verdict.FAIL, kind, death.get().detail(), List.of());
    }
    Optional<Reply> error = firstError(history);
    if (error.isPresent() && !(c.refusal() == Refusal.JUDGED && isRefusal(error.get()))) {
      return subjectError(c, history, error.get());
    }
    CaseVerdict verdict;
    try {
      verdict = fold(c, history, judgeChecks(c, history));
    } catch (NotToldException e) {
      String message = String.valueOf(e.getMessage());
      return verdict(c, history, Verdict.UNSUPPORTED, null, message, List.of());
    }
    List<Gap> gaps = history.all(Gap.class);
    return c.alone() && verdict.verdict() == Verdict.FAIL && !gaps.isEmpty()
        ? verdict.as(
            Verdict.INCONCLUSIVE,
            "the harness did not run for %d ms, so times mean nothing"
                .formatted(gaps.get(0).millis()))
        : verdict;
  }

  private List<CheckVerdict> judgeChecks(ConformanceCase c, CaseHistory history) {
    List<CheckVerdict> verdicts = new ArrayList<>();
    boolean controlled = true;
    for (NamedCheck check : c.checks()) {
      if (check.control()) {
        CheckVerdict control = judgeCheck(check, history);
        verdicts.add(control);
        controlled &= control.verdict() == Verdict.PASS;
      }
    }
    for (NamedCheck check : c.checks()) {
      if (!check.control()) {
        verdicts.add(
            controlled
                ? judgeCheck(check, history)
                : checkVerdict(
                    check, Verdict.INCONCLUSIVE, "not judged: the case's control is not met"));
      }
    }
    return verdicts;
  }

  private CheckVerdict judgeCheck(NamedCheck check, CaseHistory history) {
    CheckResult result = check.check().judge(history);
    return switch (result.outcome()) {
      case MET -> checkVerdict(check, Verdict.PASS, result.message());
      case UNOBSERVABLE -> checkVerdict(check, Verdict.UNSUPPORTED, result.message());
      case UNMET ->
        checkVerdict(
            check,
            check.control() || levelOf(check.requirement()) == Level.MUST
                ? Verdict.FAIL
                : Verdict.WARN,
            result.message());
    };
  }

  private CheckVerdict checkVerdict(NamedCheck check, Verdict verdict, String message) {
    return new CheckVerdict(
        check.id(), verdict, levelOf(check.requirement()), check.requirement(), message);
  }

  private CaseVerdict fold(ConformanceCase c, CaseHistory history, List<CheckVerdict> checks) {
    for (int i = 0; i < checks.size(); i++) {
      CheckVerdict check = checks.get(i);
      if (check.verdict() == Verdict.FAIL && isControl(c, check)) {
        // A SHOULD whose control fails is no conformance failure, but neither is it a pass.
        Verdict verdict = levelOf(c.requirement()) == Level.MUST ? Verdict.FAIL : Verdict.WARN;
        String message = "nothing was observed: " + check.message();
        return verdict(c, history, verdict, FailureKind.NOTHING_OBSERVED, message, checks);
      }
    }
    // An honest "cannot tell" takes its check out; where it takes out all of them, the case said
    // nothing.
    boolean said =
        checks.stream().anyMatch(k -> k.verdict() != Verdict.UNSUPPORTED && !isControl(c, k));
    Verdict verdict = said
        ? checks.stream()
            .map(CheckVerdict::verdict)
            .filter(v -> v != Verdict.UNSUPPORTED)
            .reduce(Verdict.PASS, Verdict::worse)
        : Verdict.UNSUPPORTED;
    String message = checks.stream()
        .filter(k -> k.verdict() == verdict && verdict != Verdict.PASS)
        .map(CheckVerdict::message)
        .findFirst()
        .orElse("");
    FailureKind kind =
        verdict == Verdict.FAIL || verdict == Verdict.WARN ? FailureKind.ASSERTION : null;
    return verdict(c, history, verdict, kind, message, checks);
  }

  private CaseVerdict subjectError(ConformanceCase c, CaseHistory history, Reply error) {
    String kind = error.body().path("kind").asText("driver");
    String message = "%s answered with an error (%s): %s: %s"
        .formatted(
            error.op(),
            kind,
            error.body().path("type").asText("?"),
            error.body().path("message").asText(""));
    if (isRefusal(error)) {
      Verdict verdict = c.refusal() == Refusal.DEVIATES ? Verdict.WARN : Verdict.FAIL;
      return verdict(c, history, verdict, FailureKind.CONFIG_REFUSED, message, List.of());
    }
    FailureKind failure =
        kind.equals("driver") ? FailureKind.PROTOCOL : FailureKind.SUBJECT_EXCEPTION;
    return verdict(c, history, Verdict.FAIL, failure, message, List.of());
  }

  private static boolean isRefusal(Reply error) {
    return error.op().equals("open") && error.body().path("kind").asText().equals("config");
  }

  private static boolean isControl(ConformanceCase c, CheckVerdict verdict) {
    return c.checks().stream().anyMatch(k -> k.control() && k.id().equals(verdict.id()));
  }

  private static Optional<Reply> firstUnsupported(CaseHistory history) {
    return history.all(Reply.class).stream()
        .filter(r -> r.kind() == ReplyKind.UNSUPPORTED)
        .findFirst();
  }

  private static Optional<Reply> firstError(CaseHistory history) {
    return history.all(Reply.class).stream()
        .filter(r -> r.kind() == ReplyKind.ERROR)
        .findFirst();
  }

  private static List<String> ignoredConfig(ConformanceCase c, CaseHistory history) {
    List<String> ignored = new ArrayList<>();
    history
        .ok("open", 0)
        .ifPresent(ok -> ok.path("ignored").forEach(key -> {
          if (c.config().has(key.asText())) {
            ignored.add(key.asText());
          }
        }));
    return ignored;
  }

  private static Optional<ProcessEvent> death(CaseHistory history) {
    return history.all(ProcessEvent.class).stream()
        .filter(e -> kindOf(e) != null)
        .findFirst();
  }

  private static @Nullable FailureKind kindOf(ProcessEvent event) {
    return switch (event.what()) {
      case "deadline" -> FailureKind.TIMEOUT;
      case "crashed" -> FailureKind.CRASH;
      case "protocol" -> FailureKind.PROTOCOL;
      case "dishonest" -> FailureKind.DRIVER_DISHONEST;
      default -> null;
    };
  }

  private Level levelOf(String requirementKey) {
    return requirements.get(requirementKey).level();
  }

  private CaseVerdict verdict(
      ConformanceCase c,
      CaseHistory history,
      Verdict verdict,
      @Nullable FailureKind kind,
      String message,
      List<CheckVerdict> checks) {
    return new CaseVerdict(
        c.id(),
        verdict,
        kind,
        levelOf(c.requirement()),
        c.requirement(),
        message,
        checks,
        history.durationMs());
  }
}
