package io.github.tracingharness.core.trace;

/** Keys of span attributes that MLflow gives a meaning. */
public final class SpanAttributeKey {

  /** Trace id in MLflow's form. */
  public static final String REQUEST_ID = "mlflow.traceRequestId";

  /** Type of the span. */
  public static final String SPAN_TYPE = "mlflow.spanType";

  /** Inputs of the traced operation. */
  public static final String INPUTS = "mlflow.spanInputs";

  /** Outputs of the traced operation. */
  public static final String OUTPUTS = "mlflow.spanOutputs";

  /** Start time, only where the application gave one. */
  public static final String START_TIME_NS = "mlflow.spanStartTimeNs";

  /** Importance of the span from 10 (debug) to 50. */
  public static final String LOG_LEVEL = "mlflow.spanLogLevel";

  /** User of the traced application, on root spans in Unity Catalog; no JSON text. */
  public static final String USER_ID = "user.id";

  /** Session of the trace, on root spans in Unity Catalog; no JSON text. */
  public static final String SESSION_ID = "session.id";

  /** Tokens that a language model used. */
  public static final String CHAT_USAGE = "mlflow.chat.tokenUsage";

  private SpanAttributeKey() {}
}
