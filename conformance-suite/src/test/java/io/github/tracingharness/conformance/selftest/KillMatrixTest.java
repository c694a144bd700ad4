package io.github.tracingharness.conformance.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.selftest.KillMatrix.Turned;
import io.github.tracingharness.conformance.selftest.edit.HistoryEdit;
import io.github.tracingharness.conformance.selftest.edit.HistoryEdits;
import io.github.tracingharness.conformance.selftest.edit.Pool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The proof that every check can fail, and fails for its own reason: each case judged by the
 * history of a sound exporter after edits that know nothing of it, and each mutant by cases of
 * every family.
 */
class KillMatrixTest {

  /** Edits about which no requirement says anything, or for which no case has an object. */
  private static final Set<String> NOT_NOTICED = Set.of("connection-shared");

  private static final int AT_A_TIME = 4;

  private static Map<ConformanceCase, CaseHistory> histories;
  private static List<HistoryEdit> edits;
  private static EditMatrix edited;
  private static Map<String, MutantVerdicts> verdicts;
  private static KillMatrix seen;
  private static KillMatrix golden;

  @BeforeAll
  @Timeout(3_600)
  static void run(@TempDir Path directory) throws Exception {
    histories = PassingHistories.record(directory);
    edits = HistoryEdits.all(Pool.of(histories.values()));
    edited = EditMatrix.of(histories, edits);
    System.out.printf("%d histories judged with %d edits%n", histories.size(), edits.size());
    verdicts = run(mutants(), directory);
    seen = KillMatrix.of(edited, verdicts.values());
    if (Boolean.getBoolean("goldens.update")) {
      seen.write();
      KillMatrixPage.write();
    }
    golden = KillMatrix.read();
  }

  /** Runs some mutants at a time, since most of them wait most of the time. */
  private static Map<String, MutantVerdicts> run(List<Mutant> mutants, Path directory)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      List<Future<MutantVerdicts>> running = new ArrayList<>();
      for (Mutant mutant : mutants) {
        Path own = Files.createDirectory(directory.resolve(Integer.toString(running.size())));
        running.add(threads.submit(() -> MutantVerdicts.of(mutant, own)));
      }
      Map<String, MutantVerdicts> done = new TreeMap<>();
      for (Future<MutantVerdicts> each : running) {
        MutantVerdicts verdict = each.get();
        done.put(verdict.mutant().name(), verdict);
        if (done.size() % 50 == 0) {
          System.out.printf("%d of %d mutants judged%n", done.size(), mutants.size());
        }
      }
      return done;
    } finally {
      threads.shutdownNow();
    }
  }

  static List<Mutant> mutants() {
    return Mutants.all();
  }

  @Test
  void mutants_all_areAtLeastEightyWithNamesOfTheirOwn() {
    assertThat(mutants()).hasSizeGreaterThanOrEqualTo(80);
    assertThat(mutants()).extracting(Mutant::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void mutant_each_isKilledByTheChecksNamedForIt(Mutant mutant) {
    MutantVerdicts verdict = verdicts.get(mutant.name());
    assertThat(verdict.killed())
        .as("checks that noticed the exporter that %s", mutant.name())
        .containsAll(mutant.killedBy());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void mutant_each_leavesOtherFamiliesGreen(Mutant mutant) {
    KillMatrix.Row row = golden.mutants().get(mutant.name());
    assertThat(row).as("'%s' in kill-matrix/mutants.txt", mutant.name()).isNotNull();
    assertThat(row.killers()).isEqualTo(mutant.killedBy());
    SortedSet<String> unrelated = new TreeSet<>(verdicts.get(mutant.name()).families());
    unrelated.removeAll(row.families());
    assertThat(unrelated)
        .as(
            "families with a case that fails the exporter that %s, though they have nothing to do with it",
            mutant.name())
        .isEmpty();
  }

  @Test
  void edits_all_areAtLeastFortyWithNamesOfTheirOwn() {
    assertThat(edits).hasSizeGreaterThanOrEqualTo(40);
    assertThat(edits).extracting(HistoryEdit::id).doesNotHaveDuplicates();
    assertThat(edits).extracting(HistoryEdit::words).doesNotHaveDuplicates();
  }

  @Test
  void edits_each_isNoticed() {
    Set<String> unnoticed = edited.tallies().entrySet().stream()
        .filter(e -> e.getValue().noticed().get() == 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unnoticed).as("edits that no case notices").isEqualTo(new TreeSet<>(NOT_NOTICED));
  }

  @Test
  void checks_editedHistories_neverThrow() {
    assertThat(edited.thrown()).as("exceptions out of checks").isEmpty();
  }

  @Test
  void checks_each_isTurnedByAnEditOrAMutant() {
    List<String> never = allChecks().stream()
        .filter(check -> seen.checks().getOrDefault(check, Turned.none()).isEmpty())
        .toList();
    assertThat(never).as("checks that nothing is known to fail").isEmpty();
  }

  @Test
  void checks_each_isTurnedByMostOfWhatTurnedItWhenRecorded() {
    Map<String, Set<String>> weaker = new TreeMap<>();
    golden.checks().forEach((check, recorded) -> {
      Set<String> lost = new TreeSet<>(recorded.edits());
      lost.removeAll(seen.checks().getOrDefault(check, Turned.none()).edits());
      if (lost.size() * 2 > recorded.edits().size()) {
        weaker.put(check, lost);
      }
    });
    assertThat(weaker).as("checks that notice less than half of what they did").isEmpty();
  }

  @Test
  void goldenFiles_namesInThem_areThoseOfTheSuite() {
    List<String> mutants = mutants().stream().map(Mutant::name).sorted().toList();
    assertThat(golden.mutants().keySet()).containsExactlyElementsOf(mutants);
    List<String> checks = new ArrayList<>(allChecks());
    checks.add(EditMatrix.VERDICT);
    assertThat(golden.checks().keySet()).containsExactlyElementsOf(new TreeSet<>(checks));
  }

  private static List<String> allChecks() {
    return histories.keySet().stream()
        .flatMap(c -> c.checks().stream().map(k -> c.id() + "/" + k.id()))
        .toList();
  }
}
