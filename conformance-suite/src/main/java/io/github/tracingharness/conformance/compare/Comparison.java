package io.github.tracingharness.conformance.compare;

import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.requirement.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Results beside each other. */
public final class Comparison {

  private final List<SubjectResult> results;
  private final List<Row> rows;

  /**
   * Compares results in the given order.
   *
   * @throws IllegalArgumentException if two have the same label
   */
  public Comparison(Collection<SubjectResult> results) {
    this.results = List.copyOf(results);
    if (results.stream().map(SubjectResult::label).distinct().count() != results.size()) {
      throw new IllegalArgumentException("two results have the same label");
    }
    this.rows = makeRows();
  }

  /**
   * A case and what became of it.
   *
   * @param head what the case is; its verdict is that of the first result that has it
   * @param cells the case in each result that has it, by label
   */
  record Row(CaseLine head, Map<String, CaseLine> cells) {

    Optional<CaseLine> of(SubjectResult result) {
      return Optional.ofNullable(cells.get(result.label()));
    }

    /** Returns whether results that could be judged differ. */
    boolean differs() {
      return cells.values().stream()
              .map(CaseLine::verdict)
              .filter(v -> v != Verdict.UNSUPPORTED && v != Verdict.NOT_APPLICABLE)
              .distinct()
              .count()
          > 1;
    }
  }

  /**
   * A requirement and the worst of its cases.
   *
   * @param cases the cases
   * @param cells the worst verdict in each result that has a case of it, by label
   */
  record RequirementRow(
      String key, Level level, String set, List<Row> cases, Map<String, Verdict> cells) {}

  List<SubjectResult> results() {
    return results;
  }

  /** Returns a row for each case that a result has, by set, family and id. */
  List<Row> rows() {
    return rows;
  }

  private List<Row> makeRows() {
    Map<String, Row> byId = new TreeMap<>();
    for (SubjectResult result : results) {
      for (CaseLine c : result.cases()) {
        byId.computeIfAbsent(c.id(), id -> new Row(c, new LinkedHashMap<>()))
            .cells()
            .put(result.label(), c);
      }
    }
    List<Row> sorted = new ArrayList<>(byId.values());
    sorted.sort((a, b) -> CaseLine.ORDER.compare(a.head(), b.head()));
    return sorted;
  }

  /** Returns the rows of each set, and in it of each family. */
  Map<String, Map<String, List<Row>>> bySetAndFamily() {
    Map<String, Map<String, List<Row>>> sets = new LinkedHashMap<>();
    for (Row row : rows) {
      sets.computeIfAbsent(setName(row.head()), set -> new LinkedHashMap<>())
          .computeIfAbsent(row.head().family(), family -> new ArrayList<>())
          .add(row);
    }
    return sets;
  }

  static String setName(CaseLine c) {
    return c.set().isEmpty() ? "no set" : c.set();
  }

  /** Returns a row for each requirement that is the main one of a case, by set and key. */
  List<RequirementRow> requirements() {
    Map<String, RequirementRow> byKey = new TreeMap<>();
    for (Row row : rows) {
      CaseLine head = row.head();
      RequirementRow requirement = byKey.computeIfAbsent(
          setName(head) + " " + head.requirement(),
          key -> new RequirementRow(
              head.requirement(),
              head.level(),
              setName(head),
              new ArrayList<>(),
              new LinkedHashMap<>()));
      requirement.cases().add(row);
      row.cells()
          .forEach((label, c) -> requirement.cells().merge(label, c.verdict(), Comparison::worse));
    }
    return new ArrayList<>(byKey.values());
  }

  // A case that a subject could not be asked says nothing against the others.
  private static Verdict worse(Verdict a, Verdict b) {
    if (a == Verdict.UNSUPPORTED || a == Verdict.NOT_APPLICABLE) {
      return b;
    }
    return b == Verdict.UNSUPPORTED || b == Verdict.NOT_APPLICABLE ? a : a.worse(b);
  }

  /** Returns passed and applicable cases of a result among some rows. */
  static Tally tally(SubjectResult result, Collection<Row> rows) {
    return Tally.of(rows.stream()
        .map(row -> row.of(result).orElse(null))
        .filter(Objects::nonNull)
        .map(CaseLine::verdict)
        .toList());
  }
}
