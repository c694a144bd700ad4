package io.github.tracingharness.conformance.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.selftest.edit.HistoryEdit;
import io.github.tracingharness.conformance.selftest.edit.HistoryEdits;
import io.github.tracingharness.conformance.selftest.edit.Pool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every case judged by the history of a sound exporter after edits that know nothing of it. */
class HistoryEditsTest {

  /** Edits for which no recorded case has an object yet, or about which nothing is stated. */
  private static final Set<String> NOT_NOTICED = Set.of(
      "batch-scope-removed",
      "connection-each-new",
      "connection-shared",
      "query-added",
      "span-kind-removed");

  private static Map<ConformanceCase, CaseHistory> histories;
  private static List<HistoryEdit> edits;
  private static EditMatrix matrix;

  @BeforeAll
  @Timeout(600)
  static void edit(@TempDir Path directory) throws Exception {
    histories = PassingHistories.record(directory);
    edits = HistoryEdits.all(Pool.of(histories.values()));
    matrix = EditMatrix.of(histories, edits);
  }

  @Test
  void edits_all_areAtLeastFortyWithNamesOfTheirOwn() {
    assertThat(edits).hasSizeGreaterThanOrEqualTo(40);
    assertThat(edits).extracting(HistoryEdit::id).doesNotHaveDuplicates();
    assertThat(edits).extracting(HistoryEdit::words).doesNotHaveDuplicates();
  }

  @Test
  void edits_each_isNoticed() {
    Set<String> unnoticed = matrix.tallies().entrySet().stream()
        .filter(e -> e.getValue().noticed().get() == 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unnoticed).as("edits that no case notices").isEqualTo(new TreeSet<>(NOT_NOTICED));
  }

  @Test
  void checks_editedHistories_neverThrow() {
    assertThat(matrix.thrown()).as("exceptions out of checks").isEmpty();
  }

  @Test
  void checks_each_isFlippedByAnEditOrNamedByAMutant() {
    Set<String> named =
        Mutants.all().stream().map(Mutant::mustKill).collect(Collectors.toSet());
    Set<String> never = new TreeSet<>();
    histories.keySet().forEach(c -> c.checks().forEach(k -> {
      String check = c.id() + "/" + k.id();
      if (!matrix.flips().containsKey(check) && !named.contains(check)) {
        never.add(check);
      }
    }));
    assertThat(never).as("checks that nothing is known to fail").isEmpty();
  }
}
