package io.github.tracingharness.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tracingharness.conformance.driver.Listening;
import io.github.tracingharness.conformance.driver.Python;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/write-a-driver.md} does what it says: each of its snippets is run. */
class WriteADriverTest {

  private static final Path GUIDE = Path.of("..", "docs", "write-a-driver.md");
  private static final Pattern SNIPPET = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);

  @TempDir
  private Path directory;

  private Path driver;

  @BeforeAll
  static void needsPython() {
    Python.assumePresent();
  }

  @BeforeEach
  void saveTheSnippet() throws IOException {
    Matcher snippet = SNIPPET.matcher(Files.readString(GUIDE));
    assertThat(snippet.find()).isTrue();
    driver = directory.resolve("my_driver.py");
    Files.writeString(driver, snippet.group(1));
  }

  private static int harness(String... arguments) {
    return HarnessCommand.commandLine().execute(arguments);
  }

  private String firstVerdict() throws IOException {
    return new ObjectMapper()
        .readTree(Files.readString(directory.resolve("report.json")))
        .at("/cases/0/verdict")
        .asText();
  }

  @Test
  void driver_isTheOneThatOtherTestsUse() throws IOException {
    assertThat(Files.readString(Path.of("src", "test", "drivers", "first_driver.py")))
        .endsWith(Files.readString(driver));
  }

  @Test
  void driver_withoutTheSuite_answersAsIsShown() throws Exception {
    Matcher shown = Pattern.compile(
            "\\$ echo '(?<line>.*)' \\| python3 my_driver.py\n +(?<answer>\\{.*})")
        .matcher(Files.readString(GUIDE));
    assertThat(shown.find()).isTrue();
    Process process = new ProcessBuilder("python3", "-B", driver.toString()).start();
    process.getOutputStream().write((shown.group("line") + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();

    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(shown.group("answer") + "\n");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void driver_isCheckedAndJudged() throws IOException {
    assertThat(Files.readString(GUIDE))
        .contains("./harness driver check -- python3 my_driver.py")
        .contains("./harness run --driver 'python3 my_driver.py' --case MLF-INFO-002");

    assertThat(harness("driver", "check", "--", "python3", "-B", driver.toString()))
        .isZero();
    assertThat(harness(
            "run",
            "--driver",
            "python3 -B '%s'".formatted(driver),
            "--case",
            "MLF-INFO-002",
            "--out",
            directory.toString()))
        .isLessThan(2);
    assertThat(firstVerdict()).isEqualTo("PASS");
  }

  @Test
  void driver_thatListens_isAttachedTo() throws IOException {
    try (Listening listening = Listening.start(List.of("python3", "-B", driver.toString(), "0"))) {
      assertThat(harness(
              "run",
              "--attach",
              listening.hostAndPort(),
              "--case",
              "MLF-INFO-002",
              "--out",
              directory.toString()))
          .isLessThan(2);
    }
    assertThat(firstVerdict()).isEqualTo("PASS");
  }
}
