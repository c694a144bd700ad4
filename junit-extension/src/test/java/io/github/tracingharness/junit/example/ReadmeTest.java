package io.github.tracingharness.junit.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples that README shows are those that are compiled and run here. */
class ReadmeTest {

  private static final Path README = Path.of("..", "README.md");
  private static final Path EXAMPLES =
      Path.of("src/test/java/io/github/tracingharness/junit/example");
  private static final String FENCE = "```java\n";

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"ReadmeExampleTest", "SendTracesExampleTest"})
  void readme_example_isTheCompiledTest(String example) throws IOException {
    String marker = "<!-- example: %s -->\n".formatted(example);
    String readme = Files.readString(README);
    assertThat(readme).contains(marker);
    String rest = readme.substring(readme.indexOf(marker) + marker.length()).stripLeading();
    assertThat(rest).as("what follows the marker").startsWith(FENCE);

    assertThat(rest.substring(FENCE.length(), rest.indexOf("\n```\n") + 1))
        .isEqualTo(source(example));
  }

  private static String source(String example) throws IOException {
    String source = Files.readString(EXAMPLES.resolve(example + ".java"));
    int line = source.lastIndexOf('\n', source.indexOf("// begin-readme")) + 1;
    String indent = source.substring(line, source.indexOf("// begin-readme"));
    int begin = source.indexOf('\n', line) + 1;
    int end = source.lastIndexOf('\n', source.indexOf("// end-readme")) + 1;
    return source.substring(begin, end).replaceAll("(?m)^" + indent, "");
  }
}
