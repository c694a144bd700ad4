package io.github.tracingharness.conformance.engine;

import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.driver.Python;
import io.github.tracingharness.conformance.history.HistoryEvent.ProcessEvent;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.Step;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole catalogue of bad drivers, each in a run of two cases of which only the first meets the
 * fault. The table {@code golden/bad-drivers.md} is what comes out.
 */
class BadDriversTest {

  private static final String FIRST = "BAD-DRIVER-001";
  private static final String SECOND = "BAD-DRIVER-002";

  /** Mode of {@code bad_driver.py} and what it does, in the order of the table. */
  private static final Map<String, String> CATALOGUE = catalogue();

  @TempDir
  private Path directory;

  private static Map<String, String> catalogue() {
    Map<String, String> modes = new LinkedHashMap<>();
    modes.put("hang", "never answers");
    modes.put("late", "answers after the deadline");
    modes.put("grandchild", "starts a process and never answers");
    modes.put("die", "ends with exit code 3");
    modes.put("exit-0", "ends with exit code 0");
    modes.put("stdin-closed", "closes its stdin and lives on");
    modes.put("stdout-closed", "closes its stdout and lives on");
    modes.put("wrong-id", "answers with another id");
    modes.put("twice", "answers each command twice");
    modes.put("unreadable", "answers with half an object");
    modes.put("two-forms", "answers with ok and error at once");
    modes.put("invalid-utf8", "answers with bytes that are no UTF-8");
    modes.put("huge-line", "answers with a line of 2 MiB");
    modes.put("yes-man", "says ok to operations that do not exist");
    modes.put("garbage", "writes text to stdout between its answers");
    modes.put("split-writes", "writes its answers byte by byte");
    modes.put("stderr-flood", "writes 4 MiB to stderr");
    return modes;
  }

  @BeforeAll
  static void needsPython() {
    Python.assumePresent();
  }

  private static ConformanceCase oneTrace(String id) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("spans").addObject().put("ref", "root").put("name", "root");
    return conformanceCase(id)
        .title("a trace is started")
        .family("bad")
        .requirement("MLF-SEM-EXPORT-01")
        .when(new Step.Emit(body), new Step.Flush(Duration.ofSeconds(1)))
        .then("start", Requests.requests(Endpoints.START_TRACE).exactly(1))
        .budget(Duration.ofSeconds(3))
        .build();
  }

  @Test
  void catalogue_eachDriver_hasItsVerdictAndSparesTheNextCaseAndLeavesNoProcess() throws Exception {
    StringBuilder table = new StringBuilder("""
        # Bad drivers and their verdicts

        Written by `BadDriversTest`. Each driver misbehaves in the first case of two and does not export at all, so that a sound
        one fails both cases by `assertion`.

        | mode of `bad_driver.py` | what it does | verdict | kind | message | next case | noise |
        |---|---|---|---|---|---|---|
        """);
    row(table, "", "is sound");
    for (Map.Entry<String, String> bad : CATALOGUE.entrySet()) {
      row(table, bad.getKey(), bad.getValue());
    }

    Path golden = Path.of("src", "test", "resources", "golden", "bad-drivers.md");
    if (Boolean.getBoolean("goldens.update")) {
      Files.writeString(golden, table.toString());
    }
    assertThat(table.toString()).isEqualTo(Files.readString(golden));
  }

  @Test
  void catalogue_isThatOfTheDriver() throws IOException {
    String source = Files.readString(Path.of("src", "test", "drivers", "bad_driver.py"));
    List<String> modes = source
        .lines()
        .takeWhile(line -> !line.startsWith("import"))
        .filter(line -> line.startsWith("  "))
        .map(line -> line.strip().replaceFirst(" .*", ""))
        .toList();

    assertThat(modes).containsExactlyInAnyOrderElementsOf(CATALOGUE.keySet());
  }

  private void row(StringBuilder table, String mode, String does) throws Exception {
    String mark = "mark-" + mode + "-" + directory.getFileName();
    List<String> words = new ArrayList<>(mode.isEmpty() ? List.of() : List.of(mode));
    words.addAll(List.of("--mark", mark));
    if (!mode.equals("yes-man")) {
      // That one shows itself before there is a case.
      words.addAll(List.of("--in", FIRST));
    }
    Subject subject =
        Subject.process(mode, Python.badDriver(words.toArray(String[]::new)), Map.of(), directory);

    RunResult run =
        TestRuns.of(subject, List.of(oneTrace(FIRST), oneTrace(SECOND)), 1, 0, directory);

    CaseVerdict first = run.cases().get(0).verdict();
    CaseVerdict second = run.cases().get(1).verdict();
    table.append("| %s | %s | %s | %s | %s | %s %s | %d |%n"
        .formatted(
            mode,
            does,
            first.verdict(),
            first.kind() == null ? "" : first.kind().label(),
            firstLine(first.message()),
            second.verdict(),
            second.kind() == null ? "" : second.kind().label(),
            noise(run)));
    assertNoProcess(mark);
  }

  private static String firstLine(String message) {
    String line = message.lines().findFirst().orElse("");
    return (line.length() <= 120 ? line : line.substring(0, 120) + "…").replace("|", "\\|");
  }

  private static long noise(RunResult run) {
    return run.cases().stream()
        .map(CaseResult::histories)
        .flatMap(List::stream)
        .flatMap(history -> history.all(ProcessEvent.class).stream())
        .filter(event -> event.what().equals("noise"))
        .count();
  }

  private static void assertNoProcess(String mark) throws Exception {
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      if (process.info().commandLine().orElse("").contains(mark)) {
        process.onExit().get(10, TimeUnit.SECONDS);
      }
    }
  }
}
