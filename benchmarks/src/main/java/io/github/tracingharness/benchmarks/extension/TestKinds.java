package io.github.tracingharness.benchmarks.extension;

import io.github.tracingharness.core.FlushResult;
import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.core.client.JdkHttpTransport;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingHarness;
import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.StoredTrace;
import io.github.tracingharness.server.TrackingSpace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

  /** As one would write it with one server, and connections to it, for all tests of a class. */
  @ExtendWith({Repetitions.class, Nothing.class})
  static final class ByHand {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static @Nullable FakeTrackingServer server;
    private static @Nullable HttpTransport network;

    @BeforeAll
    static void start() {
      server = FakeTrackingServer.start();
      network = new JdkHttpTransport();
    }

    @AfterAll
    static void stop() {
      Objects.requireNonNull(network).close();
      Objects.requireNonNull(server).close();
    }

    @TestTemplate
    void test(@Nullable MlflowTracer tracer, @Nullable Traces traces) throws InterruptedException {
      try (TrackingSpace space = Objects.requireNonNull(server).newSpace();
          MlflowTracing tracing = MlflowTracing.builder()
              .environment(Map.of())
              .trackingUri(space.trackingUri().toString())
              .experimentId(space.createExperiment("by hand"))
              .useDefaultTracerProvider(false)
              .transport(new Lent(Objects.requireNonNull(network)))
              .build()) {
        tracing.tracer().trace("answer", () -> {});
        FlushResult unusedResult = tracing.flush(LIMIT);
        List<StoredTrace> unusedTraces = space.awaitTraces(1, LIMIT);
      }
    }
  }

  /** Connections that no test closes. */
  private record Lent(HttpTransport network) implements HttpTransport {

    @Override
    public HttpAnswer send(HttpCall call) throws IOException, InterruptedException {
      return network.send(call);
    }

    @Override
    public void close() {}
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
