package io.github.tracingharness.conformance.junit;

import io.github.tracingharness.conformance.cases.AllCases;
import io.github.tracingharness.conformance.model.CaseRegistry;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.requirement.Requirement;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which cases are run. */
final class Selection {

  private Selection() {}

  /**
   * Returns the cases of these sets that match one of these globs.
   *
   * @param sets all when empty
   * @param globs all when empty
   * @throws IllegalArgumentException if a set does not exist, or a glob matches no case of the sets
   */
  static List<ConformanceCase> of(List<String> sets, List<String> globs) {
    RequirementRegistry requirements = RequirementRegistry.load();
    List<String> known =
        requirements.all().stream().map(Requirement::set).distinct().toList();
    for (String set : sets) {
      if (!known.contains(set)) {
        throw new IllegalArgumentException(
            "there is no set '%s'; known are %s".formatted(set, String.join(", ", known)));
      }
    }
    CaseRegistry registry = CaseRegistry.of(AllCases.registry().all().stream()
        .filter(c ->
            sets.isEmpty() || sets.contains(requirements.get(c.requirement()).set()))
        .toList());
    if (globs.isEmpty()) {
      return registry.all();
    }
    Set<ConformanceCase> selected = new LinkedHashSet<>();
    for (String glob : globs) {
      List<ConformanceCase> matching = registry.matching(glob);
      if (matching.isEmpty()) {
        throw new IllegalArgumentException("'%s' matches no case".formatted(glob));
      }
      selected.addAll(matching);
    }
    return List.copyOf(selected);
  }
}
