package io.github.tracingharness.junit;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.server.TrackingSpace;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** What a test may have as a parameter, by type. */
final class Handles {

  private static final Map<Class<?>, Function<TestScope, Object>> OF_A_TEST = Map.of(
      MlflowTracing.class, TestScope::tracing,
      MlflowTracer.class, scope -> scope.tracing().tracer(),
      OpenTelemetry.class, scope -> scope.tracing().openTelemetry(),
      Tracer.class, scope -> scope.tracing().openTelemetry().getTracer("test"),
      Traces.class, TestScope::traces,
      TrackingSpace.class, Handles::space,
      ChildEnvironment.class, TestScope::childEnvironment,
      ManualClock.class, TestScope::manualClock);

  private Handles() {}

  static boolean has(Class<?> type) {
    return OF_A_TEST.containsKey(type);
  }

  static Object get(Class<?> type, TestScope scope) {
    return Objects.requireNonNull(OF_A_TEST.get(type)).apply(scope);
  }

  private static TrackingSpace space(TestScope scope) {
    if (scope.backend() instanceof FakeBackend fake) {
      return fake.space();
    }
    throw new ParameterResolutionException("A TrackingSpace is part of the fake server, but the"
        + " test runs against " + scope.backend().trackingUri() + ".");
  }
}
