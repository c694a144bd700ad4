package io.github.tracingharness.conformance.cli;

import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.driver.Python;
import io.github.tracingharness.conformance.engine.RunOptions;
import io.github.tracingharness.conformance.engine.SuiteRun;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.FailureKind;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.Step;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.ConsoleReport;
import io.github.tracingharness.conformance.report.ConsoleStyle;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that speaks no protocol, described by a {@code subject.yaml}. */
class OneShotSubjectTest {

  private static final RequirementRegistry REQUIREMENTS = RequirementRegistry.load();

  @TempDir
  private Path directory;

  @BeforeAll
  static void needsPython() {
    Python.assumePresent();
  }

  private void subject(String mode, String variables) throws IOException {
    Path program = Path.of("src", "test", "drivers", "one_shot.py").toAbsolutePath();
    Path folder = Files.createDirectories(directory.resolve("toy"));
    Files.writeString(folder.resolve("subject.yaml"), """
        name: toy
        title: a toy
        language: Python
        version: "1"
        command: [python3, -B, "%s"%s]
        one-shot:
          capabilities:
            destinations: [mlflow-v3]
            ids: own
            times: given
            ops: [flush, exit]
            config: [timeout_ms]
            spans: []
          variables:
        %s
        """.formatted(
            program, mode.isEmpty() ? "" : ", " + mode, variables.indent(4)));
  }

  private void subject(String mode) throws IOException {
    subject(mode, """
        destination.endpoint: TOY_URI
        destination.experiment_id: TOY_EXPERIMENT
        timeout_ms: {name: TOY_TIMEOUT, times: 0.001}
        """);
  }

  private CaseResult run(ConformanceCase c) throws Exception {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    RunOptions options = new RunOptions(
        List.of(c), 7, 1, 0, directory.resolve("run.ndjson"), RunOptions.VerdictFilter.NONE);
    return new SuiteRun(
            new SubjectCatalog(directory, directory, nowhere).named("toy").subject(),
            options,
            REQUIREMENTS,
            new ConsoleReport(nowhere, ConsoleStyle.detect(Map.of()), REQUIREMENTS, directory))
        .run()
        .cases()
        .get(0);
  }

  private static ConformanceCase.Builder oneTrace() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("spans").addObject().put("ref", "root").put("name", "root");
    return conformanceCase("RUN-SHOT-001")
        .title("a trace is started")
        .family("shot")
        .requirement("MLF-SEM-EXPORT-01")
        .when(new Step.Emit(body), new Step.Flush(Duration.ofSeconds(1)))
        .budget(Duration.ofSeconds(2));
  }

  private static Requests start() {
    return Requests.requests(Endpoints.START_TRACE);
  }

  @Test
  void program_case_isRunOnceAndJudgedByWhatArrived() throws Exception {
    subject("");
    ConformanceCase c = oneTrace()
        .config("timeout_ms", 1_500)
        .then("start", start().ofTrace("root").exactly(1))
        .then("told", Replies.result("flush", 1, "success"))
        .build();

    CaseResult result = run(c);

    assertThat(result.verdict().verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.verdict().checks().get(1).verdict()).isEqualTo(Verdict.UNSUPPORTED);
    Exchange exchange = result.histories().get(0).exchanges().get(0);
    assertThat(exchange.header("X-Timeout")).isEqualTo("1.5");
  }

  @Test
  void caseThatNeedsTheTimeOfAnAnswer_isUnsupportedWithTheReason() throws Exception {
    subject("");
    ConformanceCase c =
        oneTrace().then("in-time", start().beforeReplyTo("flush").exactly(1)).build();

    CaseVerdict verdict = run(c).verdict();

    assertThat(verdict.verdict()).isEqualTo(Verdict.UNSUPPORTED);
    assertThat(verdict.message())
        .isEqualTo("a one-shot program does not tell when it began and ended its flush");
  }

  @Test
  void caseThatActsWhileItRuns_isUnsupportedWithTheReason() throws Exception {
    subject("");
    ConformanceCase c = oneTrace()
        .when(new Step.Release("held"))
        .then("start", start().exactly(1))
        .build();

    CaseVerdict verdict = run(c).verdict();

    assertThat(verdict.verdict()).isEqualTo(Verdict.UNSUPPORTED);
    assertThat(verdict.message())
        .isEqualTo(
            "a one-shot program is left alone until it ends, but the case acts while it runs (Release)");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "yes-man | DRIVER_DISHONEST | the driver claims to support an operation that does not exist",
        "die     | CRASH            | the program ended with exit code 3",
        "hang    | TIMEOUT          | the program did not end within 17000 ms, so it was killed"
      })
  void badProgram_case_failsWithItsKind(String mode, FailureKind kind, String message)
      throws Exception {
    subject(mode);

    CaseVerdict verdict =
        run(oneTrace().then("start", start().exactly(1)).build()).verdict();

    assertThat(verdict.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(verdict.kind()).isEqualTo(kind);
    assertThat(verdict.message()).startsWith(message);
  }

  @Test
  void scenarioThatTheProgramDoesNotKnow_isUnsupported() throws Exception {
    subject("");
    ConformanceCase c = oneTrace()
        .when(new Step.Exit("return"))
        .then("start", start().exactly(1))
        .build();

    assertThat(run(c).verdict().verdict()).isEqualTo(Verdict.UNSUPPORTED);
  }

  @Test
  void variableThatIsNone_isOneSentence() throws IOException {
    subject("", "timeout_ms: 5\n");
    SubjectCatalog catalog = new SubjectCatalog(directory, directory, System.out);

    assertThatThrownBy(() -> catalog.named("toy"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "toy/subject.yaml: one-shot.variables.timeout_ms must be the name of a variable, or {name, times, plus}, not 5");
  }
}
