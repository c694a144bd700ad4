package io.github.tracingharness.core.export;

import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.trace.TraceLocation.UnityCatalog;
import java.util.Objects;

/**
 * Picks the exporter of each trace by the location that the trace had at its start. What holds for
 * the exporters as a whole holds for all of them, whatever the destination is now.
 */
public final class DestinationRouter implements TraceExporter {

  private final TraceExporter experiments;
  private final TraceExporter unityCatalog;

  /**
   * Creates a router.
   *
   * @param experiments takes the traces of experiments
   * @param unityCatalog takes the traces of Unity Catalog
   */
  public DestinationRouter(TraceExporter experiments, TraceExporter unityCatalog) {
    this.experiments = Objects.requireNonNull(experiments, "experiments");
    this.unityCatalog = Objects.requireNonNull(unityCatalog, "unityCatalog");
  }

  @Override
  public TraceExport begin(Target target) {
    return (target.location() instanceof UnityCatalog ? unityCatalog : experiments).begin(target);
  }

  @Override
  public void drain(Deadline deadline) {
    experiments.drain(deadline);
    unityCatalog.drain(deadline);
  }

  @Override
  public void close(Deadline deadline) {
    experiments.close(deadline);
    unityCatalog.close(deadline);
  }
}
