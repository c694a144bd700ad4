package io.github.tracingharness.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultPagesTest {

  private static final List<Measurement> MEASUREMENTS = List.of(
      new Measurement("Queue <1>", "jctools MPSC", 12, 3, "ns/op", OptionalDouble.of(0)),
      new Measurement("Queue <1>", "export queue", 20, Double.NaN, "ns/op", OptionalDouble.of(16)));

  @TempDir
  private Path directory;

  @Test
  void pages_areWrittenBesideTheResults() throws Exception {
    ResultPages.write(MEASUREMENTS, directory.resolve("results.json"));

    assertThat(Files.readString(directory.resolve("results.md")))
        .contains("| Queue <1> | jctools MPSC | 12.00 | ± 3.00 | ns/op | 0.00 |");
    assertThat(Files.readString(directory.resolve("results.html")))
        .contains("<svg", "Queue &lt;1&gt;", "less is better", "class=\"peer\"", "class=\"bar\"")
        .doesNotContain("http:", "https:", "<script", "NaN");
  }
}
