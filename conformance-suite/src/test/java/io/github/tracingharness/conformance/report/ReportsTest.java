package io.github.tracingharness.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportsTest {

  @TempDir
  Path directory;

  static List<RunResult> runs() {
    return List.of(
        SampleRun.everyVerdict(), SampleRun.hostile(), SampleRun.empty(), SampleRun.big(500));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void writeAll_anyRun_writesEveryFile(RunResult run) throws IOException {
    List<Path> written = Reports.writeAll(run, SampleRun.REQUIREMENTS, directory.resolve("a/b"));

    assertThat(written)
        .extracting(p -> p.getFileName().toString())
        .containsExactlyElementsOf(Reports.fileNames());
    assertThat(directory.resolve("a/b").toFile().list())
        .containsExactlyInAnyOrderElementsOf(Reports.fileNames());
    assertThat(written).allSatisfy(p -> assertThat(p).isNotEmptyFile());
  }

  @Test
  void writeAll_oneFileCannotBeWritten_writesTheOthersAndNamesIt() throws IOException {
    Files.createDirectories(directory.resolve("report.json").resolve("in-the-way"));

    assertThatThrownBy(
            () -> Reports.writeAll(SampleRun.everyVerdict(), SampleRun.REQUIREMENTS, directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot write")
        .hasMessageContaining("report.json");
    assertThat(directory.resolve("TEST-conformance.xml")).isNotEmptyFile();
    assertThat(directory.resolve("summary.md")).isNotEmptyFile();
    assertThat(directory.resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void writeAll_secondRun_replacesTheFirst() throws IOException {
    Reports.writeAll(SampleRun.everyVerdict(), SampleRun.REQUIREMENTS, directory);
    Reports.writeAll(SampleRun.empty(), SampleRun.REQUIREMENTS, directory);

    assertThat(directory.resolve("summary.md")).content().contains("0 passed, 0 failed");
  }
}
