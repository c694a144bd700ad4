package io.github.tracingharness.server.state;

/** Tag and metadata keys that the server itself reads or writes. */
public final class TraceKeys {

  /** Tag: where the trace's artifacts lie. */
  public static final String ARTIFACT_LOCATION = "mlflow.artifactLocation";

  /** Tag: where the spans are. */
  public static final String SPANS_LOCATION = "mlflow.trace.spansLocation";

  /** Value of {@link #SPANS_LOCATION}: in the server's own store. */
  public static final String TRACKING_STORE = "TRACKING_STORE";

  /** Tag: where archived spans are. */
  public static final String ARCHIVE_LOCATION = "mlflow.trace.archiveLocation";

  /** Tag: why archiving failed. */
  public static final String ARCHIVAL_FAILURE = "mlflow.trace.archivalFailure";

  /** Tag: the name of the trace. */
  public static final String TRACE_NAME = "mlflow.traceName";

  /** Metadata: a start-trace call has come. */
  public static final String INFO_FINALIZED = "mlflow.trace.infoFinalized";

  /** Metadata: the session. */
  public static final String SESSION = "mlflow.trace.session";

  /** Metadata: the user. */
  public static final String USER = "mlflow.trace.user";

  /** Metadata: the token usage as JSON. */
  public static final String TOKEN_USAGE = "mlflow.trace.tokenUsage";

  /** Metadata: the cost as JSON. */
  public static final String COST = "mlflow.trace.cost";

  /** Metadata: size statistics as JSON, with the number of spans. */
  public static final String SIZE_STATS = "mlflow.trace.sizeStats";

  /** Span attribute: the trace id as MLflow writes it. */
  public static final String TRACE_REQUEST_ID = "mlflow.traceRequestId";

  private TraceKeys() {}
}
