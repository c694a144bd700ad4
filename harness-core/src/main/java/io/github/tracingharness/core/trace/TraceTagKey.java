package io.github.tracingharness.core.trace;

/** Keys of trace tags that MLflow gives a meaning. */
public final class TraceTagKey {

  /** Name of the root span at its start. */
  public static final String TRACE_NAME = "mlflow.traceName";

  /** Linked prompts as a JSON list. */
  public static final String LINKED_PROMPTS = "mlflow.linkedPrompts";

  /** Set by the server: where the trace's data is uploaded to. */
  public static final String ARTIFACT_LOCATION = "mlflow.artifactLocation";

  /** Set by the server: where the spans are. */
  public static final String SPANS_LOCATION = "mlflow.trace.spansLocation";

  /** Value of {@link #SPANS_LOCATION}: in the tracking store, so that nothing is to be uploaded. */
  public static final String SPANS_IN_TRACKING_STORE = "TRACKING_STORE";

  private TraceTagKey() {}
}
