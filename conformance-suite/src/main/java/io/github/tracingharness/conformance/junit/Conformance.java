package io.github.tracingharness.conformance.junit;

import io.github.tracingharness.conformance.expect.Expectations;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/** The cases of the suite as dynamic tests of JUnit Jupiter. */
public final class Conformance {

  private Conformance() {}

  /**
   * Returns a container for each family, and in it a test for each case:
   *
   * <pre>{@code
   * @TestFactory
   * Stream<DynamicNode> conformance() {
   *   return Conformance.dynamicTests(new MySubject(), "mlflow-3.17");
   * }
   * }</pre>
   *
   * <p>All cases are run when the first test is; a case that the exporter cannot be asked is an
   * aborted test. Some build tools name dynamic tests by their number only: where ids are wanted in
   * their reports, take {@link ExporterConformance}.
   *
   * @param sets sets of requirements; all when there is none
   * @throws IllegalArgumentException if a set does not exist
   */
  public static Stream<DynamicNode> dynamicTests(ExporterSubject subject, String... sets) {
    return dynamicTests(subject, List.of(sets), List.of());
  }

  /**
   * Returns tests for some of the cases.
   *
   * @param sets sets of requirements; all when empty
   * @param globs ids or families, such as {@code MLF-RETRY-*}; all when empty
   * @throws IllegalArgumentException if a set does not exist, or a glob matches no case
   * @see #dynamicTests(ExporterSubject, String...)
   */
  public static Stream<DynamicNode> dynamicTests(
      ExporterSubject subject, List<String> sets, List<String> globs) {
    List<ConformanceCase> cases = Selection.of(sets, globs);
    Run run = new Run(subject, cases);
    Map<String, List<DynamicNode>> families = new LinkedHashMap<>();
    for (ConformanceCase c : cases) {
      families
          .computeIfAbsent(c.family(), family -> new ArrayList<>())
          .add(DynamicTest.dynamicTest(c.id() + " " + c.title(), () -> run.report(c.id())));
    }
    return families.entrySet().stream()
        .map(family -> DynamicContainer.dynamicContainer(family.getKey(), family.getValue()));
  }

  /** Runs all cases once, when the first is asked for. */
  private static final class Run {

    private final ExporterSubject subject;
    private final List<ConformanceCase> cases;
    private final Map<String, CaseResult> results = new LinkedHashMap<>();

    Run(ExporterSubject subject, List<ConformanceCase> cases) {
      this.subject = subject;
      this.cases = cases;
    }

    private synchronized CaseResult result(String id) throws IOException, InterruptedException {
      if (results.isEmpty()) {
        String name = subject.getClass().getName();
        RunResult run = ConformanceRun.of(subject, cases, Expectations.NONE, name);
        run.cases().forEach(c -> results.put(c.conformanceCase().id(), c));
      }
      CaseResult result = results.get(id);
      if (result == null) {
        throw new IllegalStateException("the run has no result of " + id);
      }
      return result;
    }

    void report(String id) throws IOException, InterruptedException {
      Outcome outcome = Outcome.of(result(id));
      switch (outcome.status()) {
        case PASSED -> {}
        case SKIPPED -> throw new TestAbortedException(outcome.message());
        case FAILED -> throw new AssertionError(outcome.message());
      }
    }
  }
}
