package io.github.tracingharness.server.state;

/** All that one tracking server remembers. Thread-safe. */
public final class TrackingState {

  private final ExperimentStore experiments = new ExperimentStore();
  private final TraceStore traces = new TraceStore(experiments);
  private final ArtifactStore artifacts = new ArtifactStore();
  private final SpanIngest ingest = new SpanIngest(experiments, traces);

  /**
   * The experiments.
   *
   * @return the store
   */
  public ExperimentStore experiments() {
    return experiments;
  }

  /**
   * The traces with their spans.
   *
   * @return the store
   */
  public TraceStore traces() {
    return traces;
  }

  /**
   * The files.
   *
   * @return the store
   */
  public ArtifactStore artifacts() {
    return artifacts;
  }

  /**
   * The way of OTLP spans into the traces.
   *
   * @return the ingest
   */
  public SpanIngest spans() {
    return ingest;
  }

  /** Forgets traces and artifacts; experiments stay. */
  public void clear() {
    traces.clear();
    artifacts.clear();
  }
}
