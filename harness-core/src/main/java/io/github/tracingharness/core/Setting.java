package io.github.tracingharness.core;

import java.math.BigDecimal;
import java.time.Duration;

/** Settings and the names that they have as system property and environment variable. */
enum Setting {
  TRACKING_URI("MLFLOW_TRACKING_URI", false),
  EXPERIMENT_ID("MLFLOW_EXPERIMENT_ID", false),
  ASYNC("MLFLOW_ENABLE_ASYNC_TRACE_LOGGING", false),
  MAX_WORKERS("MLFLOW_ASYNC_TRACE_LOGGING_MAX_WORKERS", false),
  MAX_QUEUE_SIZE("MLFLOW_ASYNC_TRACE_LOGGING_MAX_QUEUE_SIZE", false),
  MAX_SPAN_BATCH_SIZE("MLFLOW_ASYNC_TRACE_LOGGING_MAX_SPAN_BATCH_SIZE", false),
  MAX_BATCH_INTERVAL("MLFLOW_ASYNC_TRACE_LOGGING_MAX_INTERVAL_MILLIS", false),
  DESTINATION("MLFLOW_TRACING_DESTINATION", false),
  BUFFER_MAX_SIZE("MLFLOW_TRACE_BUFFER_MAX_SIZE", false),
  SAMPLING_RATIO("MLFLOW_TRACE_SAMPLING_RATIO", false),
  WORKSPACE("MLFLOW_WORKSPACE", false),
  RETRY_BUDGET("MLFLOW_ASYNC_TRACE_LOGGING_RETRY_TIMEOUT", false),
  TOKEN("MLFLOW_TRACKING_TOKEN", true),
  USERNAME("MLFLOW_TRACKING_USERNAME", false),
  PASSWORD("MLFLOW_TRACKING_PASSWORD", true),
  MAX_RETRIES("MLFLOW_HTTP_REQUEST_MAX_RETRIES", false),
  BACKOFF_FACTOR("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", false),
  BACKOFF_JITTER("MLFLOW_HTTP_REQUEST_BACKOFF_JITTER", false),
  REQUEST_TIMEOUT("MLFLOW_HTTP_REQUEST_TIMEOUT", false),
  RESPECT_RETRY_AFTER("MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER", false),
  ALLOW_REDIRECTS("MLFLOW_ALLOW_HTTP_REDIRECTS", false),
  DATABRICKS_HOST("DATABRICKS_HOST", false),
  DATABRICKS_TOKEN("DATABRICKS_TOKEN", true),
  DATABRICKS_CLIENT_ID("DATABRICKS_CLIENT_ID", false),
  DATABRICKS_CLIENT_SECRET("DATABRICKS_CLIENT_SECRET", true),
  DATABRICKS_AUTH_TYPE("DATABRICKS_AUTH_TYPE", false),
  DATABRICKS_WORKSPACE_ID("DATABRICKS_WORKSPACE_ID", false),
  DATABRICKS_CONFIG_FILE("DATABRICKS_CONFIG_FILE", false),
  DATABRICKS_CONFIG_PROFILE("DATABRICKS_CONFIG_PROFILE", false),
  DATABRICKS_RETRY_BUDGET("MLFLOW_DATABRICKS_ENDPOINT_HTTP_RETRY_TIMEOUT", false);

  private final String variable;
  private final boolean secret;

  Setting(String variable, boolean secret) {
    this.variable = variable;
    this.secret = secret;
  }

  String variable() {
    return variable;
  }

  /** Tells whether the value must not be shown. */
  boolean secret() {
    return secret;
  }

  static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString();
  }
}
