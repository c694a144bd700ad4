package io.github.tracingharness.conformance.cli;

import io.github.tracingharness.conformance.cases.AllCases;
import io.github.tracingharness.conformance.engine.RunOptions;
import io.github.tracingharness.conformance.engine.Shard;
import io.github.tracingharness.conformance.engine.SubjectUnavailableException;
import io.github.tracingharness.conformance.engine.SuiteRun;
import io.github.tracingharness.conformance.expect.Expectations;
import io.github.tracingharness.conformance.model.CaseRegistry;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.report.ConsoleReport;
import io.github.tracingharness.conformance.report.ConsoleStyle;
import io.github.tracingharness.conformance.report.ExitCode;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import io.github.tracingharness.conformance.scoring.Scoring;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code harness run}: judges one subject. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Judges a subject and writes reports to target/conformance/SUBJECT/.")
final class RunCommand implements Callable<Integer> {

  private static final int JOBS = 4;

  @Parameters(
      arity = "0..1",
      paramLabel = "SUBJECT",
      description = "reference (default), or a folder of conformance-suite/subjects.")
  private @Nullable String name;

  @Option(
      names = "--driver",
      paramLabel = "'CMD ARG…'",
      description = "Judges any exporter through this driver (see docs/write-a-driver.md).")
  private @Nullable String driver;

  @Option(
      names = "--attach",
      paramLabel = "HOST:PORT",
      description = "Judges an exporter whose driver listens there, such as in a debugger.")
  private @Nullable String attach;

  @Option(
      names = "--print-command",
      description = "Prints the command that starts the driver, and runs nothing.")
  private boolean printCommand;

  @Option(names = "--forked", description = "Runs the reference in a process of its own.")
  private boolean forked;

  @Option(
      names = "--case",
      paramLabel = "GLOB",
      description = "Only cases whose id or family matches, such as 'MLF-RETRY-*' or retry.")
  private List<String> globs = new ArrayList<>();

  @Option(names = "--seed", description = "Repeats a run's random choices.")
  private @Nullable Long seed;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "Only the I-th of N parts of the cases; ./harness merge joins the parts.")
  private @Nullable String shard;

  @Option(names = "--jobs", description = "Cases at a time (default: 4; 1 with --attach).")
  private @Nullable Integer jobs;

  @Option(
      names = "--reruns",
      defaultValue = "3",
      description = "How often a failed case is repeated alone (default: ${DEFAULT-VALUE}).")
  private int reruns;

  @Option(names = "--out", paramLabel = "DIR", description = "Where reports are written.")
  private @Nullable Path out;

  @Option(
      names = "--expect",
      paramLabel = "FILE",
      description = "Known failures (default: the subject's expected.yaml).")
  private @Nullable Path expect;

  @Option(
      names = "--annotations",
      description = "Prints failures as annotations of a CI job (default: where GITHUB_ACTIONS is"
          + " true).")
  private boolean annotations;

  private final LocalDate today = LocalDate.now(Clock.systemUTC());

  RunCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    RequirementRegistry requirements = RequirementRegistry.load();
    CaseRegistry registry = AllCases.registry();
    List<ConformanceCase> plan = select(registry);
    Shard part = ShardOption.of(shard, seed, plan);
    int jobs = this.jobs != null ? this.jobs : attach != null ? 1 : JOBS;
    if (jobs < 1 || reruns < 0) {
      throw new UsageException("--jobs must be at least 1 and --reruns at least 0");
    }
    SubjectCatalog.Chosen chosen = choose();
    if (printCommand) {
      System.out.println(chosen.shellCommand());
      return 0;
    }
    Scoring scoring = Scoring.load(registry, requirements);
    Expectations expectations =
        KnownFailures.load(expect != null ? Optional.of(expect) : chosen.expectations());
    Path directory = directory(chosen.folder(), part);
    RunOptions options = new RunOptions(
        part.select(plan),
        seed != null ? seed : ThreadLocalRandom.current().nextInt(1, 1_000_000),
        jobs,
        reruns,
        directory.resolve("run.ndjson"),
        KnownFailures.filter(scoring, expectations, today),
        part);
    ConsoleReport console = new ConsoleReport(
        System.out, ConsoleStyle.detect(System.getenv()), requirements, directory);
    RunResult result;
    try {
      result = new SuiteRun(chosen.subject(), options, requirements, console).run();
    } catch (SubjectUnavailableException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
    List<String> stale = KnownFailures.stale(expectations, result, today);
    RunResult whole = result.withWarnings(stale).excusedBy(expectations, today);
    new RunOutput(requirements, scoring, directory, console, annotations).write(whole);
    return ExitCode.of(whole, stale).code();
  }

  private List<ConformanceCase> select(CaseRegistry registry) {
    if (globs.isEmpty()) {
      return registry.all();
    }
    Set<ConformanceCase> selected = new LinkedHashSet<>();
    for (String glob : globs) {
      List<ConformanceCase> matching = registry.matching(glob);
      if (matching.isEmpty()) {
        throw new UsageException(
            "--case %s matches no case; ./harness list prints their ids and families"
                .formatted(glob));
      }
      selected.addAll(matching);
    }
    return List.copyOf(selected);
  }

  private SubjectCatalog.Chosen choose() {
    if (Stream.of(driver, name, attach).filter(Objects::nonNull).count() > 1) {
      throw new UsageException("give one of a subject, --driver and --attach");
    }
    String chosen = name == null ? SubjectCatalog.REFERENCE : name;
    boolean isReference = chosen.equals(SubjectCatalog.REFERENCE);
    if (forked && (driver != null || attach != null || !isReference)) {
      throw new UsageException("--forked is for the reference; all others run forked anyway");
    }
    if (attach != null) {
      return SubjectCatalog.attached(attach);
    }
    if (driver != null) {
      return SubjectCatalog.command(driver);
    }
    return isReference
        ? SubjectCatalog.reference(forked)
        : new SubjectCatalog(Home.subjects(), Home.target(), System.out).named(chosen);
  }

  private Path directory(String folder, Shard part) {
    if (out != null) {
      return out;
    }
    Path directory = defaultDirectory(folder);
    return part.count() == 1
        ? directory
        : directory.resolve("shard-%d-of-%d".formatted(part.index(), part.count()));
  }

  static Path defaultDirectory(String folder) {
    return Home.target().resolve("conformance").resolve(folder);
  }
}
