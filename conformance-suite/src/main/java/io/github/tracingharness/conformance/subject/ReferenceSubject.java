package io.github.tracingharness.conformance.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.core.MlflowTracing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The reference: {@code harness-core}'s tracer with its exporters for MLflow and Databricks. */
public final class ReferenceSubject implements ExporterSubject {

  private static final List<String> CONFIG = List.of(
      "async",
      "retry.max_attempts",
      "retry.base_ms",
      "retry.budget_ms",
      "timeout_ms",
      "queue.max_size",
      "queue.workers",
      "batch.max_size",
      "batch.interval_ms",
      "provider",
      "auth.bearer",
      "auth.basic",
      "span_processor",
      "MLFLOW_TRACE_SAMPLING_RATIO",
      "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT",
      "MLFLOW_TRACE_TIMEOUT_SECONDS",
      "MLFLOW_TRACE_TIMEOUT_CHECK_INTERVAL_SECONDS",
      "MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER",
      "MLFLOW_WORKSPACE",
      "MLFLOW_TRACE_ENABLE_OTLP_DUAL_EXPORT",
      "OTEL_EXPORTER_OTLP_ENDPOINT",
      "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
      "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
      "OTEL_EXPORTER_OTLP_HEADERS",
      "OTEL_EXPORTER_OTLP_COMPRESSION",
      "OTEL_SERVICE_NAME");
  private static final List<String> SPANS = List.of(
      "attributes",
      "events",
      "status",
      "raise",
      "never-ended",
      "end-order",
      "end-twice",
      "concurrency",
      "otel-api",
      "destination",
      "remote-parent",
      "tell.active_span",
      "tell.headers",
      "mlflow.inputs",
      "mlflow.trace",
      "mlflow.context",
      "mlflow.prompts",
      "mlflow.state",
      "mlflow.previews",
      "mlflow.attachment",
      "mlflow.sampling-ratio");

  private final UnaryOperator<MlflowTracing.Builder> variation;

  /** The reference as it is. */
  public ReferenceSubject() {
    this(builder -> builder);
  }

  /** The reference with something of its pipeline replaced, such as its transport. */
  public ReferenceSubject(UnaryOperator<MlflowTracing.Builder> variation) {
    this.variation = variation;
  }

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public String version() {
    String version = MlflowTracing.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  @Override
  public ObjectNode capabilities() {
    ObjectNode capabilities = JsonNodeFactory.instance.objectNode();
    fill(
        capabilities.putArray("destinations"),
        List.of("mlflow-v3", "mlflow-otlp", "databricks-v3", "databricks-uc"));
    fill(capabilities.putArray("pipeline"), List.of("batch"));
    capabilities.put("ids", "own").put("times", "given").put("sessions", "many");
    fill(capabilities.putArray("ops"), List.of("flush", "shutdown", "observe", "stats"));
    fill(capabilities.putArray("config"), CONFIG);
    fill(capabilities.putArray("spans"), SPANS);
    fill(capabilities.putArray("environment"), List.of("databricks-notebook"));
    ObjectNode retry = capabilities.putObject("retry");
    retry.put("base_ms", 2_000).put("factor", 2).put("jitter_ms", 1_000).put("cap_ms", 120_000);
    List.of(408, 429, 500, 502, 503, 504).forEach(retry.putArray("retryable")::add);
    return capabilities;
  }

  private static void fill(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }

  @Override
  public Session open(SessionConfig config) {
    // No environment of the machine: a variable there must not decide what is judged.
    MlflowTracing.Builder builder = MlflowTracing.builder().environment(environment(config));
    if (!(config.destination() instanceof Destination.MlflowOtlp)) {
      builder
          .trackingUri(inDatabricks(config) ? "databricks" : config.endpoint())
          .destination(Application.location(config.destination()));
    }
    config.ifFlag("async", builder::asyncExport);
    config
        .get("environment")
        .ifPresent(value -> builder.notebook(value.asText().equals("databricks-notebook")));
    config.ifNumber("retry.max_attempts", attempts -> builder.maxRetries(attempts - 1));
    config.get("retry.base_ms").ifPresent(base -> backoff(builder, base.asDouble()));
    config.ifMillis("timeout_ms", builder::requestTimeout);
    config.ifNumber("queue.max_size", builder::maxQueueSize);
    config.ifNumber("queue.workers", builder::maxWorkers);
    config.ifNumber("batch.max_size", builder::maxSpanBatchSize);
    config.ifMillis("batch.interval_ms", builder::maxBatchInterval);
    config.get("auth.basic").ifPresent(pair -> basicAuth(builder, pair));
    if (!inDatabricks(config)) {
      config.get("auth.bearer").ifPresent(token -> builder.token(token.asText()));
    }
    if (config.get("span_processor").isPresent()) {
      builder.spanProcessor(span -> {
        throw new IllegalStateException("the application's processor fails");
      });
    }
    boolean unified =
        config.get("provider").filter(p -> p.asText().equals("unified")).isPresent();
    builder.useDefaultTracerProvider(!unified);
    MlflowTracing tracing = variation.apply(builder).build();
    return new ReferenceSession(
        tracing, unified ? Application.unified(tracing) : Application.isolated(tracing));
  }

  /** What is set by variables alone: the budget, and the workspace as an application has it. */
  private static Map<String, String> environment(SessionConfig config) {
    Map<String, String> variables = new HashMap<>(config.nativeVariables());
    config.ifMillis("retry.budget_ms", budget -> {
      String seconds = Double.toString(budget.toMillis() / 1e3);
      variables.put("MLFLOW_ASYNC_TRACE_LOGGING_RETRY_TIMEOUT", seconds);
      variables.put("MLFLOW_DATABRICKS_ENDPOINT_HTTP_RETRY_TIMEOUT", seconds);
    });
    if (inDatabricks(config)) {
      variables.put("DATABRICKS_HOST", config.endpoint());
      config
          .get("auth.bearer")
          .ifPresent(token -> variables.put("DATABRICKS_TOKEN", token.asText()));
    }
    return variables;
  }

  private static boolean inDatabricks(SessionConfig config) {
    return config.destination() instanceof Destination.DatabricksV3
        || config.destination() instanceof Destination.UnityCatalog;
  }

  /** A case that sets the base wants to know the waits, so there is no jitter then. */
  private static void backoff(MlflowTracing.Builder builder, double baseMillis) {
    builder.backoffFactor(baseMillis / 1_000).backoffJitter(0);
  }

  private static void basicAuth(MlflowTracing.Builder builder, JsonNode pair) {
    builder.basicAuth(pair.path("username").asText(), pair.path("password").asText());
  }

  /** What the reference says of a flush or a shutdown, in the words of the protocol. */
  static Outcome outcome(io.github.tracingharness.core.FlushResult result) {
    return switch (result.status()) {
      case SUCCESS -> Outcome.SUCCESS;
      case FAILURE -> Outcome.FAILURE;
      case TIMEOUT -> Outcome.TIMEOUT;
    };
  }
}
