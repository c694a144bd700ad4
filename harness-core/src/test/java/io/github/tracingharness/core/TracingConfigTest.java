package io.github.tracingharness.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.tracingharness.core.manager.AttributeLimits;
import io.github.tracingharness.core.testing.LogCapture;
import io.github.tracingharness.core.trace.TraceLocation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingConfigTest {

  private static final String URI = "http://127.0.0.1:5000";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MLFLOW_TRACKING_URI|sqlite:///m.db|MLFLOW_TRACKING_URI is \"sqlite:///m.db\" but must be an http:// or https:// URL without user, query and fragment, or databricks, or databricks://<profile>.",
        "MLFLOW_TRACKING_URI|http://h/a?token=s3cret|MLFLOW_TRACKING_URI is \"http://h/a?...\" but must be an http:// or https:// URL without user, query and fragment, or databricks, or databricks://<profile>.",
        "MLFLOW_TRACKING_URI|http://u:s3 cret@h|MLFLOW_TRACKING_URI is \"http://...@h\" but must be an http:// or https:// URL without user, query and fragment, or databricks, or databricks://<profile>.",
        "MLFLOW_TRACKING_URI|http://|MLFLOW_TRACKING_URI is \"http://\" but must be an http:// or https:// URL without user, query and fragment, or databricks, or databricks://<profile>.",
        "MLFLOW_TRACKING_URI|http://u:p@h|MLFLOW_TRACKING_URI holds a user but must be an http:// or https:// URL without user, query and fragment, or databricks, or databricks://<profile>.",
        "MLFLOW_EXPERIMENT_ID|a b|MLFLOW_EXPERIMENT_ID is \"a b\" but must be the id of an experiment, for example 0 (letters, digits, _ . -).",
        "MLFLOW_EXPERIMENT_NAME|a\tb|MLFLOW_EXPERIMENT_NAME is \"a\tb\" but must be the name of an experiment of 1 to 500 characters on one line.",
        "MLFLOW_ENABLE_ASYNC_TRACE_LOGGING|yes|MLFLOW_ENABLE_ASYNC_TRACE_LOGGING is \"yes\" but must be true, false, 1 or 0.",
        "MLFLOW_ASYNC_TRACE_LOGGING_MAX_WORKERS|0|MLFLOW_ASYNC_TRACE_LOGGING_MAX_WORKERS is \"0\" but must be a whole number from 1 to 1000.",
        "MLFLOW_ASYNC_TRACE_LOGGING_MAX_QUEUE_SIZE|-1|MLFLOW_ASYNC_TRACE_LOGGING_MAX_QUEUE_SIZE is \"-1\" but must be a whole number from 1 to 1000000.",
        "MLFLOW_ASYNC_TRACE_LOGGING_MAX_SPAN_BATCH_SIZE|0|MLFLOW_ASYNC_TRACE_LOGGING_MAX_SPAN_BATCH_SIZE is \"0\" but must be a whole number from 1 to 10000.",
        "MLFLOW_ASYNC_TRACE_LOGGING_MAX_INTERVAL_MILLIS|0|MLFLOW_ASYNC_TRACE_LOGGING_MAX_INTERVAL_MILLIS is \"0\" but must be a whole number from 1 to 86400000.",
        "MLFLOW_TRACING_DESTINATION|a.b.c.d|MLFLOW_TRACING_DESTINATION is \"a.b.c.d\" but must be the id of an experiment, for example 123, or <catalog>.<schema> of Unity Catalog; a table prefix can be given to the builder only.",
        "MLFLOW_TRACE_TIMEOUT_SECONDS|0|MLFLOW_TRACE_TIMEOUT_SECONDS is \"0\" but must be a number from 0.001 to 31536000.",
        "MLFLOW_TRACE_MAX_ATTACHMENT_SIZE|-1|MLFLOW_TRACE_MAX_ATTACHMENT_SIZE is \"-1\" but must be a whole number from 0 to 2147483647.",
        "MLFLOW_HTTP_REQUEST_MAX_RETRIES|11|MLFLOW_HTTP_REQUEST_MAX_RETRIES is \"11\" but must be a whole number from 0 to 10.",
        "MLFLOW_HTTP_REQUEST_MAX_RETRIES|abc|MLFLOW_HTTP_REQUEST_MAX_RETRIES is \"abc\" but must be a whole number from 0 to 10.",
        "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR|NaN|MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR is \"NaN\" but must be a number from 0 to 120.",
        "MLFLOW_HTTP_REQUEST_TIMEOUT|0|MLFLOW_HTTP_REQUEST_TIMEOUT is \"0\" but must be a number from 0.001 to 86400.",
        "MLFLOW_USE_DEFAULT_TRACER_PROVIDER|no|MLFLOW_USE_DEFAULT_TRACER_PROVIDER is \"no\" but must be true, false, 1 or 0.",
        "MLFLOW_TRACE_PROPAGATE_TO_OTEL_CONTEXT|x|MLFLOW_TRACE_PROPAGATE_TO_OTEL_CONTEXT is \"x\" but must be true, false, 1 or 0.",
        "MLFLOW_TRACE_USE_ISOLATED_RANDOM_ID_GENERATOR|x|MLFLOW_TRACE_USE_ISOLATED_RANDOM_ID_GENERATOR is \"x\" but must be true, false, 1 or 0.",
        "OTEL_SDK_DISABLED|x|OTEL_SDK_DISABLED is \"x\" but must be true, false, 1 or 0.",
        "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT|0|OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT is \"0\" but must be a whole number from 1 to 1000000.",
        "OTEL_SPAN_EVENT_COUNT_LIMIT|x|OTEL_SPAN_EVENT_COUNT_LIMIT is \"x\" but must be a whole number from 1 to 1000000.",
        "OTEL_SPAN_LINK_COUNT_LIMIT|-1|OTEL_SPAN_LINK_COUNT_LIMIT is \"-1\" but must be a whole number from 1 to 1000000.",
        "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT|0|OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT is \"0\" but must be a whole number from 1 to 2147483647.",
        "OTEL_RESOURCE_ATTRIBUTES|a=b,c|OTEL_RESOURCE_ATTRIBUTES is \"a=b,c\" but must be pairs key=value with commas between, percent-encoded.",
        "MLFLOW_TRACKING_USERNAME|a:b|MLFLOW_TRACKING_USERNAME is \"a:b\" but must be a user name without a colon.",
        "MLFLOW_TRACKING_TOKEN|two words|MLFLOW_TRACKING_TOKEN is a hidden value but must be a token of printable ASCII characters without spaces."
      })
  void build_wrongValue_namesSettingValueAndWhatIsAllowed(
      String name, String value, String message) {
    Map<String, String> environment = new HashMap<>();
    environment.put("MLFLOW_TRACKING_URI", URI);
    environment.put(name, value);

    assertThatThrownBy(() -> MlflowTracing.builder().environment(environment).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void build_noTrackingUri_saysSo() {
    assertThatThrownBy(() -> MlflowTracing.builder().environment(Map.of()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "MLFLOW_TRACKING_URI is not set but must be an http:// or https:// URL without user, query and fragment, or databricks, or databricks://<profile>.");
  }

  @Test
  void build_wrongBuilderValue_isNamedAsWell() {
    assertThatThrownBy(() -> MlflowTracing.builder()
            .environment(Map.of())
            .trackingUri(URI)
            .maxWorkers(0)
            .build())
        .hasMessageStartingWith("MLFLOW_ASYNC_TRACE_LOGGING_MAX_WORKERS is \"0\"");
  }

  @Test
  void read_nothingSet_hasMlflowsDefaults() {
    TracingConfig config = read(Map.of("MLFLOW_TRACKING_URI", URI), Map.of());

    assertThat(config.experiment()).isEqualTo(new TraceLocation.Experiment("0"));
    assertThat(config.async()).isTrue();
    assertThat(config.queue().maxTasks()).isEqualTo(1000);
    assertThat(config.queue().maxWorkers()).isEqualTo(10);
    assertThat(config.batches().maxSpans()).isEqualTo(5);
    assertThat(config.batches().maxInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.batches().maxWaiting()).isEqualTo(5000);
    assertThat(config.destination()).isEmpty();
    assertThat(config.client().retries().maxRetries()).isEqualTo(7);
    assertThat(config.client().retries().backoffFactorSeconds()).isEqualTo(2);
    assertThat(config.client().retries().backoffJitterSeconds()).isEqualTo(1);
    assertThat(config.client().attemptTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.client().followRedirects()).isTrue();
    assertThat(config.provider().isolated()).isTrue();
    assertThat(config.provider().propagateToOpenTelemetry()).isFalse();
    assertThat(config.provider().disabled()).isFalse();
    assertThat(config.provider().samplingRatio()).isEqualTo(1);
    assertThat(config.provider().attributeLimits()).isEqualTo(AttributeLimits.none());
    assertThat(config.provider().spanLimits().getMaxNumberOfEvents()).isEqualTo(4096);
    assertThat(config.provider().resource()).isEmpty();
  }

  @Test
  void read_builderPropertyEnvironment_winInThisOrder() {
    Map<String, String> environment =
        Map.of("MLFLOW_TRACKING_URI", URI, "MLFLOW_EXPERIMENT_ID", "env");
    assertThat(read(environment, Map.of()).experiment())
        .isEqualTo(new TraceLocation.Experiment("env"));
    System.setProperty("MLFLOW_EXPERIMENT_ID", "property");
    try {
      assertThat(read(environment, Map.of()).experiment())
          .isEqualTo(new TraceLocation.Experiment("property"));
      assertThat(read(environment, Map.of("MLFLOW_EXPERIMENT_ID", "builder")).experiment())
          .isEqualTo(new TraceLocation.Experiment("builder"));
    } finally {
      System.clearProperty("MLFLOW_EXPERIMENT_ID");
    }
  }

  @Test
  void read_samplingRatioOutOfRange_isFullFromTheEnvironmentAndAnErrorFromTheBuilder() {
    try (LogCapture log = new LogCapture()) {
      Map<String, String> environment =
          Map.of("MLFLOW_TRACKING_URI", URI, "MLFLOW_TRACE_SAMPLING_RATIO", "1.5");
      assertThat(read(environment, Map.of()).provider().samplingRatio()).isEqualTo(1);
      assertThat(
              log.lines(
                  "MLFLOW_TRACE_SAMPLING_RATIO is 1.5 but must be a number from 0 to 1; all traces are recorded"))
          .hasSize(1);
    }
    assertThatThrownBy(
            () -> MlflowTracing.builder().trackingUri(URI).samplingRatio(1.5).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("MLFLOW_TRACE_SAMPLING_RATIO is \"1.5\" but must be a number from 0 to 1.");
    assertThatThrownBy(() -> read(
            Map.of("MLFLOW_TRACKING_URI", URI, "MLFLOW_TRACE_SAMPLING_RATIO", "NaN"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void read_resourceAttributes_areDecodedAndTheServiceNameWins() {
    Map<String, String> environment = Map.of(
        "MLFLOW_TRACKING_URI",
        URI,
        "OTEL_RESOURCE_ATTRIBUTES",
        "service.name=a, team=caf%C3%A9+1,empty=,",
        "OTEL_SERVICE_NAME",
        "b");

    assertThat(read(environment, Map.of()).provider().resource())
        .containsOnly(entry("service.name", "b"), entry("team", "café+1"), entry("empty", ""));
  }

  @Test
  void read_jobCluster_isNoNotebook() {
    Map<String, String> notebook =
        Map.of("MLFLOW_TRACKING_URI", URI, "DATABRICKS_RUNTIME_VERSION", "17");
    Map<String, String> job = new HashMap<>(notebook);
    job.put("DB_IS_JOB_CLUSTER", "TRUE");

    assertThat(read(notebook, Map.of()).async()).isFalse();
    assertThat(read(job, Map.of()).async()).isTrue();
  }

  @Test
  void toString_secrets_areHidden() {
    TracingConfig config = read(
        Map.of(
            "MLFLOW_TRACKING_URI",
            URI,
            "MLFLOW_TRACKING_USERNAME",
            "u",
            "MLFLOW_TRACKING_PASSWORD",
            "s3cr3t"),
        Map.of());

    assertThat(config.toString()).contains("credentials=basic").doesNotContain("s3cr3t");
  }

  private static TracingConfig read(Map<String, String> environment, Map<String, String> builder) {
    return TracingConfig.read(new SettingsReader(builder, environment), BuilderValues.NONE);
  }
}
