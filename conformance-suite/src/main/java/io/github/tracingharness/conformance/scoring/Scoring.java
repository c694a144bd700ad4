package io.github.tracingharness.conformance.scoring;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.CaseRegistry;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.requirement.Requirement;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which cases count towards conformance. */
public final class Scoring {

  private final CaseRegistry cases;
  private final RequirementRegistry requirements;
  private final Map<String, SetLock> locks;
  private final List<Exclusion> exclusions;

  Scoring(
      CaseRegistry cases,
      RequirementRegistry requirements,
      Map<String, SetLock> locks,
      Collection<Exclusion> exclusions) {
    this.cases = cases;
    this.requirements = requirements;
    this.locks = new TreeMap<>(locks);
    this.exclusions = List.copyOf(exclusions);
    for (Exclusion each : this.exclusions) {
      boolean known = cases.find(each.match()).isPresent()
          || requirements.find(each.match()).isPresent();
      if (!known) {
        throw new IllegalStateException(
            "the exclusion %s names neither a case nor a requirement".formatted(each.match()));
      }
    }
  }

  /**
   * Reads the locks and exclusions that the suite ships.
   *
   * @throws IllegalStateException if a file is damaged
   */
  public static Scoring load(CaseRegistry cases, RequirementRegistry requirements) {
    Map<String, SetLock> locks = new TreeMap<>();
    requirements.all().stream()
        .map(Requirement::set)
        .distinct()
        .forEach(set -> SetLock.load(set).ifPresent(lock -> locks.put(set, lock)));
    return new Scoring(cases, requirements, locks, exclusions());
  }

  private static List<Exclusion> exclusions() {
    try (InputStream in = Scoring.class.getResourceAsStream("/sets/exclusions.yaml")) {
      if (in == null) {
        throw new IllegalStateException("sets/exclusions.yaml is missing from the class path");
      }
      return new ObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .readValue(in, new TypeReference<List<Exclusion>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read sets/exclusions.yaml", e);
    }
  }

  /** Returns the frozen sets by name. */
  public Collection<SetLock> locks() {
    return locks.values();
  }

  /** Returns why a case does not count; empty when it counts. */
  public Optional<String> notScored(ConformanceCase c) {
    Optional<String> excluded = exclusions.stream()
        .filter(e -> e.match().equals(c.id()) || e.match().equals(c.requirement()))
        .map(e -> "excluded: %s (%s)".formatted(e.reason(), e.link()))
        .findFirst();
    return excluded.or(() -> requirements
        .find(c.requirement())
        .flatMap(r -> Optional.ofNullable(locks.get(r.set())))
        .filter(lock -> !lock.contains(c))
        .map(lock -> "not-scored: added-after-freeze of the set " + lock.set()));
  }

  /**
   * Returns the verdict of a case that counts as it is; that of any other becomes NOT_APPLICABLE,
   * with its message saying what it would be.
   */
  public CaseVerdict apply(CaseVerdict verdict) {
    if (verdict.verdict() == Verdict.UNSUPPORTED || verdict.verdict() == Verdict.NOT_APPLICABLE) {
      return verdict;
    }
    return cases
        .find(verdict.caseId())
        .flatMap(this::notScored)
        .map(why -> verdict.as(
            Verdict.NOT_APPLICABLE,
            "%s; it would be %s%s"
                .formatted(
                    why,
                    verdict.verdict(),
                    verdict.message().isEmpty() ? "" : ": " + verdict.message())))
        .orElse(verdict);
  }
}
