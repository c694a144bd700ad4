package io.github.tracingharness.benchmarks.extension;

import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingHarness;
import io.github.tracingharness.server.StoredTrace;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** The tests that are run, each as often as the run says. */
final class TestKinds {

  private TestKinds() {}

  /** With the parameters of the others, whose text JUnit keeps for each test until the end. */
  @ExtendWith({Repetitions.class, Nothing.class})
  static final class Empty {

    @TestTemplate
    void test(@Nullable MlflowTracer tracer, @Nullable Traces traces) {}
  }

  @ExtendWith({Repetitions.class, TracingHarness.class})
  static final class Injected {

    @TestTemplate
    void test(MlflowTracer tracer, Traces traces) {}
  }

  @ExtendWith({Repetitions.class, TracingHarness.class})
  static final class Traced {

    @TestTemplate
    void test(MlflowTracer tracer, Traces traces) {
      tracer.trace("answer", () -> {});
      StoredTrace unused = traces.awaitTrace();
    }
  }

  /** Gives null for every parameter. */
  static final class Nothing implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return true;
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return null;
    }
  }

  /** Like {@code @RepeatedTest}, with a number that is known when the tests are run. */
  static final class Repetitions implements TestTemplateInvocationContextProvider {

    static final String TESTS = "tests";

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
      return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
        ExtensionContext context) {
      int tests = context.getConfigurationParameter(TESTS, Integer::parseInt).orElseThrow();
      return IntStream.range(0, tests).mapToObj(test -> new TestTemplateInvocationContext() {});
    }
  }
}
