package io.github.tracingharness.junit.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes of docs/cookbook.md are those that are compiled and run here, all of them. */
class CookbookTest {

  private static final Path COOKBOOK = Path.of("..", "docs", "cookbook.md");
  private static final Path EXAMPLES =
      Path.of("src/test/java/io/github/tracingharness/junit/example");
  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- example: (\\w+) -->\n```java\n(.*?)```\n", Pattern.DOTALL);
  private static final Pattern FILE =
      Pattern.compile("<!-- file: (\\S+) -->\n```text\n(.*?)```\n", Pattern.DOTALL);

  private static List<MatchResult> found(Pattern pattern) throws IOException {
    return pattern.matcher(Files.readString(COOKBOOK)).results().toList();
  }

  static List<String> recipes() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("RecipeTest.java"))
          .map(name -> name.replace(".java", ""))
          .sorted()
          .toList();
    }
  }

  @Test
  void cookbook_hasEveryRecipe() throws IOException {
    assertThat(found(EXAMPLE))
        .extracting(recipe -> recipe.group(1))
        .containsExactlyInAnyOrderElementsOf(recipes());
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void recipe_isTheCompiledTest(String name) throws IOException {
    String source = Files.readString(EXAMPLES.resolve(name + ".java"));
    String begin = "// begin-recipe\n";
    String shown =
        source.substring(source.indexOf(begin) + begin.length(), source.indexOf("// end-recipe"));

    assertThat(found(EXAMPLE))
        .filteredOn(recipe -> recipe.group(1).equals(name))
        .extracting(recipe -> recipe.group(2))
        .containsExactly(shown);
  }

  @Test
  void shownFiles_areThoseOfTheSources() throws IOException {
    assertThat(found(FILE))
        .isNotEmpty()
        .allSatisfy(
            file -> assertThat(file.group(2)).isEqualTo(Files.readString(Path.of(file.group(1)))));
  }
}
