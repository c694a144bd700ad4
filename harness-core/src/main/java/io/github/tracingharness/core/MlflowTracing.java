package io.github.tracingharness.core;

import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.core.client.TrackingReader;
import io.github.tracingharness.core.export.ExportLedger.Counts;
import io.github.tracingharness.core.export.OverloadPolicy;
import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One pipeline of MLflow tracing, from the tracer to the tracking server.
 *
 * <pre>{@code
 * try (MlflowTracing tracing =
 *     MlflowTracing.builder().trackingUri("http://127.0.0.1:5000").experimentId("1").build()) {
 *   tracing.tracer().trace("answer", () -> service.answer("What is a span?"));
 * }
 * }</pre>
 *
 * <p>The application never sees a failure of the export: it is logged, counted in {@link #stats()}
 * and shown by the result of {@link #flush} and {@link #shutdown}. The JVM's exit shuts the
 * pipeline down if nobody did.
 *
 * @since 0.1.0
 */
public final class MlflowTracing implements AutoCloseable {

  /** Time limit of {@link #close()} and of the JVM's exit. */
  public static final Duration DEFAULT_SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);

  private final Pipeline pipeline;
  private final OpenTelemetry openTelemetry;
  private final MlflowTracer tracer;

  private MlflowTracing(Pipeline pipeline, OpenTelemetry openTelemetry, MlflowTracer tracer) {
    this.pipeline = pipeline;
    this.openTelemetry = openTelemetry;
    this.tracer = tracer;
  }

  /**
   * Returns the pipeline behind an OpenTelemetry, with a tracer that makes its spans through it; so
   * an application gets at the pipeline of {@code otel.traces.exporter=mlflow}. Empty if there is
   * none, or if it was added without its {@link #sampler(Sampler)}.
   */
  public static Optional<MlflowTracing> of(OpenTelemetry openTelemetry) {
    return Providers.pipelineBehind(Objects.requireNonNull(openTelemetry, "openTelemetry"))
        .map(pipeline ->
            new MlflowTracing(pipeline, openTelemetry, pipeline.providers().tracer(openTelemetry)));
  }

  /** Returns the names of all settings, as system property and environment variable. */
  public static Set<String> settingNames() {
    return Arrays.stream(Setting.values())
        .map(Setting::variable)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns a builder that takes every setting from the environment until it is set. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the tracer. */
  public MlflowTracer tracer() {
    return tracer;
  }

  /**
   * Returns the OpenTelemetry of this pipeline; spans made through it join the traces of
   * {@link #tracer()} and nest with its spans. In an isolated pipeline, which is the default, such
   * a span that is made current is not {@code Span.current()}; see
   * {@link Builder#useDefaultTracerProvider}.
   */
  public OpenTelemetry openTelemetry() {
    return openTelemetry;
  }

  /**
   * Returns a processor for the provider of an application's own OpenTelemetry SDK. All spans that
   * the SDK samples then belong to MLflow traces of this pipeline; {@link #tracer(OpenTelemetry)}
   * makes MLflow's spans through the same SDK.
   *
   * <pre>{@code
   * MlflowTracing tracing = MlflowTracing.builder().useDefaultTracerProvider(false).build();
   * OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
   *     .setTracerProvider(
   *         SdkTracerProvider.builder().addSpanProcessor(tracing.spanProcessor()).build())
   *     .build();
   * MlflowTracer tracer = tracing.tracer(sdk);
   * }</pre>
   *
   * <p>The shutdown of the provider shuts this pipeline down, its flush flushes it. A span with a
   * remote parent belongs to a trace of another process: it is sent, but no trace is started for
   * it. A span that is recorded but not sampled is left out.
   *
   * @throws IllegalStateException if the pipeline is isolated
   */
  public SpanProcessor spanProcessor() {
    requireUnified("spanProcessor()");
    return pipeline.spanProcessor();
  }

  /**
   * Returns a tracer whose spans are made by an application's own SDK, which has
   * {@link #spanProcessor()} among its processors; the SDK's sampler, ids, clock, limits and other
   * processors count for them.
   *
   * @throws IllegalStateException if the pipeline is isolated
   */
  public MlflowTracer tracer(OpenTelemetry applications) {
    requireUnified("tracer(OpenTelemetry)");
    return pipeline.providers().tracer(Objects.requireNonNull(applications, "applications"));
  }

  /**
   * Returns a sampler for an application's own OpenTelemetry SDK that records the share of the
   * traces that this pipeline is set to, and children as their root.
   */
  public Sampler sampler() {
    return pipeline.providers().sampler(null);
  }

  /**
   * Returns a sampler for an application's own OpenTelemetry SDK that lets another one decide. It
   * knows the ratio that a single MLflow root was given, and lets {@link #of} find this pipeline.
   */
  public Sampler sampler(Sampler otherwise) {
    return pipeline.providers().sampler(Objects.requireNonNull(otherwise, "otherwise"));
  }

  private void requireUnified(String method) {
    if (pipeline.providers().isIsolated()) {
      throw new IllegalStateException(
          method + " needs a pipeline that shares OpenTelemetry's current span, but this one is"
              + " isolated; build it with useDefaultTracerProvider(false) or set "
              + Setting.DEFAULT_PROVIDER.variable() + " to false.");
    }
  }

  /** Records spans again after {@link #disable()}; the state at the beginning. */
  public void enable() {
    pipeline.providers().enable();
  }

  /**
   * Records no span that starts from now on, until {@link #enable()}. Spans that are open go on and
   * their traces are exported.
   */
  public void disable() {
    pipeline.providers().disable();
  }

  /** Tells whether spans are recorded. */
  public boolean isEnabled() {
    return pipeline.providers().isEnabled();
  }

  /**
   * Sets where traces that start from now on are stored, unless {@link MlflowTracer#useDestination}
   * says otherwise where they start. Traces that are open stay where they are.
   *
   * @throws IllegalStateException if there is no tracking server because all traces go through OTLP
   */
  public void setDestination(TraceLocation location) {
    pipeline.setDestination(Objects.requireNonNull(location, "location"));
  }

  /** Returns the id of the trace whose root span ended last, on any thread: {@code tr-<32 hex>}. */
  public Optional<String> lastActiveTraceId() {
    return tracer.lastActiveTraceId();
  }

  /**
   * Returns what became of the spans that are exported through OTLP beside their MLflow
   * destination; all counts are 0 unless {@code MLFLOW_TRACE_ENABLE_OTLP_DUAL_EXPORT} is true.
   */
  public Counts otlpCopies() {
    return pipeline.otlpCopies();
  }

  /**
   * Returns what reads traces and experiments from the server, with this pipeline's credentials and
   * retries.
   *
   * @throws IllegalStateException if there is no server because all traces go through OTLP
   */
  public TrackingReader reader() {
    return pipeline.reader();
  }

  /** Returns what became of everything that was traced so far. */
  public TracingStats stats() {
    return pipeline.stats();
  }

  /**
   * Waits until everything that ended before this call is delivered or given up. Traces whose root
   * has ended are exported even if children are still open. Tracing goes on meanwhile.
   */
  public FlushResult flush(Duration timeout) {
    return pipeline.flush(Objects.requireNonNull(timeout, "timeout"));
  }

  /**
   * Ends the pipeline: takes no more spans, delivers what has ended, gives up what is left at the
   * time limit. A second call returns the first one's result.
   */
  public FlushResult shutdown(Duration timeout) {
    return pipeline.shutdown(Objects.requireNonNull(timeout, "timeout"));
  }

  /** Shuts down within {@link #DEFAULT_SHUTDOWN_TIMEOUT}. */
  @Override
  public void close() {
    shutdown(DEFAULT_SHUTDOWN_TIMEOUT);
  }

  /**
   * Settings of a pipeline. What is not set is taken from the system property, else from the
   * environment variable, both under MLflow's name, else it has its default. Property and variable
   * alone set the following.
   *
   * <ul>
   *   <li>{@code MLFLOW_TRACE_PROPAGATE_TO_OTEL_CONTEXT}: whether a span that becomes the current
   *       one of an isolated pipeline becomes OpenTelemetry's current span too; false
   *   <li>{@code OTEL_SDK_DISABLED}: whether nothing is recorded, whatever is enabled; false
   *   <li>{@code OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT}, {@code OTEL_SPAN_EVENT_COUNT_LIMIT},
   *       {@code OTEL_SPAN_LINK_COUNT_LIMIT}, {@code OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT}: limits of
   *       a span, which never touch MLflow's own attributes; 1024, 4096, 1024, none
   *   <li>{@code OTEL_SERVICE_NAME}, {@code OTEL_RESOURCE_ATTRIBUTES}: what the spans say of the
   *       process
   *   <li>{@code MLFLOW_TRACE_BUFFER_MAX_SIZE}: how many traces may be open at once; 1000
   *   <li>{@code MLFLOW_ASYNC_TRACE_LOGGING_RETRY_TIMEOUT}: limit in seconds of one request with
   *       all its attempts and waits; 500
   *   <li>{@code MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER}: whether {@code Retry-After} counts; true
   *   <li>{@code MLFLOW_ALLOW_HTTP_REDIRECTS}: whether redirects are followed; true
   *   <li>{@code MLFLOW_WORKSPACE}: workspace that every request names; none
   * </ul>
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private final Map<String, String> settings = new HashMap<>();
    private Map<String, String> environment = System.getenv();
    private @Nullable Boolean notebook;
    private @Nullable OverloadPolicy overload;
    private boolean compressSpans = true;
    private @Nullable HttpTransport transport;
    private @Nullable TraceLocation destination;
    private @Nullable URI otlpEndpoint;
    private final List<Consumer<LiveSpan>> spanProcessors = new ArrayList<>();
    private IdGenerator idGenerator = IdGenerator.random();
    private Clock clock = Clock.getDefault();

    private Builder() {}

    /**
     * Sets the URL of the tracking server; {@code MLFLOW_TRACKING_URI}; no default. A path prefix
     * is kept.
     */
    public Builder trackingUri(String uri) {
      return set(Setting.TRACKING_URI, uri);
    }

    /**
     * Sets the experiment that traces belong to; {@code MLFLOW_EXPERIMENT_ID}; default {@code 0}.
     */
    public Builder experimentId(String id) {
      return set(Setting.EXPERIMENT_ID, id);
    }

    /**
     * Sets where traces are stored, which wins over the experiment;
     * {@code MLFLOW_TRACING_DESTINATION}, whose text is the id of an experiment or
     * {@code <catalog>.<schema>} of Unity Catalog; no default.
     */
    public Builder destination(TraceLocation location) {
      destination = Objects.requireNonNull(location, "location");
      return this;
    }

    /**
     * Sets whether the pipeline is isolated; {@code MLFLOW_USE_DEFAULT_TRACER_PROVIDER}; default
     * true. An isolated pipeline has a current span of its own: spans of an application's
     * OpenTelemetry and those of the pipeline neither see each other nor share traces. Otherwise
     * MLflow's current span is OpenTelemetry's, so that all spans nest, and the pipeline can be put
     * beside an application's own SDK by {@link MlflowTracing#spanProcessor()}.
     */
    public Builder useDefaultTracerProvider(boolean isolated) {
      return set(Setting.DEFAULT_PROVIDER, Boolean.toString(isolated));
    }

    /**
     * Sets the share of the traces that are recorded, 0 to 1; {@code MLFLOW_TRACE_SAMPLING_RATIO};
     * default 1. Outside of that range {@link #build()} fails, while property and variable then
     * count as 1, with a warning.
     */
    public Builder samplingRatio(double ratio) {
      return set(Setting.SAMPLING_RATIO, Double.toString(ratio));
    }

    /**
     * Sets the URL at which an MLflow server takes spans through OTLP, for example
     * {@code http://127.0.0.1:5000/v1/traces}. Requests name the experiment, and have the
     * credentials if the URL has the origin of the tracking URI or there is no tracking URI. An
     * endpoint that is no MLflow server is better set by {@code OTEL_EXPORTER_OTLP_ENDPOINT}. In
     * both cases {@code io.opentelemetry:opentelemetry-exporter-otlp} is needed.
     */
    public Builder otlpEndpoint(URI url) {
      otlpEndpoint = Objects.requireNonNull(url, "url");
      return this;
    }

    /**
     * Sets the experiment by its name; {@code MLFLOW_EXPERIMENT_NAME}. The server is asked for its
     * id when the first trace is exported, and creates it if there is none. A trace whose
     * experiment the server does not tell is lost, with a warning. Of id and name the one from the
     * stronger source counts (builder, system property, environment); from one source they must
     * agree.
     */
    public Builder experimentName(String name) {
      return set(Setting.EXPERIMENT_NAME, name);
    }

    /**
     * Sets whether traces are exported in the background;
     * {@code MLFLOW_ENABLE_ASYNC_TRACE_LOGGING}; default true, but false in a Databricks notebook.
     */
    public Builder asyncExport(boolean async) {
      return set(Setting.ASYNC, Boolean.toString(async));
    }

    /**
     * Sets whether the application runs in a Databricks notebook; by default found out from the
     * environment.
     */
    public Builder notebook(boolean inDatabricksNotebook) {
      notebook = inDatabricksNotebook;
      return this;
    }

    /** Sets the bearer token; {@code MLFLOW_TRACKING_TOKEN}. It wins over user and password. */
    public Builder token(String token) {
      return set(Setting.TOKEN, token);
    }

    /**
     * Sets user and password; {@code MLFLOW_TRACKING_USERNAME} and
     * {@code MLFLOW_TRACKING_PASSWORD}.
     */
    public Builder basicAuth(String user, String password) {
      return set(Setting.USERNAME, user).set(Setting.PASSWORD, password);
    }

    /**
     * Sets how often a failed request is sent again, 0 to 10;
     * {@code MLFLOW_HTTP_REQUEST_MAX_RETRIES}; default 7.
     */
    public Builder maxRetries(int retries) {
      return set(Setting.MAX_RETRIES, Integer.toString(retries));
    }

    /**
     * Sets the base of the growing waits between attempts;
     * {@code MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR}; default 2. The first retry comes at once, the
     * next ones after twice, four times … the factor, at most 120 s.
     */
    public Builder backoffFactor(double seconds) {
      return set(Setting.BACKOFF_FACTOR, Double.toString(seconds));
    }

    /**
     * Sets the largest random addition to a wait; {@code MLFLOW_HTTP_REQUEST_BACKOFF_JITTER};
     * default 1.
     */
    public Builder backoffJitter(double seconds) {
      return set(Setting.BACKOFF_JITTER, Double.toString(seconds));
    }

    /**
     * Sets the time limit of one attempt; {@code MLFLOW_HTTP_REQUEST_TIMEOUT} in seconds; default
     * 120 s.
     */
    public Builder requestTimeout(Duration timeout) {
      return set(Setting.REQUEST_TIMEOUT, Setting.seconds(timeout));
    }

    /**
     * Sets how many traces may wait for their export;
     * {@code MLFLOW_ASYNC_TRACE_LOGGING_MAX_QUEUE_SIZE}; 1000.
     */
    public Builder maxQueueSize(int traces) {
      return set(Setting.MAX_QUEUE_SIZE, Integer.toString(traces));
    }

    /**
     * Sets what happens to a trace for which the export queue has no room: the newest is dropped,
     * which is the default, or the thread that ends it waits or exports it.
     */
    public Builder overloadPolicy(OverloadPolicy policy) {
      overload = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Sets how many traces are exported at once; {@code MLFLOW_ASYNC_TRACE_LOGGING_MAX_WORKERS};
     * default 10.
     */
    public Builder maxWorkers(int workers) {
      return set(Setting.MAX_WORKERS, Integer.toString(workers));
    }

    /**
     * Sets how many spans travel together to Unity Catalog, 1 to 10,000; 1 stands for no batches;
     * {@code MLFLOW_ASYNC_TRACE_LOGGING_MAX_SPAN_BATCH_SIZE}; default 5.
     */
    public Builder maxSpanBatchSize(int spans) {
      return set(Setting.MAX_SPAN_BATCH_SIZE, Integer.toString(spans));
    }

    /**
     * Sets how long a span waits for its batch to become full, 1 ms to one day;
     * {@code MLFLOW_ASYNC_TRACE_LOGGING_MAX_INTERVAL_MILLIS}; default 5 s.
     */
    public Builder maxBatchInterval(Duration interval) {
      return set(Setting.MAX_BATCH_INTERVAL, Long.toString(interval.toMillis()));
    }

    /**
     * Sets whether requests with 64 KiB of spans and more are compressed for an MLflow server that
     * takes that, which it does since 3.7; default true. To an OTLP endpoint,
     * {@code OTEL_EXPORTER_OTLP_COMPRESSION} counts instead.
     */
    public Builder compressSpans(boolean compress) {
      compressSpans = compress;
      return this;
    }

    /**
     * Sets what sends the requests, below retries and redirects; default JDK's HTTP client. Closed
     * at shutdown.
     */
    public Builder transport(HttpTransport httpTransport) {
      transport = Objects.requireNonNull(httpTransport, "httpTransport");
      return this;
    }

    /**
     * Adds a function that is called with every span at its end, before the span is exported, on
     * the thread that ends it; for example to mask what must not leave the process. Inputs,
     * outputs, attributes, type and status can be changed; an attribute that is set here wins over
     * a native one of the same name. Several functions run in the order in which they were added.
     * One that throws is reported by a warning, and the span is exported.
     */
    public Builder spanProcessor(Consumer<LiveSpan> processor) {
      spanProcessors.add(Objects.requireNonNull(processor, "processor"));
      return this;
    }

    /** Sets what makes trace and span ids; default random. */
    public Builder idGenerator(IdGenerator generator) {
      idGenerator = Objects.requireNonNull(generator, "generator");
      return this;
    }

    /** Sets the clock of spans; default the system's. */
    public Builder clock(Clock otelClock) {
      clock = Objects.requireNonNull(otelClock, "otelClock");
      return this;
    }

    /**
     * Sets the variables to read instead of {@link System#getenv()}; system properties still come
     * first.
     */
    public Builder environment(Map<String, String> variables) {
      environment = Map.copyOf(variables);
      return this;
    }

    /**
     * Builds the pipeline and registers its shutdown at the JVM's exit.
     *
     * @throws IllegalArgumentException if a setting has a wrong value; the message names it and
     *     says what is allowed
     */
    public MlflowTracing build() {
      TracingConfig config = TracingConfig.read(
          new SettingsReader(settings, environment),
          new BuilderValues(notebook, destination, otlpEndpoint, overload, compressSpans));
      Pipeline started =
          Pipeline.start(config, transport, new SpanParts(idGenerator, clock, spanProcessors));
      return new MlflowTracing(
          started, started.providers().openTelemetry(), started.providers().tracer());
    }

    private Builder set(Setting setting, String value) {
      settings.put(setting.variable(), Objects.requireNonNull(value, setting.variable()));
      return this;
    }
  }
}
