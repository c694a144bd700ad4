package io.github.tracingharness.conformance.expect;

import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.FailureKind;
import io.github.tracingharness.conformance.model.CaseRegistry;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One known failure.
 *
 * @param match id of a case, or a glob in which {@code *} stands for any characters
 * @param checks ids of the checks that fail, all of them; empty for kinds that judge none
 * @param kind in which way the case fails
 * @param versions versions of the subject that it is known of
 * @param reason why, in one sentence
 * @param url where it is tracked, or null
 * @param until last day on which it counts, or null
 */
public record Expectation(
    String match,
    Set<String> checks,
    FailureKind kind,
    VersionRange versions,
    String reason,
    @Nullable String url,
    @Nullable LocalDate until) {

  /** Keeps a copy of the checks. */
  public Expectation {
    checks = Set.copyOf(checks);
  }

  /** Returns whether the entry speaks of that case. */
  public boolean matches(String caseId) {
    return CaseRegistry.glob(match).matcher(caseId).matches();
  }

  boolean isExpired(LocalDate today) {
    return until != null && today.isAfter(until);
  }

  boolean isActive(String subjectVersion, LocalDate today) {
    return !isExpired(today) && versions.contains(subjectVersion);
  }

  boolean foresees(CaseVerdict verdict) {
    return verdict.kind() == kind && new HashSet<>(verdict.failedChecks()).equals(checks);
  }

  /** Returns whether what is listed still fails, possibly among other things. */
  boolean stillHolds(CaseVerdict verdict) {
    return verdict.kind() == kind && verdict.failedChecks().containsAll(checks);
  }

  /** Returns the reason, with the address where it is tracked. */
  String reasonAndUrl() {
    return url == null ? reason : reason + " (" + url + ")";
  }
}
