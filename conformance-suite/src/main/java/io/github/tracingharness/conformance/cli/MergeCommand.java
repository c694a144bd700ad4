package io.github.tracingharness.conformance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.cases.AllCases;
import io.github.tracingharness.conformance.expect.Expectations;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryFile;
import io.github.tracingharness.conformance.report.ConsoleReport;
import io.github.tracingharness.conformance.report.ConsoleStyle;
import io.github.tracingharness.conformance.report.ExitCode;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import io.github.tracingharness.conformance.scoring.Scoring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code harness merge}: joins the shards of a run. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    description = {
      "Joins the shards of a run (./harness run --shard) into one set of reports, with the counts"
          + " and the exit code of a run that was not divided."
    })
final class MergeCommand implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR|FILE",
      description = "Directories of the shards' reports, or their run.ndjson files; all of them.")
  private List<Path> parts = new ArrayList<>();

  @Option(
      names = "--expect",
      paramLabel = "FILE",
      description = "Known failures (default: the subject's expected.yaml).")
  private @Nullable Path expect;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the reports go (default: target/conformance/merged).")
  private @Nullable Path out;

  @Option(
      names = "--annotations",
      description = "Prints failures as annotations of a CI job (default: where GITHUB_ACTIONS is"
          + " true).")
  private boolean annotations;

  private final LocalDate today = LocalDate.now(Clock.systemUTC());

  MergeCommand() {}

  @Override
  public Integer call() throws IOException {
    HistoryFile.Content whole = Merge.of(read());
    Expectations expectations =
        KnownFailures.of(expect, whole.head().path("arguments").asText());
    RequirementRegistry requirements = RequirementRegistry.load();
    Scoring scoring = Scoring.load(AllCases.registry(), requirements);
    RunResult judged = new Rejudgement(AllCases.registry(), requirements)
        .of(whole, KnownFailures.filter(scoring, expectations, today));
    List<String> stale = KnownFailures.stale(expectations, judged, today);
    RunResult result = judged.withWarnings(stale).excusedBy(expectations, today);
    Path directory = out != null ? out : RunCommand.defaultDirectory("merged");
    ConsoleReport console = new ConsoleReport(
        System.out, ConsoleStyle.detect(System.getenv()), requirements, directory);
    write(whole, directory.resolve("run.ndjson"));
    new RunOutput(requirements, scoring, directory, console, annotations).write(result);
    return ExitCode.of(result, stale).code();
  }

  private Map<Path, HistoryFile.Content> read() {
    Map<Path, HistoryFile.Content> contents = new LinkedHashMap<>();
    for (Path part : parts) {
      Path file = Files.isDirectory(part) ? part.resolve("run.ndjson") : part;
      if (contents.containsKey(file)) {
        throw new UsageException("%s is given twice".formatted(part));
      }
      contents.put(file, JudgeCommand.read(file));
    }
    return contents;
  }

  private static void write(HistoryFile.Content whole, Path file) throws IOException {
    try (HistoryFile.Appender history =
        new HistoryFile.Appender(file, whole.head().deepCopy())) {
      for (CaseHistory each : whole.histories()) {
        history.add(each);
      }
      for (JsonNode line : whole.notRun()) {
        history.notRun(
            line.path("case").asText(),
            line.path("verdict").asText(),
            line.path("message").asText());
      }
      history.end(whole.end().orElseThrow());
    }
  }
}
