package io.github.tracingharness.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultsDirectoryTest {

  private static final Path COMMITTED = Path.of("..", "docs", "results");

  @TempDir
  private Path directory;

  private final StringWriter err = new StringWriter();

  private int harness(String... arguments) {
    return HarnessCommand.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
  }

  @Test
  void committedPages_areWhatTheCommandWritesFromTheCommittedResults() throws IOException {
    Map<String, String> pages = new ResultsDirectory(COMMITTED).pages();

    for (Map.Entry<String, String> page : pages.entrySet()) {
      assertThat(COMMITTED.resolve(page.getKey()))
          .as("after a change of results or pages: ./harness compare --results docs/results")
          .hasContent(page.getValue());
    }
  }

  @Test
  void committedResults_haveNoPathOfAMachine() throws IOException {
    try (Stream<Path> files = Files.walk(COMMITTED)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain("/home/", "/root/", "/work/", "/Users/");
      }
    }
  }

  @Test
  void compare_runOfASubject_becomesItsLastResult() throws IOException {
    Path run = directory.resolve("my-exporter");
    assertThat(harness("run", "--case", "size", "--out", run.toString())).isZero();
    Path results = directory.resolve("results");

    assertThat(harness("compare", "--results", results.toString(), run.toString(), "b=" + run))
        .isZero();

    assertThat(results.resolve("my-exporter").resolve("report.json")).isRegularFile();
    assertThat(results.resolve("b").resolve("report.json")).isRegularFile();
    assertThat(results.resolve("README.md")).content().contains("| size | 4/4 | 4/4 |");
    assertThat(results.resolve("findings.md")).content().contains("# Findings");
    assertThat(results.resolve("matrix.html")).content().contains("MLF-SIZE-001");

    Path out = directory.resolve("out");
    assertThat(harness("compare", run.toString(), run.toString(), "--out", out.toString()))
        .isZero();
    assertThat(out.resolve("matrix.md")).content().contains("my-exporter (2)");
  }

  @ParameterizedTest(name = "compare {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''                          | name at least one run: a directory of reports, a report.json, or a subject",
        "no-such-subject             | there is no run 'no-such-subject': neither such a file or directory nor",
        "--results=a --out=b         | give either --results or --out, not both",
        "--results=no-such-directory | no-such-directory holds no results; name runs, such as",
        "src                         | there is no file src"
      })
  void compare_wrongInput_endsWithTwoAndOneSentence(String arguments, String sentence) {
    String[] words = ("compare " + arguments).strip().split(" ");

    assertThat(harness(words)).isEqualTo(2);
    assertThat(err.toString()).startsWith(sentence).hasLineCount(1);
  }
}
