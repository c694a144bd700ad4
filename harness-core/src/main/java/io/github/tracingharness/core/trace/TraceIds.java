package io.github.tracingharness.core.trace;

/** The forms of trace ids. */
public final class TraceIds {

  /** What stands before the 32 hex digits of the id of a trace in an experiment. */
  public static final String V3_PREFIX = "tr-";

  /** What stands before location and hex digits of the id of a trace in Unity Catalog. */
  public static final String V4_PREFIX = "trace:/";

  /** Trace id that a span reports which is not recorded. */
  public static final String NO_OP_TRACE_ID = "MLFLOW_NO_OP_SPAN_TRACE_ID";

  private TraceIds() {}

  /**
   * Returns the MLflow trace id of an OpenTelemetry trace id in hex: {@code tr-<hex>} in an
   * experiment, {@code trace:/<location>/<hex>} in Unity Catalog.
   */
  public static String of(TraceLocation location, String otelTraceIdHex) {
    return location instanceof TraceLocation.UnityCatalog catalog
        ? V4_PREFIX + catalog.name() + "/" + otelTraceIdHex
        : v3(otelTraceIdHex);
  }

  /** Returns the id of a trace in an experiment. */
  public static String v3(String otelTraceIdHex) {
    return V3_PREFIX + otelTraceIdHex;
  }

  /** Returns the 32 hex digits of an MLflow trace id; other texts are returned unchanged. */
  public static String hex(String traceId) {
    if (traceId.startsWith(V3_PREFIX)) {
      return traceId.substring(V3_PREFIX.length());
    }
    return traceId.startsWith(V4_PREFIX)
        ? traceId.substring(traceId.lastIndexOf('/') + 1)
        : traceId;
  }
}
