package io.github.tracingharness.conformance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.cases.AllCases;
import io.github.tracingharness.conformance.expect.Expectations;
import io.github.tracingharness.conformance.history.HistoryFile;
import io.github.tracingharness.conformance.report.ConsoleReport;
import io.github.tracingharness.conformance.report.ConsoleStyle;
import io.github.tracingharness.conformance.report.ExitCode;
import io.github.tracingharness.conformance.report.Reports;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import io.github.tracingharness.conformance.scoring.Scoring;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code harness judge}: judges a recorded run again, without a subject and without a server. */
@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    description = "Judges the histories of a run.ndjson again.")
final class JudgeCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "A run.ndjson that ./harness run wrote.")
  private @Nullable Path file;

  @Option(names = "--expect", paramLabel = "FILE", description = "Known failures.")
  private @Nullable Path expect;

  @Option(names = "--out", paramLabel = "DIR", description = "Writes the reports there as well.")
  private @Nullable Path out;

  JudgeCommand() {}

  @Override
  public Integer call() throws IOException {
    RequirementRegistry requirements = RequirementRegistry.load();
    HistoryFile.Content content = read(file == null ? Path.of("run.ndjson") : file);
    Expectations expectations = KnownFailures.load(Optional.ofNullable(expect));
    LocalDate today = LocalDate.now(Clock.systemUTC());
    Scoring scoring = Scoring.load(AllCases.registry(), requirements);
    RunResult result = new Rejudgement(AllCases.registry(), requirements)
        .of(content, KnownFailures.filter(scoring, expectations, today))
        .excusedBy(expectations, today);
    ConsoleReport console =
        new ConsoleReport(System.out, ConsoleStyle.detect(System.getenv()), requirements, out);
    if (out != null) {
      Reports.writeAll(result, requirements, out);
    }
    console.runFinished(result);
    return ExitCode.of(result, List.of()).code();
  }

  /**
   * Reads a recorded run.
   *
   * @throws UsageException if it cannot be read
   */
  static HistoryFile.Content read(Path path) {
    try {
      HistoryFile.Content content = HistoryFile.read(path);
      JsonNode format = content.head().path("format");
      if (format.asInt() != 1) {
        throw new UsageException(
            "%s has the format %s, but this suite reads format 1".formatted(path, format));
      }
      return content;
    } catch (IOException e) {
      throw new UsageException("cannot read %s: %s".formatted(path, e.getMessage()), e);
    }
  }
}
