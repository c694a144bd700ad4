package io.github.tracingharness.conformance.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class KillMatrixPageTest {

  @Test
  void committedPage_isTheOneOfTheReviewedFiles() throws IOException {
    if (Boolean.getBoolean("goldens.update")) {
      KillMatrixPage.write();
    }
    assertThat(Files.readString(KillMatrixPage.PAGE))
        .as(
            "%s; write it anew: ./mvnw -pl conformance-suite -am test -Dtest=KillMatrixPageTest -Dgoldens.update=true -Dsurefire.failIfNoSpecifiedTests=false",
            KillMatrixPage.PAGE)
        .isEqualTo(KillMatrixPage.render());
  }
}
