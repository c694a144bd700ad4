package io.github.tracingharness.junit.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example that README shows is the one that is compiled and run here. */
class ReadmeTest {

  private static final Path README = Path.of("..", "README.md");
  private static final Path EXAMPLE =
      Path.of("src/test/java/io/github/tracingharness/junit/example/ReadmeExampleTest.java");
  private static final String MARKER = "<!-- example: ReadmeExampleTest -->\n";
  private static final String FENCE = "```java\n";

  @Test
  void readme_example_isTheCompiledTest() throws IOException {
    assumeThat(README).exists();
    String readme = Files.readString(README);
    assertThat(readme).contains(MARKER);
    String rest = readme.substring(readme.indexOf(MARKER) + MARKER.length()).stripLeading();
    assertThat(rest).as("what follows the marker").startsWith(FENCE);

    assertThat(rest.substring(FENCE.length(), rest.indexOf("\n```\n") + 1)).isEqualTo(example());
  }

  private static String example() throws IOException {
    String source = Files.readString(EXAMPLE);
    int begin = source.indexOf("// begin-readme\n") + "// begin-readme\n".length();
    return source.substring(begin, source.indexOf("// end-readme"));
  }
}
