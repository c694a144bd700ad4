package io.github.tracingharness.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.conformance.expect.Expectations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SubjectFileTest {

  static List<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("subjects"))) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("subject.yaml")))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void read_everySubjectOfTheProject_isComplete(Path folder) {
    SubjectFile file = SubjectFile.read(folder);

    assertThat(file.name()).isEqualTo(folder.getFileName().toString());
    assertThat(file.setup()).isNotNull();
    List<String> sources = file.setup().sources();
    assertThat(SetupTool.named(file.setup().tool()).inputs())
        .allSatisfy(input -> assertThat(folder.resolve(input)).isRegularFile());
    assertThat(sources == null ? List.<String>of() : sources)
        .allSatisfy(source -> assertThat(folder.resolve(source)).exists());
    Expectations.load(folder.resolve(String.valueOf(file.expectations())));
  }

  /**
   * The loop that speaks the protocol, which authors copy; what brings spans and settings to an SDK
   * lies beside it.
   */
  @Test
  void subjects_driver_hasAtMost160Lines() throws IOException {
    List<Path> drivers;
    try (Stream<Path> files =
        Files.find(Path.of("subjects"), 5, (file, is) -> is.isRegularFile() && isDriver(file))) {
      drivers = files.toList();
    }

    assertThat(drivers)
        .extracting(driver -> driver.getName(1).toString())
        .containsExactlyInAnyOrder(
            "mlflow-python", "otel-go", "otel-java", "otel-js", "otel-python", "otel-rust");
    assertThat(drivers)
        .allSatisfy(driver -> assertThat(Files.readAllLines(driver)).hasSizeLessThanOrEqualTo(160));
  }

  private static boolean isDriver(Path file) {
    return file.getFileName().toString().matches("(?i)(driver|main)\\.(py|js|java|go|rs)")
        && !file.toString().contains("node_modules");
  }

  @Test
  void read_withoutWhatIsMandatory_saysWhatIsMissing(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("subject.yaml"), "name: mine\ntitle: Mine\nlanguage: C\n");

    assertThatThrownBy(() -> SubjectFile.read(folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("subject.yaml is damaged: ")
        .hasMessageContaining("version");
  }
}
