package io.github.tracingharness.conformance.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.cases.MlflowCases;
import io.github.tracingharness.conformance.driver.DriverMain;
import io.github.tracingharness.conformance.driver.Listening;
import io.github.tracingharness.conformance.driver.OneShotProgram;
import io.github.tracingharness.conformance.engine.Subject;
import io.github.tracingharness.conformance.judge.CaseVerdict;
import io.github.tracingharness.conformance.judge.CheckVerdict;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.subject.ReferenceSubject;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same exporter gets the same verdicts, however it is driven. */
class VerdictIdentityTest {

  @TempDir
  private Path directory;

  private static List<String> java(String... more) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        DriverMain.class.getName(),
        "--subject",
        ReferenceSubject.class.getName()));
    command.addAll(List.of(more));
    return command;
  }

  private static Subject inJvm() {
    return Subject.inJvm("reference", new ReferenceSubject());
  }

  /** Everything but what needs a process of the subject's own. */
  private static List<ConformanceCase> everywhere() {
    return MlflowCases.registry().all().stream()
        .filter(c -> !SoundSubjects.needsProcess(c))
        .toList();
  }

  /** Id of the case with its verdict, then each of its checks with theirs. */
  private Map<String, String> verdicts(Subject subject, List<ConformanceCase> cases)
      throws Exception {
    Map<String, String> verdicts = new LinkedHashMap<>();
    for (CaseResult result : SelfTestRun.of(subject, cases, directory).cases()) {
      CaseVerdict verdict = result.verdict();
      verdicts.put(
          verdict.caseId(),
          verdict.verdict()
              + " "
              + verdict.checks().stream().map(VerdictIdentityTest::word).toList());
    }
    return verdicts;
  }

  private static String word(CheckVerdict check) {
    return check.id() + " " + check.verdict();
  }

  @Test
  void reference_inThisJvmInItsOwnAndAttached_hasTheSameVerdicts() throws Exception {
    InetSocketAddress address =
        InetSocketAddress.createUnresolved("127.0.0.1", Listening.serve(new ReferenceSubject()));

    Map<String, String> inJvm = verdicts(inJvm(), everywhere());

    assertThat(verdicts(Subject.process("forked", java(), Map.of(), directory), everywhere()))
        .isEqualTo(inJvm);
    assertThat(verdicts(Subject.attached("attached", address), everywhere())).isEqualTo(inJvm);
  }

  @Test
  void reference_asOneShotProgram_hasTheSameVerdictWhereItCanBeAsked() throws Exception {
    List<ConformanceCase> cases = someOfEachFamily(4);
    ObjectNode hello = JsonNodeFactory.instance.objectNode();
    hello.putObject("subject").put("name", "reference").put("version", "1").put("language", "java");
    ObjectNode capabilities = new ReferenceSubject().capabilities();
    capabilities.put("sessions", "one");
    capabilities.putArray("ops").add("flush").add("shutdown").add("exit");
    hello.set("capabilities", capabilities);
    Subject oneShot = Subject.oneShot(
        "one-shot", new OneShotProgram(java("--one-shot"), Map.of(), directory, Map.of(), hello));

    Map<String, String> played = withoutChecks(verdicts(oneShot, cases));
    Map<String, String> inJvm = withoutChecks(verdicts(inJvm(), cases));

    played.values().removeIf(verdict -> verdict.equals(Verdict.UNSUPPORTED.name()));
    assertThat(played).hasSizeGreaterThan(cases.size() / 3);
    Map<String, String> exits = new LinkedHashMap<>(played);
    exits.keySet().removeIf(id -> !inJvm.get(id).startsWith(Verdict.UNSUPPORTED.name()));
    assertThat(exits.values()).allMatch(verdict -> verdict.equals(Verdict.PASS.name()));
    played.keySet().removeAll(exits.keySet());
    assertThat(inJvm).containsAllEntriesOf(played);
  }

  /** Checks of results are taken out for a program that tells none; the case's verdict stands. */
  private static Map<String, String> withoutChecks(Map<String, String> verdicts) {
    verdicts.replaceAll((id, verdict) -> verdict.substring(0, verdict.indexOf(' ')));
    return verdicts;
  }

  private static List<ConformanceCase> someOfEachFamily(int count) {
    Map<String, List<ConformanceCase>> families = new LinkedHashMap<>();
    for (ConformanceCase c : MlflowCases.registry().all()) {
      List<ConformanceCase> family =
          families.computeIfAbsent(c.family(), name -> new ArrayList<>());
      if (family.size() < count) {
        family.add(c);
      }
    }
    return families.values().stream().flatMap(List::stream).toList();
  }
}
