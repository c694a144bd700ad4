package io.github.tracingharness.conformance.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.EventConditions.uniqueIdSubstring;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.github.tracingharness.conformance.junit.example.BrokenDynamicExample;
import io.github.tracingharness.conformance.junit.example.BrokenExporterExample;
import io.github.tracingharness.conformance.junit.example.NothingToRunExample;
import io.github.tracingharness.conformance.junit.example.SoundDynamicExample;
import io.github.tracingharness.conformance.junit.example.SoundExporterExample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class ConformanceEngineTest {

  private static Events suite(Class<?> suite) {
    return EngineTestKit.engine("junit-platform-suite")
        .selectors(selectClass(suite))
        .execute()
        .allEvents();
  }

  private static Events jupiter(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(tests))
        .execute()
        .allEvents();
  }

  @Test
  void suite_soundExporter_eachCaseIsATestThatPasses() {
    Events events = suite(SoundExporterExample.class);

    events.assertStatistics(
        s -> s.started(8).succeeded(8).failed(0)); // engines, class, family and 4 cases
    events
        .assertThatEvents()
        .haveExactly(
            1, event(test(uniqueIdSubstring("case:MLF-SIZE-001")), finishedSuccessfully()));
    assertThat(Path.of("target", "conformance", SoundExporterExample.class.getName()))
        .isDirectoryContaining("glob:**/TEST-conformance.xml");
  }

  @Test
  void suite_brokenExporter_failsWithRequirementAndChecks() {
    suite(BrokenExporterExample.class)
        .assertThatEvents()
        .haveExactly(
            4,
            event(
                test(uniqueIdSubstring("case:MLF-SIZE-00")),
                finishedWithFailure(message(text ->
                    text.startsWith("FAIL of MUST MLF-SEM-SIZE-01: nothing was observed")))));
  }

  @Test
  void suite_setThatDoesNotExist_isRed() {
    assertThatThrownBy(() -> suite(NothingToRunExample.class))
        .rootCause()
        .hasMessageStartingWith("there is no set 'no-such-set'; known are mlflow-3.17");
  }

  @Test
  void engine_ordinaryDiscovery_answersNothing() {
    EngineTestKit.engine("tracing-harness-conformance")
        .selectors(
            selectClass(SoundExporterExample.class),
            selectPackage(SoundExporterExample.class.getPackageName()))
        .execute()
        .testEvents()
        .assertStatistics(s -> s.started(0).skipped(0));
  }

  @Test
  void dynamicTests_soundAndBrokenExporter_passAndFail() {
    jupiter(SoundDynamicExample.class)
        .assertThatEvents()
        .haveExactly(4, event(test(), finishedSuccessfully()));
    jupiter(BrokenDynamicExample.class)
        .assertThatEvents()
        .haveExactly(4, event(test(), finishedWithFailure()));
  }
}
