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
  /** {@code GET /api/3.0/mlflow/traces/{id}}. */
  GET_TRACE_INFO,
  /** {@code GET /api/3.0/mlflow/traces/get}. */
  GET_TRACE,
  /** {@code GET /api/3.0/mlflow/traces/batchGet}. */
  BATCH_GET_TRACES,
  /** {@code POST /api/3.0/mlflow/traces/batchGetInfos}. */
  BATCH_GET_TRACE_INFOS,
  /** {@code POST /api/3.0/mlflow/traces/search}. */
  SEARCH_TRACES,
  /** {@code PATCH} and {@code DELETE /api/{2.0,3.0}/mlflow/traces/{id}/tags}. */
  TRACE_TAGS,
  /** {@code POST /api/{2.0,3.0}/mlflow/traces/delete-traces}. */
  DELETE_TRACES,
  /** {@code POST /api/2.0/mlflow/traces/link-prompts}. */
  LINK_PROMPTS,
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
