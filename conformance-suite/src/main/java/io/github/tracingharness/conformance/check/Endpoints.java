package io.github.tracingharness.conformance.check;

/** Names of the endpoints in a history that checks speak of; the fake server's own names. */
public final class Endpoints {

  /** {@code POST /api/3.0/mlflow/traces}. */
  public static final String START_TRACE = "START_TRACE";

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

  /** Whatever no tracking client has to ask for. */
  public static final String OTHER = "OTHER";

  private Endpoints() {}
}
