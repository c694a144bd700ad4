package io.github.tracingharness.conformance.scoring;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The badge of a frozen set, in the form that shields.io reads from an address (<a
 * href="https://shields.io/badges/endpoint-badge">endpoint badge</a>).
 */
public final class Badge {

  private Badge() {}

  /** Returns the name of the file for a set. */
  public static String fileName(String set) {
    return "badge-" + set + ".json";
  }

  /**
   * Returns the badge of a run: passed/applicable of the set. Empty where the run had not all cases
   * of the set, or none was applicable: then there is nothing to claim.
   */
  public static Optional<String> of(SetLock lock, Collection<CaseVerdict> run) {
    List<CaseVerdict> verdicts =
        run.stream().filter(v -> lock.cases().contains(v.caseId())).toList();
    Set<String> ids = verdicts.stream().map(CaseVerdict::caseId).collect(Collectors.toSet());
    List<CaseVerdict> applicable = verdicts.stream()
        .filter(v -> v.verdict() != Verdict.UNSUPPORTED && v.verdict() != Verdict.NOT_APPLICABLE)
        .toList();
    if (!ids.containsAll(lock.cases()) || applicable.isEmpty()) {
      return Optional.empty();
    }
    long passed = applicable.stream().filter(v -> v.verdict().isPassed()).count();
    boolean red = applicable.stream().anyMatch(v -> v.verdict().isFailed());
    String color = red ? "red" : passed == applicable.size() ? "brightgreen" : "yellow";
    return Optional.of(JsonNodeFactory.instance
            .objectNode()
            .put("schemaVersion", 1)
            .put("label", lock.set())
            .put("message", passed + "/" + applicable.size())
            .put("color", color)
            .toString()
        + "\n");
  }
}
