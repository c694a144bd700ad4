package io.github.tracingharness.conformance.junit;

import io.github.tracingharness.conformance.expect.Expectations;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.UriSelector;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;

/** Found by JUnit; does something only for a class with {@link ExporterConformance}. */
public final class ConformanceEngine implements TestEngine {

  /** Id of the engine. */
  static final String ID = "tracing-harness-conformance";

  /** The only selector that the engine answers; only {@link ExporterConformance} gives it. */
  static final String SELECTOR = "tracing-harness:conformance";

  /** Called by JUnit. */
  public ConformanceEngine() {}

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
    boolean asked = request.getSelectorsByType(UriSelector.class).stream()
        .anyMatch(selector -> selector.getUri().toString().equals(SELECTOR));
    return asked
        ? new Plan(uniqueId, suiteClass(uniqueId))
        : new EngineDescriptor(uniqueId, "Trace exporter conformance");
  }

  private static Class<?> suiteClass(UniqueId uniqueId) {
    String name = uniqueId.getSegments().stream()
        .filter(segment -> segment.getType().equals("suite"))
        .map(UniqueId.Segment::getValue)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(
            "the selector %s is for classes with @ExporterConformance".formatted(SELECTOR)));
    return ReflectionSupport.tryToLoadClass(name)
        .getOrThrow(e -> new IllegalStateException("the class " + name + " cannot be loaded", e));
  }

  @Override
  public void execute(ExecutionRequest request) {
    EngineExecutionListener listener = request.getEngineExecutionListener();
    TestDescriptor root = request.getRootTestDescriptor();
    listener.executionStarted(root);
    TestExecutionResult result = TestExecutionResult.successful();
    if (root instanceof Plan plan) {
      try {
        plan.report(plan.run(), listener);
      } catch (Exception | LinkageError e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        result = TestExecutionResult.failed(e);
      }
    }
    listener.executionFinished(root, result);
  }

  /** The cases of one class. */
  private static final class Plan extends EngineDescriptor {

    private final Class<?> suite;
    private final ExporterConformance settings;
    private final List<ConformanceCase> cases;

    Plan(UniqueId uniqueId, Class<?> suite) {
      super(uniqueId, "Trace exporter conformance");
      ExporterConformance annotation = suite.getAnnotation(ExporterConformance.class);
      if (annotation == null) {
        throw new IllegalStateException(suite.getName() + " has no @ExporterConformance");
      }
      this.suite = suite;
      this.settings = annotation;
      this.cases = Selection.of(List.of(settings.sets()), List.of(settings.cases()));
      Map<String, Node> families = new LinkedHashMap<>();
      for (ConformanceCase c : cases) {
        Node family = families.computeIfAbsent(c.family(), name -> {
          Node node = new Node(uniqueId.append("family", name), name, name, suite, Type.CONTAINER);
          addChild(node);
          return node;
        });
        UniqueId id = family.getUniqueId().append("case", c.id());
        family.addChild(new Node(id, c.id() + " " + c.title(), c.id(), suite, Type.TEST));
      }
    }

    RunResult run() throws Exception {
      ExporterSubject subject = ReflectionSupport.newInstance(settings.subject());
      Expectations expectations = settings.expectations().isEmpty()
          ? Expectations.NONE
          : Expectations.load(Path.of(settings.expectations()));
      return ConformanceRun.of(subject, cases, expectations, suite.getName());
    }

    void report(RunResult run, EngineExecutionListener listener) {
      Map<String, CaseResult> results = new HashMap<>();
      run.cases().forEach(c -> results.put(c.conformanceCase().id(), c));
      for (TestDescriptor family : getChildren()) {
        listener.executionStarted(family);
        for (TestDescriptor test : family.getChildren()) {
          CaseResult result = results.get(test.getLegacyReportingName());
          if (result == null) {
            throw new IllegalStateException("the run has no result of " + test.getDisplayName());
          }
          report(test, Outcome.of(result), listener);
        }
        listener.executionFinished(family, TestExecutionResult.successful());
      }
    }

    private static void report(
        TestDescriptor test, Outcome outcome, EngineExecutionListener listener) {
      if (outcome.status() == Outcome.Status.SKIPPED) {
        listener.executionSkipped(test, outcome.message());
        return;
      }
      listener.executionStarted(test);
      listener.executionFinished(
          test,
          outcome.status() == Outcome.Status.PASSED
              ? TestExecutionResult.successful()
              : TestExecutionResult.failed(new AssertionError(outcome.message())));
    }
  }

  /** A family or a case. */
  private static final class Node extends AbstractTestDescriptor {

    private final String reportingName;
    private final Type type;

    Node(UniqueId id, String displayName, String reportingName, Class<?> suite, Type type) {
      super(id, displayName, ClassSource.from(suite));
      this.reportingName = reportingName;
      this.type = type;
    }

    @Override
    public String getLegacyReportingName() {
      return reportingName;
    }

    @Override
    public Type getType() {
      return type;
    }
  }
}
