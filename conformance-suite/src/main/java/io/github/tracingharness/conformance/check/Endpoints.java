package io.github.tracingharness.conformance.check;

/** Names of the endpoints in a history that checks speak of; the fake server's own names. */
public final class Endpoints {

  /** {@code POST /api/3.0/mlflow/traces}. */
  public static final String START_TRACE = "START_TRACE";

  /** {@code POST /api/2.0/mlflow/traces}: a trace of version 2 begins. */
  public static final String START_TRACE_V2 = "START_TRACE_V2";

  /** {@code PATCH /api/2.0/mlflow/traces/<id>}: a trace of version 2 ends. */
  public static final String END_TRACE_V2 = "END_TRACE_V2";

  /** {@code PUT} of an artifact; {@code …/traces.json} holds a trace's spans. */
  public static final String PUT_ARTIFACT = "PUT_ARTIFACT";

  /** {@code POST /v1/traces}. */
  public static final String OTLP_TRACES = "OTLP_TRACES";

  /** {@code GET /version}. */
  public static final String VERSION = "VERSION";

  /** {@code GET /api/3.0/mlflow/traces/<id>}. */
  public static final String GET_TRACE_INFO = "GET_TRACE_INFO";

  /** {@code POST /api/2.0/mlflow/traces/link-prompts}. */
  public static final String LINK_PROMPTS = "LINK_PROMPTS";

  /** {@code GET /api/2.0/mlflow/traces/<id>/credentials-for-data-upload} on Databricks. */
  public static final String UPLOAD_CREDENTIALS = "UPLOAD_CREDENTIALS";

  /** {@code PUT} to the address that the credentials name. */
  public static final String SIGNED_UPLOAD = "SIGNED_UPLOAD";

  /** {@code POST /api/2.0/otel/v1/traces}: spans for a table of Unity Catalog. */
  public static final String UC_SPANS = "UC_SPANS";

  /** {@code POST /api/4.0/mlflow/traces/<location>/<hex>/info}. */
  public static final String UC_TRACE_INFO = "UC_TRACE_INFO";

  /** {@code POST /api/2.0/mlflow/unity-catalog/prompt-versions/links-to-traces}. */
  public static final String UC_LINK_PROMPTS = "UC_LINK_PROMPTS";

  /** Whatever no tracking client has to ask for. */
  public static final String OTHER = "OTHER";

  private Endpoints() {}
}
