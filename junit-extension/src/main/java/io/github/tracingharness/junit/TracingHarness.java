package io.github.tracingharness.junit;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.TrackingSpace;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

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
 * <p>A parameter of a test method, of {@code @BeforeEach} or of {@code @AfterEach} may be a
 * {@link MlflowTracing}, {@link MlflowTracer}, {@link OpenTelemetry}, {@link Tracer},
 * {@link Traces}, {@link TrackingSpace} or {@link FakeTrackingServer}; the last one is shared by
 * all tests of the run and may be had anywhere. Each invocation of a repeated or parameterized test
 * counts as a test of its own; the dynamic tests of one factory share what the factory got.
 *
 * <p>When a test fails, its traces and the calls that the server saw are printed and published as
 * the report entry {@value #REPORT_ENTRY}.
 *
 * <p>Register it by {@code @ExtendWith}, or by {@code @RegisterExtension} with a {@link #builder()}
 * where many tests share settings that differ from the defaults; {@link TracingConfig} wins over
 * both.
 *
 * @since 0.1.0
 */
public final class TracingHarness implements ParameterResolver, AfterEachCallback {

  /** Key of the report entry of a failed test. */
  public static final String REPORT_ENTRY = "tracing-harness";

  private static final int MAX_EXPERIMENT_NAME = 250;
  private static final Namespace NAMESPACE = Namespace.create(TracingHarness.class);
  private static final Map<Class<?>, Function<TestScope, Object>> HANDLES = Map.of(
      MlflowTracing.class, TestScope::tracing,
      MlflowTracer.class, scope -> scope.tracing().tracer(),
      OpenTelemetry.class, scope -> scope.tracing().openTelemetry(),
      Tracer.class, scope -> scope.tracing().openTelemetry().getTracer("test"),
      Traces.class, TestScope::traces,
      TrackingSpace.class, TestScope::space,
      FakeTrackingServer.class, TestScope::server);

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
    return HANDLES.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (context.getTestMethod().isPresent()) {
      return Objects.requireNonNull(HANDLES.get(type)).apply(scope(context));
    }
    if (type == FakeTrackingServer.class) {
      return server(context);
    }
    throw new ParameterResolutionException(type.getSimpleName()
        + " belongs to one test: take it as a parameter of the test method, of @BeforeEach or of"
        + " @AfterEach, not of " + parameter.getDeclaringExecutable().toGenericString() + ".");
  }

  /** Shows what a failed test had. */
  @Override
  public void afterEach(ExtensionContext context) {
    TestScope scope = context.getStore(NAMESPACE).get(key(context), TestScope.class);
    if (scope != null && context.getExecutionException().isPresent()) {
      String picture = scope.traces().describe();
      context.publishReportEntry(REPORT_ENTRY, picture);
      System.out.println(context.getDisplayName() + " failed with:\n" + picture);
    }
  }

  private TestScope scope(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            key(context),
            key -> TestScope.open(server(context), settings(context), name(context)),
            TestScope.class);
  }

  private static FakeTrackingServer server(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(SharedServer.class, key -> new SharedServer(), SharedServer.class)
        .server();
  }

  private HarnessSettings settings(ExtensionContext context) {
    for (@Nullable ExtensionContext level = context;
        level != null;
        level = level.getParent().orElse(null)) {
      Optional<TracingConfig> config =
          level.getElement().flatMap(e -> AnnotationSupport.findAnnotation(e, TracingConfig.class));
      if (config.isPresent()) {
        return HarnessSettings.of(config.get());
      }
    }
    return settings;
  }

  private static String name(ExtensionContext context) {
    String name = context.getRequiredTestClass().getSimpleName() + "."
        + context.getRequiredTestMethod().getName();
    return name.length() <= MAX_EXPERIMENT_NAME ? name : name.substring(0, MAX_EXPERIMENT_NAME);
  }

  /** A store also looks into its parents, so that a test must not share its key with them. */
  private static String key(ExtensionContext context) {
    return context.getUniqueId();
  }

  /**
   * Settings of an extension; each has the default of {@link TracingConfig}.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private boolean async = HarnessSettings.defaults().async();
    private boolean serverStoresSpans = HarnessSettings.defaults().serverStoresSpans();
    private Duration awaitLimit = HarnessSettings.defaults().awaitLimit();

    private Builder() {}

    /** Sets whether traces are exported in the background; default true. */
    public Builder async(boolean inBackground) {
      async = inBackground;
      return this;
    }

    /** Sets whether the server stores spans that it gets by OTLP; default true. */
    public Builder serverStoresSpans(boolean stores) {
      serverStoresSpans = stores;
      return this;
    }

    /** Sets how long {@link Traces} waits; default 5 s. */
    public Builder awaitLimit(Duration limit) {
      if (limit.isNegative() || limit.isZero()) {
        throw new IllegalArgumentException("limit must be positive, not " + limit);
      }
      awaitLimit = limit;
      return this;
    }

    /** Builds the extension. */
    public TracingHarness build() {
      HarnessSettings defaults = HarnessSettings.defaults();
      return new TracingHarness(new HarnessSettings(
          async,
          defaults.maxRetries(),
          defaults.backoffSeconds(),
          defaults.requestTimeout(),
          defaults.maxQueueSize(),
          defaults.maxWorkers(),
          serverStoresSpans,
          awaitLimit));
    }
  }
}
