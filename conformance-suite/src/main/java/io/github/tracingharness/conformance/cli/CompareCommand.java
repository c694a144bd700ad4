package io.github.tracingharness.conformance.cli;

import io.github.tracingharness.conformance.compare.Comparison;
import io.github.tracingharness.conformance.compare.ComparisonHtml;
import io.github.tracingharness.conformance.compare.ComparisonMarkdown;
import io.github.tracingharness.conformance.compare.ReportReader;
import io.github.tracingharness.conformance.compare.SubjectResult;
import io.github.tracingharness.conformance.compare.UnreadableReportException;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code harness compare}: several runs beside each other. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Shows several runs beside each other: subjects by requirements and cases, as HTML and"
          + " Markdown.",
      "With --results, the runs become the last results of their subjects in that directory, and"
          + " all its pages are written anew."
    })
final class CompareCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..*",
      paramLabel = "RUN",
      description = "A directory of reports, a report.json, or the name of a subject: its last run"
          + " below target/conformance, or else its result in docs/results. LABEL=RUN names its"
          + " column.")
  private List<String> runs = new ArrayList<>();

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Keeps the runs as results in DIR, such as docs/results, and writes its"
          + " README.md, matrix.html and findings.md from all results there.")
  private @Nullable Path results;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where matrix.html and matrix.md go (default: target/conformance/compare).")
  private @Nullable Path out;

  private final RequirementRegistry requirements = RequirementRegistry.load();

  CompareCommand() {}

  @Override
  public Integer call() throws IOException {
    if (results != null && out != null) {
      throw new UsageException("give either --results or --out, not both");
    }
    try {
      List<SubjectResult> named = new ArrayList<>();
      for (String run : runs) {
        named.add(read(run));
      }
      return results != null ? keep(new ResultsDirectory(results), named) : show(named);
    } catch (UnreadableReportException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private int keep(ResultsDirectory directory, List<SubjectResult> named) throws IOException {
    for (SubjectResult each : named) {
      System.out.println("kept " + directory.keep(each));
    }
    directory.writePages().forEach(page -> System.out.println("wrote " + page));
    return 0;
  }

  private int show(List<SubjectResult> named) throws IOException {
    if (named.isEmpty()) {
      throw new UsageException(
          "name at least one run: a directory of reports, a report.json, or a subject");
    }
    Comparison comparison = new Comparison(unique(named));
    Path directory = out != null ? out : RunCommand.defaultDirectory("compare");
    Files.createDirectories(directory);
    Path html = Files.writeString(
        directory.resolve("matrix.html"), new ComparisonHtml(comparison).render());
    Path markdown = Files.writeString(
        directory.resolve("matrix.md"),
        new ComparisonMarkdown(comparison)
            .render("Exporters compared", "Made from the runs below."));
    System.out.println("wrote " + html);
    System.out.println("wrote " + markdown);
    return 0;
  }

  private static List<SubjectResult> unique(List<SubjectResult> named) {
    List<SubjectResult> unique = new ArrayList<>();
    Set<String> labels = new HashSet<>();
    for (SubjectResult each : named) {
      String label = each.label();
      for (int i = 2; !labels.add(label); i++) {
        label = "%s (%d)".formatted(each.label(), i);
      }
      unique.add(each.labelled(label));
    }
    return unique;
  }

  private SubjectResult read(String run) {
    int equals = run.indexOf('=');
    return equals > 0 && !Files.exists(Path.of(run))
        ? readRun(run.substring(equals + 1)).labelled(run.substring(0, equals))
        : readRun(run);
  }

  private SubjectResult readRun(String run) {
    Path path = Path.of(run);
    ReportReader reader = new ReportReader(requirements);
    if (Files.isRegularFile(path)) {
      Path parent = path.toAbsolutePath().getParent();
      return reader.read(path, label(parent == null ? path : parent));
    }
    if (Files.isDirectory(path)) {
      return reader.read(path.resolve("report.json"), label(path));
    }
    Path last = RunCommand.defaultDirectory(run).resolve("report.json");
    Path kept = Home.results().resolve(run).resolve("report.json");
    for (Path file : List.of(last, kept)) {
      if (Files.exists(file)) {
        System.out.println(run + ": " + file);
        return reader.read(file, run);
      }
    }
    throw new UsageException(
        "there is no run '%s': neither such a file or directory nor %s nor %s; ./harness run %s makes one"
            .formatted(run, last, kept, run));
  }

  private static String label(Path directory) {
    return String.valueOf(directory.toAbsolutePath().normalize().getFileName());
  }
}
