package io.github.tracingharness.conformance.cli;

import io.github.tracingharness.conformance.cases.AllCases;
import io.github.tracingharness.conformance.engine.RunOptions;
import io.github.tracingharness.conformance.engine.SubjectUnavailableException;
import io.github.tracingharness.conformance.engine.SuiteRun;
import io.github.tracingharness.conformance.model.CaseRegistry;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.ExitCode;
import io.github.tracingharness.conformance.report.RunListener;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.report.SubjectIdentity;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code harness stability}: repeats a run and shows whose verdict is not always the same. */
@Command(
    name = "stability",
    mixinStandardHelpOptions = true,
    description = {
      "Repeats a run and lists the cases whose verdict is not always the same, and the slowest ones."
          + " Each case is run once a run, so nothing is hidden by repetition.",
      "Exit codes: 0 if no verdict differs, 1 otherwise."
    })
final class StabilityCommand implements Callable<Integer> {

  private static final int SLOWEST = 10;

  @Parameters(
      arity = "0..1",
      paramLabel = "SUBJECT",
      defaultValue = SubjectCatalog.REFERENCE,
      description = "A subject (default: reference).")
  private String name = SubjectCatalog.REFERENCE;

  @Option(
      names = "--runs",
      defaultValue = "50",
      description = "How often (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--load",
      paramLabel = "L",
      defaultValue = "0",
      description = "Busy loops for each core beside the runs (default: ${DEFAULT-VALUE}).")
  private int load;

  @Option(names = "--case", paramLabel = "GLOB", description = "Only these cases, as in run.")
  private @Nullable String glob;

  @Option(names = "--forked", description = "Runs the reference in processes of their own.")
  private boolean forked;

  @Option(
      names = "--jobs",
      defaultValue = "4",
      description = "Cases at a time (default: ${DEFAULT-VALUE}).")
  private int jobs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where run.ndjson of each run with an odd verdict is kept.")
  private @Nullable Path out;

  private final RequirementRegistry requirements = RequirementRegistry.load();

  StabilityCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (runs < 2 || load < 0 || jobs < 1) {
      throw new UsageException(
          "--runs must be at least 2, --jobs at least 1 and --load not negative");
    }
    CaseRegistry registry = AllCases.registry();
    List<ConformanceCase> cases = glob == null ? registry.all() : registry.matching(glob);
    if (cases.isEmpty()) {
      throw new UsageException(
          "--case %s matches no case; ./harness list prints them".formatted(glob));
    }
    boolean isReference = name.equals(SubjectCatalog.REFERENCE);
    SubjectCatalog.Chosen chosen = isReference
        ? SubjectCatalog.reference(forked)
        : new SubjectCatalog(Home.subjects(), Home.target(), System.out).named(name);
    Path directory =
        out != null ? out : RunCommand.defaultDirectory(chosen.folder()).resolve("stability");
    StabilityTally tally = new StabilityTally();
    try (BusyLoops loops = BusyLoops.start(load)) {
      System.out.printf(
          "%d runs of %d cases beside %d busy loops%n", runs, cases.size(), loops.count());
      for (int i = 1; i <= runs; i++) {
        Path history = directory.resolve("run-%03d.ndjson".formatted(i));
        int before = tally.differing();
        RunResult result = runOnce(chosen, cases, i, history);
        tally.add(result);
        System.out.printf(
            Locale.ROOT,
            "%3d/%d  %.1f s  %s, %d differ so far%n",
            i,
            runs,
            result.duration().toMillis() / 1000.0,
            result.closingLine(),
            tally.differing());
        if (i > 1 && tally.differing() == before && result.failed() == 0) {
          Files.delete(history);
        }
      }
    } catch (SubjectUnavailableException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
    print(tally, directory);
    return (tally.differing() == 0 ? ExitCode.CONFORMANT : ExitCode.FAILURES).code();
  }

  private RunResult runOnce(
      SubjectCatalog.Chosen chosen, List<ConformanceCase> cases, long seed, Path history)
      throws SubjectUnavailableException, IOException, InterruptedException {
    RunOptions options =
        new RunOptions(cases, seed, jobs, 0, history, RunOptions.VerdictFilter.NONE);
    return new SuiteRun(chosen.subject(), options, requirements, Silence.LISTENER).run();
  }

  private void print(StabilityTally tally, Path directory) {
    System.out.println();
    if (tally.differing() > 0) {
      System.out.println("Verdicts that differ; histories are in " + directory);
      tally.differences().forEach(line -> System.out.println("  " + line));
      System.out.println();
    }
    System.out.println("Slowest in relation to their budget");
    tally.slowest(SLOWEST).forEach(line -> System.out.println("  " + line));
    System.out.println();
    System.out.printf("%d runs, %d verdicts differ%n", runs, tally.differing());
  }

  /** Says nothing: one line a run is enough. */
  private enum Silence implements RunListener {
    LISTENER;

    @Override
    public void runStarted(List<ConformanceCase> plan, SubjectIdentity subject) {}

    @Override
    public void caseFinished(CaseResult result, int done, int total) {}

    @Override
    public void runFinished(RunResult result) {}
  }
}
