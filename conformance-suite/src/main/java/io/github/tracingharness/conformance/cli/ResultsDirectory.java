package io.github.tracingharness.conformance.cli;

import io.github.tracingharness.conformance.compare.Comparison;
import io.github.tracingharness.conformance.compare.ComparisonHtml;
import io.github.tracingharness.conformance.compare.ComparisonMarkdown;
import io.github.tracingharness.conformance.compare.FindingsPage;
import io.github.tracingharness.conformance.compare.ReportReader;
import io.github.tracingharness.conformance.compare.ResultFile;
import io.github.tracingharness.conformance.compare.SubjectResult;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A directory that keeps the last result of each subject, {@code SUBJECT/report.json}, and the
 * pages that are made of them alone.
 */
final class ResultsDirectory {

  private static final String REPORT = "report.json";

  private static final String INTRODUCTION = """
      The last result of each exporter that this project runs, case by case. Written by `./harness compare --results docs/results`; the same as a page with
      filters and details is [matrix.html](matrix.html), and [findings.md](findings.md) names what each exporter does other than a requirement says. A case
      that an exporter declares it cannot be asked is not applicable to it, so figures of different exporters have different denominators.
      """;

  private final Path directory;

  ResultsDirectory(Path directory) {
    this.directory = directory;
  }

  /** Makes a run the last result of the subject that its label names; returns the file. */
  Path keep(SubjectResult result) throws IOException {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put(Home.directory().toString(), ".");
    machine.put(System.getProperty("user.home"), "~");
    Path file = directory.resolve(result.label()).resolve(REPORT);
    String text = new ResultFile(machine).render(result);
    Files.createDirectories(directory.resolve(result.label()));
    return Files.writeString(file, text);
  }

  /** Writes all pages from the results that are kept; returns their paths. */
  List<Path> writePages() throws IOException {
    List<Path> written = new ArrayList<>();
    for (Map.Entry<String, String> page : pages().entrySet()) {
      written.add(Files.writeString(directory.resolve(page.getKey()), page.getValue()));
    }
    return written;
  }

  /**
   * Returns the text of each page by its name.
   *
   * @throws UsageException if no result is kept
   */
  Map<String, String> pages() throws IOException {
    List<SubjectResult> results = read();
    if (results.isEmpty()) {
      throw new UsageException(
          "%s holds no results; name runs, such as ./harness compare --results %s reference"
              .formatted(directory, directory));
    }
    Comparison comparison = new Comparison(results);
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("README.md", new ComparisonMarkdown(comparison).render("Results", INTRODUCTION));
    pages.put("findings.md", new FindingsPage(comparison).render());
    pages.put("matrix.html", new ComparisonHtml(comparison).render());
    return pages;
  }

  private List<SubjectResult> read() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    // Nothing is looked up: the pages follow from the files alone.
    ReportReader reader = new ReportReader(RequirementRegistry.of(List.of()));
    try (Stream<Path> folders = Files.list(directory)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve(REPORT)))
          .sorted()
          .map(folder -> reader.read(folder.resolve(REPORT), String.valueOf(folder.getFileName())))
          .toList();
    }
  }
}
