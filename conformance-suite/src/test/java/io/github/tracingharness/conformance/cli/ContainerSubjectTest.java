package io.github.tracingharness.conformance.cli;

import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.cases.MlflowCases;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.engine.RunOptions;
import io.github.tracingharness.conformance.engine.SuiteRun;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A driver in a container. Its image has nothing but the driver; Python is mounted from this
 * machine, so that none has to be fetched.
 */
class ContainerSubjectTest {

  private static final RequirementRegistry REQUIREMENTS = RequirementRegistry.load();
  private static final PrintStream NOWHERE =
      new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

  @TempDir
  private Path directory;

  private static String docker(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor() == 0 ? output : "failed: " + output;
  }

  private static void needsDocker() throws InterruptedException {
    Assumptions.assumeTrue(Files.isExecutable(PYTHON), PYTHON + " cannot be started");
    String info;
    try {
      info = docker("version", "--format", "{{.Server.Os}}");
    } catch (IOException e) {
      info = "failed: " + e.getMessage();
    }
    Assumptions.assumeTrue(
        info.equals("linux"), "a Docker daemon for Linux does not answer: " + info);
  }

  private SubjectCatalog subject(String driver, String arguments, String container)
      throws IOException {
    Path folder = Files.createDirectories(directory.resolve("boxed"));
    Files.copy(Path.of("src", "test", "drivers", driver), folder.resolve("driver.py"));
    Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY driver.py /driver.py\n");
    Files.writeString(folder.resolve("subject.yaml"), """
        name: boxed
        title: a driver in a box
        language: Python
        version: "1"
        command: [%s, -B, /driver.py%s]
        container: %s
        """.formatted(PYTHON, arguments, container));
    return new SubjectCatalog(directory, directory, NOWHERE);
  }

  private CaseResult run(SubjectCatalog catalog, ConformanceCase c) throws Exception {
    RunOptions options = new RunOptions(
        List.of(c), 7, 1, 0, directory.resolve("run.ndjson"), RunOptions.VerdictFilter.NONE);
    return new SuiteRun(
            catalog.named("boxed").subject(),
            options,
            REQUIREMENTS,
            new ConsoleReport(NOWHERE, ConsoleStyle.detect(Map.of()), REQUIREMENTS, directory))
        .run()
        .cases()
        .get(0);
  }

  private static ConformanceCase oneTrace() {
    return MlflowCases.registry().matching("MLF-INFO-002").get(0);
  }

  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private static final String BUILT =
      "{build: ., options: [-v, '/usr:/usr:ro', -v, '/lib:/lib:ro', -v, '/lib64:/lib64:ro']}";

  @Test
  void driver_inAContainer_isJudgedAsAnyOther() throws Exception {
    needsDocker();

    CaseResult result = run(subject("first_driver.py", "", BUILT), oneTrace());

    assertThat(result.verdict().verdict()).as(result.verdict().message()).isEqualTo(Verdict.PASS);
  }

  @Test
  void driver_thatHangsInAContainer_isGoneAfterItsCase() throws Exception {
    needsDocker();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("spans").addObject().put("ref", "root").put("name", "root");
    ConformanceCase impatient = conformanceCase("RUN-BOX-001")
        .title("emit is answered")
        .family("box")
        .requirement("MLF-SEM-EXPORT-01")
        .when(new Step.Emit(body))
        .then("answered", Replies.answered("emit", 1))
        .budget(Duration.ofSeconds(2))
        .build();

    CaseResult result = run(subject("bad_driver.py", ", hang", BUILT), impatient);

    assertThat(result.verdict().kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(docker("ps", "--all", "--quiet", "--filter", "name=edp-")).isEmpty();
  }

  @Test
  void container_withoutImage_isOneSentence() throws IOException {
    SubjectCatalog catalog = subject("first_driver.py", "", "{network: host}");

    assertThatThrownBy(() -> catalog.named("boxed"))
        .isInstanceOf(UsageException.class)
        .hasMessage("boxed/subject.yaml: container needs either image or build");
  }
}
