package io.github.tracingharness.core.trace;

/** The forms of trace ids. */
public final class TraceIds {

  /** What stands before the 32 hex digits of a V3 trace id. */
  public static final String V3_PREFIX = "tr-";

  /** Trace id that a span reports which is not recorded. */
  public static final String NO_OP_TRACE_ID = "MLFLOW_NO_OP_SPAN_TRACE_ID";

  private TraceIds() {}

  /** Returns the MLflow trace id of an OpenTelemetry trace id in hex. */
  public static String v3(String otelTraceIdHex) {
    return V3_PREFIX + otelTraceIdHex;
  }

  /** Returns the 32 hex digits of an MLflow trace id; other texts are returned unchanged. */
  public static String hex(String traceId) {
    return traceId.startsWith(V3_PREFIX) ? traceId.substring(V3_PREFIX.length()) : traceId;
  }
}
