package io.github.tracingharness.core.trace;

/** Keys of trace metadata that MLflow gives a meaning. */
public final class TraceMetadataKey {

  /** Version of the trace schema. */
  public static final String SCHEMA_VERSION = "mlflow.trace_schema.version";

  /** Inputs of the root span, cut to 250 characters. */
  public static final String INPUTS = "mlflow.traceInputs";

  /** Outputs of the root span, cut to 250 characters. */
  public static final String OUTPUTS = "mlflow.traceOutputs";

  /** Size statistics as JSON text. */
  public static final String SIZE_STATS = "mlflow.trace.sizeStats";

  /** Size of the trace in bytes as decimal text. */
  public static final String SIZE_BYTES = "mlflow.trace.sizeBytes";

  /** Sum of the tokens used, as JSON text. */
  public static final String TOKEN_USAGE = "mlflow.trace.tokenUsage";

  /** Session that the trace belongs to. */
  public static final String SESSION = "mlflow.trace.session";

  /** User of the traced application. */
  public static final String TRACE_USER = "mlflow.trace.user";

  /** User who runs the process. */
  public static final String USER = "mlflow.user";

  /** Name of the program. */
  public static final String SOURCE_NAME = "mlflow.source.name";

  /** Kind of the program, {@code LOCAL} here. */
  public static final String SOURCE_TYPE = "mlflow.source.type";

  private TraceMetadataKey() {}
}
