package io.github.tracingharness.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs the benchmarks, prints a table and writes JMH's JSON.
 *
 * <pre>{@code
 * bench [--quick] [--include REGEX] [--output FILE]
 * }</pre>
 *
 * <p>Exit codes: 0 done, 2 wrong usage, 3 a benchmark failed or the results could not be written.
 */
public final class BenchCommand {

  /** Where the results go unless told otherwise. */
  static final Path DEFAULT_OUTPUT = Path.of("target", "benchmarks", "results.json");

  private static final String USAGE = """
      Usage: bench [--quick] [--include REGEX] [--output FILE]

        --quick          about a minute instead of a quarter of an hour; wide error bars
        --include REGEX  only benchmarks whose name, like SpanCostBenchmark.oneSpan, has a match
        --output FILE    where to write JMH's JSON, by default target/benchmarks/results.json
        --help           print this text
      """;

  private final PrintStream out;
  private final PrintStream err;

  BenchCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new BenchCommand(System.out, System.err).run(List.of(arguments)));
  }

  int run(List<String> arguments) {
    if (arguments.contains("--help")) {
      out.print(USAGE);
      return 0;
    }
    try {
      return run(Selection.parse(arguments));
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.print(USAGE);
      return 2;
    }
  }

  private int run(Selection selection) {
    long begun = System.nanoTime();
    try {
      List<RunResult> results = measure(selection);
      write(results, selection.output());
      out.println();
      out.print(ResultTable.format(Measurements.of(results)));
      out.println();
      out.println("Lower scores and ratios are better. The error is half of the 99.9 % confidence");
      out.println("interval; bytes/op counts all threads of the process, exporters included.");
      out.printf(
          Locale.ROOT,
          "Done in %d s, results in %s%n",
          (System.nanoTime() - begun) / 1_000_000_000,
          selection.output());
      return 0;
    } catch (IOException e) {
      err.println("The results cannot be written to " + selection.output() + ": " + e);
      return 3;
    } catch (RunnerException e) {
      err.println(e.getMessage());
      return 3;
    }
  }

  private List<RunResult> measure(Selection selection) throws RunnerException {
    List<RunResult> results = new ArrayList<>();
    List<BenchPlan.Step> steps = selection.steps();
    int total = steps.stream().mapToInt(BenchPlan.Step::contenders).sum();
    Progress progress = new Progress(out, total);
    for (BenchPlan.Step step : steps) {
      try {
        results.addAll(new Runner(selection.plan().options(step).build(), progress).run());
      } catch (RunnerException e) {
        throw new RunnerException(step.name() + " failed. " + progress.forkOutput(), e);
      }
    }
    return results;
  }

  private static void write(List<RunResult> results, Path output) throws IOException {
    Files.createDirectories(output.toAbsolutePath().getParent());
    try (PrintStream file = new PrintStream(output.toFile(), StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, file).writeOut(results);
    }
  }
}
