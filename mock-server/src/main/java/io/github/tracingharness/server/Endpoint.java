package io.github.tracingharness.server;

/**
 * What a request asks of a tracking server, independent of its method, API version and path prefix.
 *
 * <p>Faults are scripted per endpoint ({@link TrackingSpace#on}) and recorded calls are found by it
 * ({@link TrackingSpace#calls(Endpoint)}).
 *
 * @since 0.1.0
 */
public enum Endpoint {
  /** {@code GET /health}. */
  HEALTH,
  /** {@code GET /version}. */
  VERSION,
  /** {@code GET /api/3.0/mlflow/server-info}. */
  SERVER_INFO,
  /** {@code POST /api/2.0/mlflow/experiments/create}. */
  CREATE_EXPERIMENT,
  /** {@code GET /api/2.0/mlflow/experiments/get}. */
  GET_EXPERIMENT,
  /** {@code GET /api/2.0/mlflow/experiments/get-by-name}. */
  GET_EXPERIMENT_BY_NAME,
  /** {@code POST} and {@code GET /api/2.0/mlflow/experiments/search}. */
  SEARCH_EXPERIMENTS,
  /** {@code POST /api/3.0/mlflow/traces}. */
  START_TRACE,
  /**
   * {@code GET /api/3.0/mlflow/traces/{id}}; on Databricks also {@code GET
   * /api/4.0/mlflow/traces/{location}/{hex}/info}.
   */
  GET_TRACE_INFO,
  /** {@code GET /api/3.0/mlflow/traces/get}. */
  GET_TRACE,
  /**
   * {@code GET /api/3.0/mlflow/traces/batchGet}; on Databricks also {@code POST
   * /api/4.0/mlflow/traces/{location}/batchGet}.
   */
  BATCH_GET_TRACES,
  /** {@code POST /api/3.0/mlflow/traces/batchGetInfos}. */
  BATCH_GET_TRACE_INFOS,
  /** {@code POST /api/3.0/mlflow/traces/search}. */
  SEARCH_TRACES,
  /**
   * {@code PATCH} and {@code DELETE /api/{2.0,3.0}/mlflow/traces/{id}/tags}; on Databricks also
   * {@code /api/4.0/mlflow/traces/{location}/{hex}/tags}.
   */
  TRACE_TAGS,
  /** {@code POST /api/{2.0,3.0}/mlflow/traces/delete-traces}. */
  DELETE_TRACES,
  /** {@code POST /api/3.0/mlflow/traces/{id}/assessments}. */
  CREATE_ASSESSMENT,
  /** {@code GET /api/3.0/mlflow/traces/{id}/assessments/{id}}. */
  GET_ASSESSMENT,
  /** {@code PATCH /api/3.0/mlflow/traces/{id}/assessments/{id}}. */
  UPDATE_ASSESSMENT,
  /** {@code DELETE /api/3.0/mlflow/traces/{id}/assessments/{id}}. */
  DELETE_ASSESSMENT,
  /** {@code POST /api/2.0/mlflow/traces/link-to-run}. */
  LINK_TRACES_TO_RUN,
  /** {@code POST /api/2.0/mlflow/traces/link-prompts}. */
  LINK_PROMPTS,
  /** {@code POST /api/2.0/mlflow/traces}: begins a trace in the old way. */
  START_TRACE_V2,
  /** {@code PATCH /api/2.0/mlflow/traces/{id}}: ends a trace in the old way. */
  END_TRACE_V2,
  /** {@code GET /api/2.0/mlflow/traces/{id}/info}. */
  GET_TRACE_INFO_V2,
  /** {@code GET /api/2.0/mlflow/traces}. */
  SEARCH_TRACES_V2,
  /** {@code POST /api/3.0/mlflow/traces/metrics}. */
  TRACE_METRICS,
  /** {@code /api/2.0/mlflow/runs/…}. */
  RUNS,
  /** {@code /api/2.0/mlflow/registered-models/…} and {@code …/model-versions/…}: prompts too. */
  MODEL_REGISTRY,
  /** {@code POST /v1/traces}: spans by OTLP/HTTP. */
  OTLP_TRACES,
  /** {@code PUT /api/2.0/mlflow-artifacts/artifacts/{path}}. */
  PUT_ARTIFACT,
  /** {@code GET /api/2.0/mlflow-artifacts/artifacts/{path}}. */
  GET_ARTIFACT,
  /** {@code GET /api/2.0/mlflow-artifacts/artifacts?path=}. */
  LIST_ARTIFACTS,
  /** {@code DELETE /api/2.0/mlflow-artifacts/artifacts/{path}}. */
  DELETE_ARTIFACT,
  /** {@code GET /ajax-api/{2.0,3.0}/mlflow/get-trace-artifact}. */
  GET_TRACE_ARTIFACT,
  /** {@code GET /.well-known/databricks-config}, on Databricks only. */
  DATABRICKS_CONFIG,
  /** {@code GET /oidc/.well-known/oauth-authorization-server}, on Databricks only. */
  OIDC_CONFIG,
  /** {@code POST /oidc/v1/token}, on Databricks only. */
  OIDC_TOKEN,
  /** {@code GET /api/2.0/mlflow/traces/{id}/credentials-for-data-upload}, on Databricks only. */
  UPLOAD_CREDENTIALS,
  /** {@code GET /api/2.0/mlflow/traces/{id}/credentials-for-data-download}, on Databricks only. */
  DOWNLOAD_CREDENTIALS,
  /** {@code PUT} to the signed address that upload credentials name, on Databricks only. */
  SIGNED_UPLOAD,
  /** {@code GET} from the signed address that download credentials name, on Databricks only. */
  SIGNED_DOWNLOAD,
  /** {@code POST /api/2.0/otel/v1/traces}: spans for a table, on Databricks only. */
  UC_SPANS,
  /** {@code POST /api/4.0/mlflow/traces/{location}/{hex}/info}, on Databricks only. */
  UC_TRACE_INFO,
  /**
   * {@code POST /api/2.0/mlflow/unity-catalog/prompt-versions/links-to-traces}, on Databricks only.
   */
  UC_LINK_PROMPTS,
  /** {@code POST} and {@code GET /api/5.0/mlflow/tracing/locations}, on Databricks only. */
  UC_LOCATIONS,
  /** {@code POST /api/5.0/mlflow/experiments/{id}/trace-location:link}, on Databricks only. */
  UC_LINK_LOCATION,
  /** Everything else, known to the real server or not. */
  OTHER,
  /** Stands for every endpoint where one is to be chosen. A recorded call never has it. */
  ANY;

  /**
   * Tells whether a call of that endpoint is meant by this one.
   *
   * @param actual the endpoint of a call
   * @return true if both are the same or this is {@link #ANY}
   */
  public boolean matches(Endpoint actual) {
    return this == ANY || this == actual;
  }
}
