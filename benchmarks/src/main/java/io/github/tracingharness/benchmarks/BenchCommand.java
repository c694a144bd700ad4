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
 * bench compare BASE HEAD
 * bench judge --base F,F,F --head F,F,F
 * bench profile REGEX [--threads N]
 * bench gate-check
 * bench soak
 * bench extension
 * bench python PYTHON
 * bench server [--python PYTHON]
 * }</pre>
 *
 * <p>Exit codes: 0 done, 1 a comparison or a soak found something, or a target of the extension is
 * missed, 2 wrong usage, 3 a benchmark failed or the results could not be written.
 */
public final class BenchCommand {

  /** Where the results go unless told otherwise. */
  static final Path DEFAULT_OUTPUT = Path.of("target", "benchmarks", "results.json");

  private static final String USAGE = """
      Usage: bench [--quick] [--include REGEX] [--threads N] [--output FILE]
             bench compare BASE HEAD [--rounds N] [--limit RATIO] [--include REGEX] [--all-threads]
             bench judge --base FILE,FILE,FILE --head FILE,FILE,FILE [--limit RATIO]
             bench gate-check [--unchanged N]
             bench profile REGEX [--threads N] [--output DIRECTORY]
             bench soak [--spans N]
             bench extension [--tests N] [--forks N] [--heap-tests N]
             bench python PYTHON
             bench server [--python PYTHON] [--seconds N] [--calls N]

        --quick          three minutes instead of most of an hour; wide error bars, and no more
                         than 4 threads unless --include or --threads selects benchmarks
        --include REGEX  only benchmarks whose name, like SpanCostBenchmark.oneSpan, has a match
        --threads N      only benchmarks with this number of threads
        --output FILE    where to write JMH's JSON, by default target/benchmarks/results.json;
                         a table (.md) and a page with charts (.html) are written beside it
        compare          builds two revisions, runs both in turn, exits with 1 if HEAD is worse
        judge            does the same with results that are there already
        gate-check       sees whether compare finds what is planted and else stays quiet
        profile          where time, bytes and waits go, by the Flight Recorder
        soak             10 million spans with a heap of 64 MiB and a server that stalls
        extension        what the JUnit extension adds to a test, a first test and the heap
        python           the traced call with Python MLflow and with the reference
        server           the fake tracking server beside a bare WireMock stub and, with PYTHON,
                         a real MLflow server; exits with 1 if a target is missed
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
      return dispatch(arguments);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.print(USAGE);
      return 2;
    } catch (IOException e) {
      err.println(e.getMessage());
      return 3;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 3;
    }
  }

  private int dispatch(List<String> arguments) throws IOException, InterruptedException {
    if (arguments.isEmpty() || arguments.get(0).startsWith("--")) {
      return run(Selection.parse(arguments));
    }
    Path home = Path.of(System.getProperty("harness.home", ".")).toAbsolutePath();
    Arguments rest = new Arguments(arguments.subList(1, arguments.size()));
    return switch (arguments.get(0)) {
      case "compare" -> new CompareCommand(out, home).run(rest);
      case "profile" -> new ProfileCommand(out).run(rest);
      case "judge" -> new JudgeCommand(out).run(rest);
      case "gate-check" -> new GateCheckCommand(out, home).run(rest);
      case "soak" -> new SoakCommand(out).run(rest);
      case "extension" -> new ExtensionCommand(out).run(rest);
      case "python" -> new PythonCommand(out, home).run(rest);
      case "server" -> new ServerCommand(out, home).run(rest);
      default ->
        throw new IllegalArgumentException("Unknown command \"" + arguments.get(0) + "\".");
    };
  }

  private int run(Selection selection) {
    long begun = System.nanoTime();
    try {
      List<RunResult> results = measure(selection);
      write(results, selection.output());
      out.println();
      out.print(ResultTable.format(Measurements.of(results)));
      out.println();
      out.println("Times: lower is better; ops/s: higher is. The error is half of the 99.9 %");
      out.println(
          "confidence interval; bytes/op counts all threads of the process, exporters too.");
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
    ResultPages.write(Measurements.of(results), output);
  }
}
