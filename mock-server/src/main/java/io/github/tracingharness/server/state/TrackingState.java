package io.github.tracingharness.server.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that one tracking server remembers. Thread-safe. */
public final class TrackingState {

  private final ExperimentStore experiments;
  private final TraceStore traces;
  private final RunStore runs;
  private final ModelStore models;
  private final ArtifactStore artifacts;
  private final SpanIngest ingest;
  private final AssessmentStore assessments;
  private final CatalogStore catalog = new CatalogStore();
  private final Grants<SignedTarget> signatures = new Grants<>();
  private final Grants<String> tokens = new Grants<>();
  private final BlockStore blocks = new BlockStore();

  /**
   * Makes an empty state.
   *
   * @param capacity how much it holds
   */
  public TrackingState(Capacity capacity) {
    experiments = new ExperimentStore(capacity);
    traces = new TraceStore(experiments, capacity);
    runs = new RunStore(experiments, capacity);
    models = new ModelStore(capacity);
    artifacts = new ArtifactStore(capacity);
    ingest = new SpanIngest(experiments, traces);
    assessments = new AssessmentStore(traces);
  }

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
   * The assessments of traces.
   *
   * @return the store
   */
  public AssessmentStore assessments() {
    return assessments;
  }

  /**
   * The runs.
   *
   * @return the store
   */
  public RunStore runs() {
    return runs;
  }

  /**
   * The registered models and prompts.
   *
   * @return the store
   */
  public ModelStore models() {
    return models;
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

  /**
   * Unity Catalog: its tables of spans, and the traces in them.
   *
   * @return the store
   */
  public CatalogStore catalog() {
    return catalog;
  }

  /**
   * The signatures of addresses for artifacts.
   *
   * @return what each leads to
   */
  public Grants<SignedTarget> signatures() {
    return signatures;
  }

  /**
   * The tokens that were given to OAuth clients.
   *
   * @return the client's id for each
   */
  public Grants<String> tokens() {
    return tokens;
  }

  /**
   * Blocks of artifacts that are being uploaded in parts.
   *
   * @return the store
   */
  public BlockStore blocks() {
    return blocks;
  }

  /**
   * Finds a trace wherever it is stored.
   *
   * @param id its id
   * @return the trace as it is now, or empty
   */
  public Optional<TraceEntry> trace(String id) {
    return traces.find(id).or(() -> catalog.find(id));
  }

  /**
   * Lists all traces wherever they are stored.
   *
   * @return the newest first, then by id
   */
  public List<TraceEntry> allTraces() {
    List<TraceEntry> all = new ArrayList<>(traces.all());
    all.addAll(catalog.all());
    all.sort(TraceStore.NEWEST_FIRST);
    return all;
  }

  /**
   * Says whose server is played. Experiments that nobody gave a place move to that server's own.
   *
   * @param backend whose
   */
  public void on(Backend backend) {
    experiments.on(backend);
  }

  /**
   * Writes the state as JSON, see {@link #restore}. Each store is read as it is at one moment.
   * Tables and traces of Unity Catalog, tokens and half uploads are not in it.
   *
   * @return its tree
   */
  public ObjectNode export() {
    return Snapshot.write(this);
  }

  /**
   * Puts an exported state in place of this one. Tokens stay.
   *
   * @param exported what {@link #export} wrote
   * @throws IllegalArgumentException if it is something else; then nothing was changed
   */
  public void restore(JsonNode exported) {
    Snapshot.Content content = Snapshot.read(exported);
    clear();
    experiments.restore(content.experiments(), content.nextExperimentId());
    content.traces().forEach(traces::restore);
    content.runs().forEach(runs::restore);
    content.models().forEach(models::restore);
    content.files().forEach(file -> artifacts.put(file.getKey(), file.getValue()));
    catalog.restore(content.catalog());
  }

  /** Forgets traces, runs, models and artifacts; experiments and tokens stay. */
  public void clear() {
    traces.clear();
    runs.clear();
    models.clear();
    artifacts.clear();
    catalog.clear();
    signatures.clear();
    blocks.clear();
  }
}
