package io.github.tracingharness.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries the comparison on this machine: {@code bench gate-check}. A planted slow-down and a planted
 * allocation must be found, and comparisons of the project with itself must stay quiet.
 */
final class GateCheckCommand {

  private static final int UNCHANGED = 10;

  private final PrintStream out;
  private final Path home;

  GateCheckCommand(PrintStream out, Path home) {
    this.out = out;
    this.home = home;
  }

  /** Returns 0 if the gate judged all comparisons as it should, else 1. */
  int run(Arguments arguments) throws IOException, InterruptedException {
    int unchanged = arguments.integer("--unchanged", UNCHANGED, 1);
    Path results = Path.of(arguments.option("--output").orElse("target/benchmarks/gate-check"));
    arguments.requireNoMore();
    boolean right = compare(results.resolve("slower"), "-Dbench.planted.work=1.3") == 1;
    out.println(verdict(right, "30 % more work is found"));
    boolean found = compare(results.resolve("allocates"), "-Dbench.planted.bytes=64") == 1;
    out.println(verdict(found, "64 more bytes are found"));
    int quiet = 0;
    for (int i = 1; i <= unchanged; i++) {
      quiet += compare(results.resolve("unchanged-" + i), "") == 0 ? 1 : 0;
    }
    out.println(
        verdict(quiet == unchanged, quiet + " of " + unchanged + " unchanged ones are quiet"));
    return right && found && quiet == unchanged ? 0 : 1;
  }

  private static String verdict(boolean right, String text) {
    return (right ? "right: " : "WRONG: ") + text;
  }

  private int compare(Path results, String headOptions) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(
        home.toString(), home.toString(), "--include", "Planted", "--output", results.toString()));
    if (!headOptions.isEmpty()) {
      words.addAll(List.of("--head-jvm", headOptions));
    }
    return new CompareCommand(out, home).run(new Arguments(words));
  }
}
