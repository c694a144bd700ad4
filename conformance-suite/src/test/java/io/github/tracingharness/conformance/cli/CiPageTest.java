package io.github.tracingharness.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.tracingharness.conformance.report.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What docs/ci.md shows can be run: its shell commands are run, its workflow is read. */
class CiPageTest {

  private static final Set<String> DIRECTORIES = Set.of("one", "two", "merged", "compared");

  @TempDir
  private Path directory;

  private static String page() throws IOException {
    return Files.readString(Path.of("..", "docs", "ci.md"));
  }

  private static List<String> blocks(String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(page());
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  @Test
  void shellCommands_run_endWithZero() throws IOException {
    int run = 0;
    for (String block : blocks("sh")) {
      for (String line : block.lines().toList()) {
        assertThat(line).startsWith("./harness ");
        List<String> words = new ArrayList<>(CommandWords.split(line));
        words.remove(0);
        words.replaceAll(
            word -> DIRECTORIES.contains(word) ? directory.resolve(word).toString() : word);
        assertThat(HarnessCommand.commandLine().execute(words.toArray(String[]::new)))
            .as(line)
            .isZero();
        run++;
      }
    }
    assertThat(run).isEqualTo(4);
    assertThat(directory.resolve("merged")).isDirectoryContaining("glob:**/report.html");
    assertThat(directory.resolve("compared")).isDirectoryContaining("glob:**/matrix.html");
  }

  @Test
  void workflow_harnessCommands_haveOptionsThatExist() throws IOException {
    JsonNode workflow =
        new ObjectMapper(new YAMLFactory()).readTree(blocks("yaml").get(0));
    List<String> commands = new ArrayList<>();
    workflow
        .path("jobs")
        .forEach(job -> job.path("steps").forEach(step -> {
          if (step.path("run").asText().startsWith("./harness ")) {
            commands.add(step.path("run").asText());
          }
        }));

    assertThat(commands).hasSize(2).allSatisfy(command -> {
      String concrete = command.replaceAll("\\$\\{\\{.*?}}", "1");
      List<String> words = CommandWords.split(concrete);
      CommandLine.ParseResult parsed = HarnessCommand.commandLine()
          .parseArgs(words.subList(1, words.size()).toArray(String[]::new));
      assertThat(parsed.hasSubcommand()).isTrue();
    });
  }

  @Test
  void exitCodes_page_namesAll() throws IOException {
    for (ExitCode code : ExitCode.values()) {
      assertThat(page()).contains("\n| " + code.code() + " | ");
    }
  }
}
