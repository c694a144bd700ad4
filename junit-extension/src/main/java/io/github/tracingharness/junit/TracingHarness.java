package io.github.tracingharness.junit;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.TrackingSpace;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test its own tracing pipeline and its own tracking server.
 *
 * <pre>{@code
 * @ExtendWith(TracingHarness.class)
 * class AnswerTest {
 *
 *   @Test
 *   void answer_isTraced(MlflowTracer tracer, Traces traces) {
 *     tracer.trace("answer", () -> new Service().answer("What is a span?"));
 *
 *     assertThat(traces.awaitTrace()).hasState(TraceState.OK).hasRoot("answer");
 *   }
 * }
 * }</pre>
 *
 * <p>A parameter of a test method, of {@code @BeforeEach} or of {@code @AfterEach} may be one of
 * the following.
 *
 * <ul>
 *   <li>{@link MlflowTracing}, {@link MlflowTracer}, {@link OpenTelemetry}, {@link Tracer}: the
 *       pipeline
 *   <li>{@link Traces}: what the server has stored
 *   <li>{@link TrackingSpace}: the test's part of the fake server, with faults, held answers and
 *       recorded calls
 *   <li>{@link ChildEnvironment}: variables for processes that trace into the same space
 *   <li>{@link ManualClock}: stops the time of spans
 *   <li>{@link FakeTrackingServer}: shared by all tests of the run; may be had anywhere
 * </ul>
 *
 * <p>Each invocation of a repeated or parameterized test counts as a test of its own; the dynamic
 * tests of one factory share what the factory got. The global OpenTelemetry is touched only if
 * {@link UsesGlobalOpenTelemetry} asks.
 *
 * <p>Tests run against a real tracking server instead of the fake one if the JUnit configuration
 * parameter or system property {@value #TRACKING_URI}, or else the environment variable
 * {@code TRACING_HARNESS_TRACKING_URI}, names its URL. {@code testcontainers} instead of a URL
 * starts MLflow in a container that all tests of the run share, and {@code testcontainers:IMAGE}
 * one of another image; this needs Docker and Testcontainers, which is an optional dependency.
 * Tests that need the fake are skipped then.
 *
 * <p>When a test fails, its traces and the calls that the server saw are published as the report
 * entry {@value #REPORT_ENTRY} and shown below the failure, and where JUnit takes files (5.12 and
 * newer) a page with their timelines is published as {@value #TIMELINE}.
 *
 * <p>Register it by {@code @ExtendWith}, or by {@code @RegisterExtension} on a static or an
 * instance field with a {@link #builder()} where many tests share settings that differ from the
 * defaults; {@link TracingConfig} wins over both. Where it is registered more than once, as in a
 * nested class or a superclass too, the innermost registration serves the test, and on one class a
 * field rather than the annotation. The extension has no state that changes, so tests may run in
 * parallel.
 *
 * @since 0.1.0
 */
public final class TracingHarness
    implements ExecutionCondition,
        ParameterResolver,
        BeforeEachCallback,
        AfterEachCallback,
        InvocationInterceptor {

  /** Key of the report entry of a failed test. */
  public static final String REPORT_ENTRY = "tracing-harness";

  /** Name of the page with timelines of a failed test. */
  public static final String TIMELINE = "traces.html";

  /** JUnit configuration parameter with the URL of a real tracking server, or what starts one. */
  public static final String TRACKING_URI = "tracingharness.trackingUri";

  private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";

  private final HarnessSettings settings;

  /** Creates an extension with the defaults of {@link TracingConfig}. */
  public TracingHarness() {
    this(HarnessSettings.defaults());
  }

  TracingHarness(HarnessSettings settings) {
    this.settings = settings;
  }

  /** Returns a builder for use with {@code @RegisterExtension}. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return (type == FakeTrackingServer.class || Handles.has(type))
        && TestStore.isClaimedBy(this, context);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == FakeTrackingServer.class) {
      return TestStore.sharedServer(context).server();
    }
    if (context.getTestMethod().isPresent()) {
      try {
        return Handles.get(type, scope(context));
      } catch (ExtensionConfigurationException e) {
        // JUnit puts the parameter before the sentence of any other exception.
        throw new ParameterResolutionException(e.getMessage(), e);
      }
    }
    throw new ParameterResolutionException(type.getSimpleName()
        + " belongs to one test: take it as a parameter of the test method, of @BeforeEach or of"
        + " @AfterEach, not of " + parameter.getDeclaringExecutable().toGenericString() + ".");
  }

  /** Lends the global OpenTelemetry to a test that asks for it. */
  @Override
  public void beforeEach(ExtensionContext context) {
    if (!TestStore.isClaimedBy(this, context)) {
      return;
    }
    TestStore.keepContext(context, Context.current());
    if (Annotations.find(context, UsesGlobalOpenTelemetry.class).isPresent()) {
      TestStore.lendGlobal(context, scope(context).tracing().openTelemetry());
    }
  }

  /**
   * Shows what a failed test had; in strict mode fails one that passed in spite of warnings.
   *
   * @throws AssertionError if a strict test has warnings left
   */
  @Override
  public void afterEach(ExtensionContext context) {
    if (!TestStore.isClaimedBy(this, context)) {
      return;
    }
    boolean leftCurrent = restoreContext(context);
    TestScope scope = TestStore.existingScope(context);
    Throwable failure = context.getExecutionException().orElse(null);
    if (scope != null && failure != null) {
      FailureReport.publish(failure, scope, context);
    } else if (scope != null && scope.settings().strict()) {
      boolean alone =
          !context.getConfigurationParameter(PARALLEL).map(Boolean::valueOf).orElse(false);
      AssertionError unnoticed = StrictMode.check(scope, leftCurrent, alone);
      if (unnoticed != null) {
        FailureReport.publish(unnoticed, scope, context);
        throw unnoticed;
      }
    }
  }

  /** Shows what a failed dynamic test had; JUnit tells no other callback of it. */
  @Override
  public void interceptDynamicTest(
      Invocation<@Nullable Void> invocation,
      DynamicTestInvocationContext invocationContext,
      ExtensionContext context)
      throws Throwable {
    try {
      invocation.proceed();
    } catch (Throwable failure) {
      TestScope scope = TestStore.existingScope(context);
      if (scope != null && TestStore.isClaimedBy(this, context)) {
        FailureReport.publish(failure, scope, context);
      }
      throw failure;
    }
  }

  /** Skips tests that need the fake server where a real one is asked for. */
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    TestStore.claim(context, this);
    Optional<String> real = RealServers.setting(context);
    Optional<Method> test = context.getTestMethod();
    if (real.isPresent() && test.isPresent()) {
      boolean takesSpace = List.of(test.get().getParameterTypes()).contains(TrackingSpace.class);
      if (takesSpace || settings(context).needsFakeServer()) {
        return ConditionEvaluationResult.disabled("The test needs the fake server ("
            + (takesSpace ? "its TrackingSpace" : "faults, latency, storage or Unity Catalog")
            + "), but it runs against " + real.get() + ".");
      }
    }
    return ConditionEvaluationResult.enabled("");
  }

  /**
   * A span that a test left current on its thread must not become the parent of the next test's
   * spans.
   *
   * @return whether one was left
   */
  @SuppressWarnings("MustBeClosedChecker") // the context from before is to stay
  private static boolean restoreContext(ExtensionContext context) {
    Context before = TestStore.keptContext(context);
    if (before == null || before == Context.current()) {
      return false;
    }
    Scope unused = before.makeCurrent();
    return true;
  }

  private TestScope scope(ExtensionContext context) {
    return TestStore.scope(context, settings(context));
  }

  private HarnessSettings settings(ExtensionContext context) {
    return Annotations.find(context, TracingConfig.class)
        .map(HarnessSettings::of)
        .orElse(settings);
  }

  /**
   * Settings of an extension; each has the default of {@link TracingConfig}. What may be set is
   * checked when the first test asks for its pipeline, unless stated otherwise.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private final List<ScriptedFault> faults = new ArrayList<>();
    private boolean async;
    private int maxRetries;
    private double backoffSeconds;
    private Duration requestTimeout;
    private int maxQueueSize;
    private int maxWorkers;
    private int maxSpanBatchSize;
    private Duration maxBatchInterval;
    private String experiment;
    private String unityCatalogSchema;
    private double samplingRatio;
    private boolean serverStoresSpans;
    private Duration latency;
    private boolean strict;
    private Duration awaitLimit;

    private Builder() {
      HarnessSettings defaults = HarnessSettings.defaults();
      async = defaults.async();
      maxRetries = defaults.maxRetries();
      backoffSeconds = defaults.backoffSeconds();
      requestTimeout = defaults.requestTimeout();
      maxQueueSize = defaults.maxQueueSize();
      maxWorkers = defaults.maxWorkers();
      maxSpanBatchSize = defaults.maxSpanBatchSize();
      maxBatchInterval = defaults.maxBatchInterval();
      experiment = defaults.experiment();
      unityCatalogSchema = defaults.unityCatalogSchema();
      samplingRatio = defaults.samplingRatio();
      serverStoresSpans = defaults.serverStoresSpans();
      latency = defaults.latency();
      strict = defaults.strict();
      awaitLimit = defaults.awaitLimit();
    }

    /** Sets whether traces are exported in the background; default true. */
    public Builder async(boolean inBackground) {
      async = inBackground;
      return this;
    }

    /** Sets how often a failed request is sent again, 0 to 10; default 7. */
    public Builder maxRetries(int retries) {
      maxRetries = retries;
      return this;
    }

    /** Sets the base of the growing waits between attempts, 0 to 120 s; default 0. */
    public Builder backoffSeconds(double seconds) {
      backoffSeconds = seconds;
      return this;
    }

    /** Sets the limit of one HTTP attempt; positive; default 30 s. */
    public Builder requestTimeout(Duration limit) {
      requestTimeout = Objects.requireNonNull(limit, "limit");
      return this;
    }

    /** Sets how many traces may wait for their export; default 1000. */
    public Builder maxQueueSize(int traces) {
      maxQueueSize = traces;
      return this;
    }

    /** Sets how many traces are exported at once; default 10. */
    public Builder maxWorkers(int workers) {
      maxWorkers = workers;
      return this;
    }

    /** Sets how many spans travel together to Unity Catalog; default 5. */
    public Builder maxSpanBatchSize(int spans) {
      maxSpanBatchSize = spans;
      return this;
    }

    /** Sets how long a span waits for its batch to become full; positive; default 5 s. */
    public Builder maxBatchInterval(Duration interval) {
      maxBatchInterval = Objects.requireNonNull(interval, "interval");
      return this;
    }

    /**
     * Sets the name of the experiment where traces are stored; by default that of the test class
     * and method. A real server, where names are unique, gets it with a random end.
     */
    public Builder experiment(String name) {
      experiment = Objects.requireNonNull(name, "name");
      return this;
    }

    /**
     * Sets the schema of Unity Catalog where traces are stored, as {@code catalog.schema}; the
     * server then plays a Databricks workspace. By default an experiment of each test's own.
     */
    public Builder unityCatalogSchema(String schema) {
      unityCatalogSchema = Objects.requireNonNull(schema, "schema");
      return this;
    }

    /** Sets the share of the traces that are recorded, 0 to 1; default 1. */
    public Builder samplingRatio(double ratio) {
      samplingRatio = ratio;
      return this;
    }

    /** Sets whether the server stores spans that it gets by OTLP; default true. */
    public Builder serverStoresSpans(boolean stores) {
      serverStoresSpans = stores;
      return this;
    }

    /** Sets how long the server waits before each answer; default not at all. */
    public Builder latency(Duration wait) {
      latency = Objects.requireNonNull(wait, "wait");
      return this;
    }

    /**
     * Adds a step to the fault script of an endpoint.
     *
     * @param on whose calls are meant
     * @param fault what happens to each
     * @param times for how many calls; 0 for all, then no other fault may follow
     */
    public Builder fault(Endpoint on, Fault fault, int times) {
      faults.add(new ScriptedFault(
          Objects.requireNonNull(on, "on"), Objects.requireNonNull(fault, "fault"), times));
      return this;
    }

    /**
     * Sets whether a test fails for {@linkplain Traces#warnings() warnings} that it did not ask
     * for; default false.
     */
    public Builder strict(boolean failForWarnings) {
      strict = failForWarnings;
      return this;
    }

    /** Sets how long {@link Traces} waits; positive; default 5 s. */
    public Builder awaitLimit(Duration limit) {
      awaitLimit = Objects.requireNonNull(limit, "limit");
      return this;
    }

    /**
     * Builds the extension.
     *
     * @throws IllegalArgumentException if a duration is not allowed
     */
    public TracingHarness build() {
      return new TracingHarness(new HarnessSettings(
          async,
          maxRetries,
          backoffSeconds,
          requestTimeout,
          maxQueueSize,
          maxWorkers,
          maxSpanBatchSize,
          maxBatchInterval,
          experiment,
          unityCatalogSchema,
          samplingRatio,
          serverStoresSpans,
          latency,
          faults,
          strict,
          awaitLimit));
    }
  }
}
