package io.github.tracingharness.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tracingharness.conformance.driver.Python;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * The command as its users meet it: exit codes, sentences for wrong input, and reports that are
 * always written.
 */
class HarnessCommandTest {

  @TempDir
  private Path directory;

  private final StringWriter err = new StringWriter();

  private int harness(String... arguments) {
    CommandLine command = HarnessCommand.commandLine();
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--out", directory.toString()));
    return harness(all.toArray(String[]::new));
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(Files.readString(directory.resolve("report.json")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no-such-subject           | there is no subject 'no-such-subject'; known are reference",
        "--case=MLF-NOTHING-*      | --case MLF-NOTHING-* matches no case; ./harness list prints their ids and families",
        "--driver=                 | --driver needs a command, such as 'python3 my_driver.py'",
        "--driver=no-such-program  | --driver 'no-such-program': the driver's program no-such-program is not on the PATH",
        "--expect=no-such-file.yaml| expectation file no-such-file.yaml: there is no such file",
        "--shard=4/3               | --shard must be i/n with 1 <= i <= n, such as 2/3, but it is '4/3'",
        "--shard=1/2               | --shard needs --seed with the same number for each shard, so that they can be merged",
        "--attach=4711             | --attach needs HOST:PORT, such as 127.0.0.1:4711, not '4711'",
        "--attach=127.0.0.1:99999  | --attach needs HOST:PORT, such as 127.0.0.1:4711, not '127.0.0.1:99999'",
        "--print-command           | no command is started for reference",
        "--jobs=0                  | --jobs must be at least 1 and --reruns at least 0"
      })
  void run_wrongInput_endsWithTwoAndOneSentence(String argument, String sentence) {
    assertThat(run(argument)).isEqualTo(2);
    assertThat(err.toString()).startsWith(sentence).hasLineCount(1);
  }

  @Test
  void driverCheck_withoutCommandOrProgram_endsWithTwoAndOneSentence() {
    assertThat(harness("driver", "check")).isEqualTo(2);
    assertThat(harness("driver", "check", "--", "no-such-program")).isEqualTo(2);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line)
                .startsWith("driver check needs the driver's command after --, such as: "),
            line -> assertThat(line)
                .isEqualTo("the driver's program no-such-program is not on the PATH"));
  }

  @Test
  void judge_fileThatIsNone_endsWithTwoAndOneSentence() {
    assertThat(harness("judge", directory.resolve("run.ndjson").toString())).isEqualTo(2);
    assertThat(err.toString()).startsWith("cannot read ").hasLineCount(1);
  }

  @Test
  void run_reference_writesAllReportsAndJudgeAgrees() throws IOException {
    assertThat(run("--case", "export", "--seed", "7")).isZero();

    assertThat(directory).isDirectoryContaining("glob:**/report.html");
    assertThat(directory).isDirectoryContaining("glob:**/TEST-conformance.xml");
    JsonNode report = report();
    assertThat(report.path("subject").path("name").asText()).isEqualTo("reference");
    assertThat(report.path("seed").asInt()).isEqualTo(7);
    assertThat(report.path("cases")).hasSize(4);

    Path again = directory.resolve("again");
    int code =
        harness("judge", directory.resolve("run.ndjson").toString(), "--out", again.toString());
    assertThat(code).isZero();
    JsonNode rejudged = new ObjectMapper().readTree(Files.readString(again.resolve("report.json")));
    assertThat(rejudged.path("cases")).isEqualTo(report.path("cases"));
  }

  @Test
  void run_expectationThatMatchesNothing_endsWithFourAndStillWritesReports() throws IOException {
    Path expectations = directory.resolve("expected.yaml");
    Files.writeString(expectations, """
        subject: reference
        entries:
          - match: "MLF-GONE-001"
            checks: [seen]
            kind: assertion
            reason: this case is gone
        """);

    assertThat(run("--case", "MLF-SIZE-001", "--expect", expectations.toString()))
        .isEqualTo(4);
    assertThat(report().path("warnings").toString()).contains("MLF-GONE-001");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "die          | crash            | the driver ended with exit code 3 instead of answering emit",
        "unreadable   | protocol         | the answer to emit is not valid JSON",
        "wrong-id     | protocol         | the answer to emit has the id",
        "yes-man      | driver-dishonest | the driver claims to support an operation that does not exist"
      })
  void run_badDriver_failsItsCasesAndWritesReports(String mode, String kind, String message)
      throws IOException {
    Python.assumePresent();
    String driver = String.join(" ", Python.badDriver(mode));

    assertThat(run("--driver", driver, "--case", "MLF-SIZE-00*", "--reruns", "0"))
        .isEqualTo(1);

    JsonNode first = report().path("cases").path(0);
    assertThat(first.path("kind").asText()).isEqualTo(kind);
    assertThat(first.path("message").asText()).startsWith(message);
    assertThat(report().path("cases")).hasSize(4);
  }

  @Test
  void run_driverThatDoesNotStart_endsWithTwoAndItsLastWords() {
    Python.assumePresent();

    assertThat(run("--driver", "python3 no_such_driver.py")).isEqualTo(2);

    assertThat(err.toString())
        .startsWith(
            "--driver 'python3 no_such_driver.py': the driver ended with exit code 2 instead of answering hello; its last words on stderr were: ")
        .contains("no_such_driver.py'")
        .hasLineCount(1);
  }

  @Test
  void run_driverThatHangs_costsOneCaseAndIsKilled() throws IOException {
    Python.assumePresent();
    String driver = String.join(" ", Python.badDriver("hang"));

    assertThat(run("--driver", driver, "--case", "MLF-SIZE-001", "--reruns", "0"))
        .isEqualTo(1);

    JsonNode first = report().path("cases").path(0);
    assertThat(first.path("kind").asText()).isEqualTo("timeout");
    assertThat(first.path("message").asText()).contains("so the driver was killed");
  }
}
