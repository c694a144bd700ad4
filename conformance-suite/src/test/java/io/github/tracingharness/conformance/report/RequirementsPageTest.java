package io.github.tracingharness.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.conformance.cases.AllCases;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RequirementsPageTest {

  @Test
  void committedPage_isTheOneOfTheRegistry() throws IOException {
    Path committed = Path.of("..", "docs", "requirements.md");

    assertThat(Files.readString(committed))
        .as(
            "%s; write it anew: ./harness list --requirements --format md > docs/requirements.md",
            committed)
        .isEqualTo(RequirementsPage.of(RequirementRegistry.load(), AllCases.registry()));
  }

  @Test
  void rows_eachOfTwenty_hasACase() {
    String page = RequirementsPage.of(RequirementRegistry.load(), AllCases.registry());

    for (int row = 1; row <= 20; row++) {
      assertThat(page)
          .containsPattern("(?m)^\\| %d \\| `test_\\w+` \\| [A-Z0-9-]+ \\| [A-Z]+-".formatted(row));
    }
  }
}
