package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.trace.TraceLocation.UnityCatalog;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Picks the exporter of each trace by the location that the trace had at its start. What holds for
 * the exporters as a whole holds for all of them, whatever the destination is now.
 */
public final class DestinationRouter implements TraceExporter {

  private final TraceExporter experiments;
  private final TraceExporter unityCatalog;
  private final TraceExporter undecided;

  /**
   * Creates a router.
   *
   * @param undecided takes the traces for which the application named no destination
   * @param experiments takes the traces of experiments
   * @param unityCatalog takes the traces of Unity Catalog
   */
  public DestinationRouter(
      TraceExporter undecided, TraceExporter experiments, TraceExporter unityCatalog) {
    this.undecided = Objects.requireNonNull(undecided, "undecided");
    this.experiments = Objects.requireNonNull(experiments, "experiments");
    this.unityCatalog = Objects.requireNonNull(unityCatalog, "unityCatalog");
  }

  @Override
  public TraceExport begin(Target target) {
    return exporter(target).begin(target);
  }

  @Override
  public void drain(Deadline deadline) {
    all().forEach(exporter -> exporter.drain(deadline));
  }

  @Override
  public void close(Deadline deadline) {
    all().forEach(exporter -> exporter.close(deadline));
  }

  private TraceExporter exporter(Target target) {
    if (!target.chosen()) {
      return undecided;
    }
    return target.location() instanceof UnityCatalog ? unityCatalog : experiments;
  }

  private Stream<TraceExporter> all() {
    return Stream.of(undecided, experiments, unityCatalog).distinct();
  }
}
