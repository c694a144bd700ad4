package io.github.tracingharness.conformance.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.trace.TraceContext;
import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.core.tracer.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The application of a session: the reference tracer, beside an OpenTelemetry SDK of its own that
 * shares its spans with MLflow or keeps them for itself.
 *
 * @param mlflow makes MLflow's spans
 * @param otel makes spans by the plain OpenTelemetry API
 */
record Application(MlflowTracer mlflow, Tracer otel) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCOPE = "application";

  /** An application whose own SDK has the pipeline among its span processors. */
  static Application unified(MlflowTracing tracing) {
    OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder()
            .addSpanProcessor(tracing.spanProcessor())
            .build())
        .build();
    return new Application(tracing.tracer(sdk), sdk.getTracer(SCOPE));
  }

  /** An application whose own SDK knows nothing of MLflow. */
  static Application isolated(MlflowTracing tracing) {
    return new Application(tracing.tracer(), SdkTracerProvider.builder().build().get(SCOPE));
  }

  /** Starts a span where the case wants it. */
  @SuppressWarnings("try") // A scope is there to be closed.
  MadeSpan start(SpanSpec spec, MadeSpan parent) {
    try (Scope above = above(spec, parent);
        Scope destination = destination(spec.destination());
        Scope surroundings = surroundings(spec)) {
      if (spec.otelApi()) {
        return MadeByOtel.start(otel, spec, () -> mlflow.currentTrace().traceId());
      }
      SpanBuilder builder = mlflow.spanBuilder(spec.name());
      if (parent instanceof MadeByMlflow known) {
        builder.parent(known.span());
      }
      return MadeByMlflow.start(builder, spec);
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // The caller closes it.
  private Scope above(SpanSpec spec, MadeSpan parent) {
    return spec.remoteParent().isEmpty()
        ? parent.makeCurrent()
        : mlflow.continueTrace(spec.remoteParent());
  }

  @SuppressWarnings("MustBeClosedChecker") // The caller closes it.
  private Scope destination(@Nullable Destination destination) {
    return destination == null ? Scope.noop() : mlflow.useDestination(location(destination));
  }

  @SuppressWarnings("MustBeClosedChecker") // The caller closes it.
  private Scope surroundings(SpanSpec spec) {
    TraceContext context = spec.traceContext();
    return context.equals(TraceContext.empty()) ? Scope.noop() : mlflow.useTraceContext(context);
  }

  /** Asks MLflow's API while the span is current. */
  @SuppressWarnings("try") // A scope is there to be closed.
  Map<String, JsonNode> tell(List<String> names, MadeSpan span) {
    try (Scope ignored = span.makeCurrent()) {
      Map<String, JsonNode> told = new LinkedHashMap<>();
      for (String name : names) {
        switch (name) {
          case "active_span" ->
            told.put(
                name,
                JSON.valueToTree(mlflow.currentSpan().map(LiveSpan::spanId).orElse(null)));
          case "headers" -> told.put(name, JSON.valueToTree(mlflow.tracingContextHeaders()));
          default -> {}
        }
      }
      return told;
    }
  }

  /** Returns the location that the reference has for a destination. */
  static TraceLocation location(Destination destination) {
    if (destination instanceof Destination.UnityCatalog tables) {
      return tables.tablePrefix() == null
          ? new TraceLocation.UcSchema(tables.catalog(), tables.schema())
          : new TraceLocation.UcTablePrefix(
              tables.catalog(),
              tables.schema(),
              tables.tablePrefix(),
              String.valueOf(tables.spansTable()));
    }
    if (destination instanceof Destination.DatabricksV3 experiment) {
      return new TraceLocation.Experiment(experiment.experimentId());
    }
    return new TraceLocation.Experiment(((Destination.MlflowV3) destination).experimentId());
  }
}
