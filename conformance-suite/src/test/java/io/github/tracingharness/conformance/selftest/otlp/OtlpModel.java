package io.github.tracingharness.conformance.selftest.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.history.SpanIds;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import io.github.tracingharness.conformance.subject.SessionConfig;
import io.github.tracingharness.conformance.subject.SpanSpec;
import io.github.tracingharness.conformance.subject.UnsupportedCommandException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A sound exporter of traces by OTLP/HTTP, small enough to be read: it shows that the cases can be
 * passed, and what they ask for. Its decisions are the methods of {@link Rules}.
 */
public final class OtlpModel implements ExporterSubject {

  private static final List<String> CONFIG = List.of(
      "OTEL_EXPORTER_OTLP_ENDPOINT",
      "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
      "OTEL_EXPORTER_OTLP_PROTOCOL",
      "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
      "OTEL_EXPORTER_OTLP_HEADERS",
      "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
      "OTEL_EXPORTER_OTLP_TIMEOUT",
      "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT",
      "OTEL_EXPORTER_OTLP_COMPRESSION",
      "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION",
      "OTEL_EXPORTER_OTLP_CERTIFICATE",
      "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE",
      "OTEL_EXPORTER_OTLP_CLIENT_KEY",
      "OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY",
      "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE",
      "OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE",
      "OTEL_EXPORTER_OTLP_INSECURE",
      "OTEL_EXPORTER_OTLP_TRACES_INSECURE",
      "OTEL_RESOURCE_ATTRIBUTES",
      "OTEL_SERVICE_NAME",
      "OTEL_SDK_DISABLED",
      "OTEL_BSP_SCHEDULE_DELAY",
      "OTEL_BSP_EXPORT_TIMEOUT",
      "OTEL_BSP_MAX_QUEUE_SIZE",
      "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
      "OTEL_ATTRIBUTE_COUNT_LIMIT",
      "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT",
      "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
      "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT",
      "OTEL_SPAN_EVENT_COUNT_LIMIT",
      "OTEL_SPAN_LINK_COUNT_LIMIT",
      "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT",
      "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT");
  private static final List<String> SPANS = List.of(
      "attributes",
      "events",
      "links",
      "status",
      "raise",
      "never-ended",
      "concurrency",
      "remote-parent",
      "kind",
      "trace-state",
      "scope",
      "scope-attributes",
      "not-sampled",
      "bytes",
      "kvlist",
      "int64",
      "nan",
      "lone-surrogate");

  private final Rules rules;

  /** The sound exporter. */
  public OtlpModel() {
    this(Rules.SOUND);
  }

  /** An exporter with rules of its own. */
  public OtlpModel(Rules rules) {
    this.rules = rules;
  }

  @Override
  public String name() {
    return "otlp-model";
  }

  @Override
  public String version() {
    return "1.0";
  }

  @Override
  public ObjectNode capabilities() {
    ObjectNode capabilities = JsonNodeFactory.instance.objectNode();
    fill(capabilities.putArray("destinations"), List.of("otlp-http-protobuf", "otlp-http-json"));
    fill(capabilities.putArray("pipeline"), List.of("direct", "batch"));
    capabilities.put("ids", "own").put("times", "given").put("sessions", "many");
    fill(capabilities.putArray("ops"), List.of("flush", "shutdown"));
    fill(capabilities.putArray("config"), CONFIG);
    fill(capabilities.putArray("spans"), SPANS);
    ObjectNode retry = capabilities.putObject("retry");
    retry
        .put("base_ms", RetryRules.BASE.toMillis())
        .put("factor", 2)
        .put("jitter", RetryRules.JITTER)
        .put("cap_ms", RetryRules.CAP.toMillis());
    List.of(429, 502, 503, 504).forEach(retry.putArray("retryable")::add);
    return capabilities;
  }

  private static void fill(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }

  @Override
  public Session open(SessionConfig config) {
    Diagnostics log = new Diagnostics();
    Settings settings = Settings.read(config.otelVariables(), rules.config(), log);
    SpanFactory spans = new SpanFactory(settings.limits(), rules.payload(), log);
    ModelExporter exporter = new ModelExporter(settings, rules, log);
    boolean direct =
        config.get("pipeline").filter(p -> p.asText().equals("direct")).isPresent();
    return direct
        ? new DirectSession(spans, exporter)
        : new BatchSession(
            spans,
            new BatchPipeline(settings.batching(), rules.pipeline(), exporter, log),
            exporter,
            settings.disabled());
  }

  private abstract static class ModelSession implements Session {

    @Override
    public Map<String, JsonNode> observe(List<String> what) {
      return Map.of();
    }

    @Override
    public Map<String, Long> stats() {
      return Map.of();
    }
  }

  /** The exporter alone. */
  private static final class DirectSession extends ModelSession {

    private final SpanFactory spans;
    private final ModelExporter exporter;

    DirectSession(SpanFactory spans, ModelExporter exporter) {
      this.spans = spans;
      this.exporter = exporter;
    }

    @Override
    public Map<String, SpanIds> emit(List<SpanSpec> specs) {
      throw new UnsupportedCommandException("the exporter alone takes finished spans only");
    }

    @Override
    public Exported export(List<SpanSpec> specs) {
      SpanFactory.Made made = spans.make(specs);
      ExportResult result = exporter.export(made.finished(), Deadline.NONE);
      return new Exported(
          made.refs(), result.success() ? Outcome.SUCCESS : Outcome.FAILURE, result.problem());
    }

    @Override
    public Outcome flush(Duration timeout) {
      return Outcome.SUCCESS;
    }

    @Override
    public Outcome shutdown(Duration timeout) {
      exporter.shutdown();
      return Outcome.SUCCESS;
    }

    @Override
    public void close() {
      exporter.shutdown();
    }
  }

  /** The exporter behind a batch span processor. */
  private static final class BatchSession extends ModelSession {

    private final SpanFactory spans;
    private final BatchPipeline pipeline;
    private final ModelExporter exporter;
    private final boolean disabled;

    BatchSession(
        SpanFactory spans, BatchPipeline pipeline, ModelExporter exporter, boolean disabled) {
      this.spans = spans;
      this.pipeline = pipeline;
      this.exporter = exporter;
      this.disabled = disabled;
    }

    @Override
    public Map<String, SpanIds> emit(List<SpanSpec> specs) {
      SpanFactory.Made made = spans.make(specs);
      if (!disabled) {
        made.finished().forEach(pipeline::onEnd);
      }
      return made.refs();
    }

    @Override
    public Outcome flush(Duration timeout) {
      return pipeline.flush(timeout.toMillis());
    }

    @Override
    public Outcome shutdown(Duration timeout) {
      return pipeline.shutdown(timeout.toMillis());
    }

    @Override
    public void close() {
      exporter.shutdown();
      pipeline.end();
    }
  }
}
