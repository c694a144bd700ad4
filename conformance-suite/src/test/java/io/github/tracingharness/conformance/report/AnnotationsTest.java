package io.github.tracingharness.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnnotationsTest {

  @Test
  void of_everyVerdict_hasAnErrorForEachRedCaseAndAWarningForEachShould() {
    List<String> lines = Annotations.of(SampleRun.everyVerdict());

    assertThat(lines.stream().filter(line -> line.startsWith("::error "))).hasSize(6);
    assertThat(lines.stream().filter(line -> line.startsWith("::warning "))).hasSize(2);
    assertThat(lines.get(0))
        .isEqualTo("::error title=mlflow-python%3A MLF-EXPORT-002 fail::announces an ended trace"
            + " once, MLF-EXPORT-002%0AMUST MLF-REST-START-01: expected exactly 1 request to"
            + " START_TRACE%0A   found 2 (requests 1 and 3)%0A./harness run mlflow-python --case"
            + " MLF-EXPORT-002 --seed 4711");
  }

  @Test
  void of_hostileText_isNoCommandOfItsOwn() {
    List<String> lines = Annotations.of(SampleRun.hostile());

    assertThat(lines)
        .hasSize(2)
        .allSatisfy(
            line -> assertThat(line).doesNotContainPattern("[\\n\\r\\x1b]").startsWith("::"));
    assertThat(Annotations.of(SampleRun.empty())).isEmpty();
  }
}
