package io.github.tracingharness.conformance.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who turns which check: the reviewed files in {@code src/test/resources/kill-matrix}, with which
 * each run is compared.
 *
 * @param mutants by name, in the order of the mutants
 * @param checks by {@code CASE/check}, and {@link EditMatrix#VERDICT}
 */
record KillMatrix(SortedMap<String, Row> mutants, SortedMap<String, Turned> checks) {

  private static final Path DIRECTORY = Path.of("src", "test", "resources", "kill-matrix");
  private static final String MUTANTS = """
      # Each mutant, the checks that must kill it, and the families whose cases may fail it.
      # After a wanted change: -Dtest=KillMatrixTest -Dgoldens.update=true, and look at the diff.
      """;
  private static final String CHECKS = """
      # Each check, the edits of histories that turn it, and the mutants that do (by their numbers,
      # in the order of mutants.txt), as recorded. After a wanted change:
      # -Dtest=KillMatrixTest -Dgoldens.update=true, and look at the diff.
      """;

  /**
   * A mutant.
   *
   * @param killers the checks that must kill it
   * @param families the families that may fail it
   */
  record Row(String name, SortedSet<String> killers, SortedSet<String> families) {}

  /**
   * Who turns a check.
   *
   * @param edits ids of edits
   * @param mutants names of mutants
   */
  record Turned(SortedSet<String> edits, SortedSet<String> mutants) {

    static Turned none() {
      return new Turned(new TreeSet<>(), new TreeSet<>());
    }

    boolean isEmpty() {
      return edits.isEmpty() && mutants.isEmpty();
    }
  }

  /** Puts together what was seen in a run. */
  static KillMatrix of(EditMatrix edits, Collection<MutantVerdicts> verdicts) {
    KillMatrix matrix = new KillMatrix(new TreeMap<>(), new TreeMap<>());
    edits.flips().forEach((check, ids) -> matrix.turned(check).edits().addAll(ids));
    for (MutantVerdicts each : verdicts) {
      Mutant mutant = each.mutant();
      matrix
          .mutants()
          .put(mutant.name(), new Row(mutant.name(), mutant.killedBy(), each.families()));
      each.flipped().forEach(check -> matrix.turned(check).mutants().add(mutant.name()));
    }
    return matrix;
  }

  private Turned turned(String check) {
    return checks.computeIfAbsent(check, k -> Turned.none());
  }

  /** Reads the files. */
  static KillMatrix read() throws IOException {
    KillMatrix matrix = new KillMatrix(new TreeMap<>(), new TreeMap<>());
    List<String> names = new ArrayList<>();
    for (String[] line : lines("mutants.txt")) {
      names.add(line[0]);
      matrix.mutants().put(line[0], new Row(line[0], words(line[1]), words(line[2])));
    }
    for (String[] line : lines("checks.txt")) {
      Turned turned = matrix.turned(line[0]);
      turned.edits().addAll(words(line[1]));
      words(line[2]).forEach(n -> turned.mutants().add(names.get(Integer.parseInt(n) - 1)));
    }
    return matrix;
  }

  /** Writes the files anew. */
  void write() throws IOException {
    List<String> names = List.copyOf(mutants.keySet());
    StringBuilder rows = new StringBuilder(MUTANTS);
    mutants
        .values()
        .forEach(m -> rows.append("%s | %s | %s%n"
            .formatted(m.name(), String.join(" ", m.killers()), String.join(" ", m.families()))));
    StringBuilder turned = new StringBuilder(CHECKS);
    checks.forEach((check, by) -> {
      List<String> numbers =
          by.mutants().stream().map(m -> Integer.toString(names.indexOf(m) + 1)).toList();
      turned.append("%s | %s | %s%n"
          .formatted(check, String.join(" ", by.edits()), String.join(" ", numbers)));
    });
    Files.createDirectories(DIRECTORY);
    Files.writeString(DIRECTORY.resolve("mutants.txt"), rows);
    Files.writeString(DIRECTORY.resolve("checks.txt"), turned);
  }

  private static List<String[]> lines(String name) throws IOException {
    return Files.readAllLines(DIRECTORY.resolve(name)).stream()
        .filter(l -> !l.startsWith("#") && !l.isBlank())
        .map(l -> l.split(" \\| ?", 3))
        .toList();
  }

  private static SortedSet<String> words(String text) {
    return text.isBlank() ? new TreeSet<>() : new TreeSet<>(Set.of(text.trim().split(" ")));
  }
}
