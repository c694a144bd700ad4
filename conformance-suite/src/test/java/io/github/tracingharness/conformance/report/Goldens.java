package io.github.tracingharness.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares with the files in {@code src/test/resources/golden}. After a wanted change,
 * {@code ./mvnw -pl conformance-suite -am test -Dgoldens.update=true} writes them anew; the diff is
 * then looked at like code.
 */
final class Goldens {

  private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

  private Goldens() {}

  static void assertMatches(String name, String actual) throws IOException {
    Path golden = DIRECTORY.resolve(name);
    if (Boolean.getBoolean("goldens.update")) {
      Files.createDirectories(DIRECTORY);
      Files.writeString(golden, actual);
    }
    assertThat(actual)
        .as("%s; after a wanted change run the tests with -Dgoldens.update=true", golden)
        .isEqualTo(Files.readString(golden));
  }
}
