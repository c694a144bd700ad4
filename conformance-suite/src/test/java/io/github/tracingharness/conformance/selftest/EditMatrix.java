package io.github.tracingharness.conformance.selftest;

import io.github.tracingharness.conformance.check.CheckResult.Outcome;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.judge.Judge;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.NamedCheck;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import io.github.tracingharness.conformance.selftest.edit.HistoryEdit;
import io.github.tracingharness.conformance.selftest.edit.HistoryEdit.Edited;
import io.github.tracingharness.conformance.selftest.edit.RecordCopy;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which checks turn from met to unmet when the history of a passed case is edited. Each check is
 * asked itself, whatever the controls of its case say.
 */
final class EditMatrix {

  /** What stands for a verdict that no check gives: of a crash, or of an error. */
  static final String VERDICT = "verdict";

  private static final Judge JUDGE = new Judge(RequirementRegistry.load());

  private final SortedMap<String, SortedSet<String>> flips = new ConcurrentSkipListMap<>();
  private final SortedMap<String, Tally> tallies = new ConcurrentSkipListMap<>();
  private final SortedMap<String, SortedSet<String>> seen = new ConcurrentSkipListMap<>();
  private final SortedMap<String, SortedSet<String>> noticed = new ConcurrentSkipListMap<>();
  private final SortedMap<String, SortedSet<String>> thrown = new ConcurrentSkipListMap<>();

  /**
   * How much of an edit was noticed.
   *
   * @param made how many histories were made with it
   * @param noticed how many of them turned a check or the verdict
   */
  record Tally(AtomicInteger made, AtomicInteger noticed) {}

  /** Judges each case by its history after each edit. */
  static EditMatrix of(Map<ConformanceCase, CaseHistory> histories, List<HistoryEdit> edits) {
    EditMatrix matrix = new EditMatrix();
    edits.forEach(
        e -> matrix.tallies.put(e.id(), new Tally(new AtomicInteger(), new AtomicInteger())));
    // The largest first, so that none is left for one thread at the end.
    histories.entrySet().stream()
        .sorted(Comparator.comparingInt((Map.Entry<ConformanceCase, CaseHistory> e) ->
            -e.getValue().events().size()))
        .toList()
        .parallelStream()
        .forEach(e -> matrix.add(e.getKey(), e.getValue(), edits));
    return matrix;
  }

  private void add(ConformanceCase c, CaseHistory history, List<HistoryEdit> edits) {
    List<NamedCheck> checks = c.checks().stream()
        .filter(k -> k.check().judge(history).outcome() == Outcome.MET)
        .toList();
    for (HistoryEdit edit : edits) {
      edit.variants().apply(history).forEach(variant -> add(c, checks, edit, variant));
    }
  }

  private void add(ConformanceCase c, List<NamedCheck> checks, HistoryEdit edit, Edited variant) {
    Tally tally = tallies.get(edit.id());
    tally.made().incrementAndGet();
    put(seen, edit.id(), variant.place());
    boolean any = false;
    for (NamedCheck check : checks) {
      if (isUnmet(c, check, edit, variant)) {
        put(flips, c.id() + "/" + check.id(), edit.id());
        any = true;
      }
    }
    // An error of the driver or a death decides before any check is asked.
    if (!any && isStopped(c, variant.history())) {
      any = true;
      put(flips, VERDICT, edit.id());
    }
    if (any) {
      tally.noticed().incrementAndGet();
      put(noticed, edit.id(), variant.place());
    }
  }

  private boolean isUnmet(ConformanceCase c, NamedCheck check, HistoryEdit edit, Edited variant) {
    try {
      return check.check().judge(variant.history()).outcome() == Outcome.UNMET;
    } catch (RuntimeException e) {
      put(thrown, c.id() + "/" + check.id(), edit.id() + " " + variant.place() + ": " + e);
      return false;
    }
  }

  private static boolean isStopped(ConformanceCase c, CaseHistory history) {
    ConformanceCase noChecks = withoutChecks(c);
    Verdict verdict = JUDGE.judge(noChecks, history).verdict();
    return verdict == Verdict.HARNESS_ERROR || verdict == Verdict.FAIL;
  }

  /** The case with no check left that could throw or fail. */
  private static ConformanceCase withoutChecks(ConformanceCase c) {
    return RecordCopy.with(c, "checks", List.of());
  }

  private static void put(Map<String, SortedSet<String>> map, String key, String value) {
    map.computeIfAbsent(key, k -> new ConcurrentSkipListSet<>()).add(value);
  }

  /** The edits that turn each check; checks are {@code CASE/check}. */
  SortedMap<String, SortedSet<String>> flips() {
    return flips;
  }

  /** The exceptions out of checks, which must judge whatever was recorded. */
  SortedMap<String, SortedSet<String>> thrown() {
    return thrown;
  }

  SortedMap<String, Tally> tallies() {
    return tallies;
  }

  /** The places where an edit was made in some case and noticed in none. */
  SortedMap<String, Set<String>> blind() {
    SortedMap<String, Set<String>> blind = new TreeMap<>();
    seen.forEach((edit, places) -> {
      Set<String> rest = new TreeSet<>(places);
      rest.removeAll(noticed.getOrDefault(edit, new TreeSet<>()));
      if (!rest.isEmpty()) {
        blind.put(edit, rest);
      }
    });
    return blind;
  }
}
