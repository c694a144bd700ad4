package io.github.tracingharness.conformance.engine;

import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.driver.DriverMain;
import io.github.tracingharness.conformance.driver.Python;
import io.github.tracingharness.conformance.history.HistoryEvent.ProcessEvent;
import io.github.tracingharness.conformance.judge.FailureKind;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.Step;
import io.github.tracingharness.conformance.report.CaseResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a subject stood that did not answer in time is evidence in its history. */
class StacksTest {

  @TempDir
  private Path directory;

  private static ConformanceCase hanging() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("spans").addObject().put("ref", "root").put("name", "root");
    return conformanceCase("RUN-HANG-001")
        .title("emit is answered")
        .family("hang")
        .requirement("MLF-SEM-EXPORT-01")
        .when(new Step.Emit(body))
        .then("answered", Replies.answered("emit", 1))
        .budget(Duration.ofSeconds(2))
        .build();
  }

  private String stderrOf(List<String> command) throws Exception {
    Subject subject = Subject.process("hang", command, Map.of(), directory);
    CaseResult result =
        TestRuns.of(subject, List.of(hanging()), 1, 0, directory).cases().get(0);
    assertThat(result.verdict().kind()).isEqualTo(FailureKind.TIMEOUT);
    return result.histories().get(0).all(ProcessEvent.class).stream()
        .filter(event -> event.what().equals("stderr"))
        .map(ProcessEvent::detail)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void jvm_thatHangs_leavesAThreadDump() throws Exception {
    String stderr = stderrOf(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        DriverMain.class.getName(),
        "--subject",
        Hanging.class.getName()));

    assertThat(stderr).contains("Full thread dump").contains("waitsForEver");
  }

  @Test
  void python_thatHangs_leavesTheStackOfEachThread() throws Exception {
    Python.assumePresent();

    assertThat(stderrOf(Python.badDriver("hang")))
        .contains("most recent call first")
        .contains("in hang");
  }

  @Test
  void jvm_belowAShell_isAskedToo() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String stderr = stderrOf(List.of(
        "sh",
        "-c",
        "'%s' -XX:TieredStopAtLevel=1 -cp '%s' %s --subject '%s'; exit 5"
            .formatted(
                java,
                System.getProperty("java.class.path"),
                DriverMain.class.getName(),
                Hanging.class.getName())));

    assertThat(stderr).contains("Full thread dump").contains("waitsForEver");
  }
}
