package io.github.tracingharness.core;

import static java.util.Objects.requireNonNull;

import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.client.TrackingClient;
import io.github.tracingharness.core.export.DestinationRouter;
import io.github.tracingharness.core.export.DualExporter;
import io.github.tracingharness.core.export.ExportExecutor;
import io.github.tracingharness.core.export.ExportLedger;
import io.github.tracingharness.core.export.MlflowV3SpanExporter;
import io.github.tracingharness.core.export.OtlpSpanExporter;
import io.github.tracingharness.core.export.TraceExporter;
import io.github.tracingharness.core.export.UcTableSpanExporter;
import org.jspecify.annotations.Nullable;

/** The exporters of a pipeline, put together as the settings say. */
final class Exporters {

  private final ExportLedger copies = new ExportLedger();
  private final @Nullable OtlpSpanExporter otlp;
  private final TraceExporter entry;

  /**
   * Makes the exporters.
   *
   * @param client client of the tracking server, or null if there is none because all traces go
   *     through OTLP
   */
  Exporters(
      TracingConfig config,
      @Nullable TrackingClient client,
      ExportLedger ledger,
      ExportExecutor executor) {
    otlp =
        config.otlp().map(settings -> otlp(settings, config, ledger, executor)).orElse(null);
    entry = client == null ? requireNonNull(otlp) : entry(config, client, ledger, executor);
  }

  /** Returns what takes all traces. */
  TraceExporter entry() {
    return entry;
  }

  /** Returns the account of what goes through OTLP beside its MLflow destination. */
  ExportLedger copies() {
    return copies;
  }

  /** Closes what the executor's work needs; to be called when there is none any more. */
  void closeSinks(Deadline deadline) {
    if (otlp != null) {
      otlp.closeSink(deadline);
    }
  }

  private OtlpSpanExporter otlp(
      OtlpSettings settings, TracingConfig config, ExportLedger ledger, ExportExecutor executor) {
    return new OtlpSpanExporter(
        OtlpSinks.create(settings),
        settings.timeout(),
        settings.dual() ? copies : ledger,
        settings.dual(),
        executor,
        config.batches());
  }

  /** Traces whose destination nobody named go through OTLP if it is on. */
  private TraceExporter entry(
      TracingConfig config, TrackingClient client, ExportLedger ledger, ExportExecutor executor) {
    TraceExporter experiments = new MlflowV3SpanExporter(client, ledger, executor);
    TraceExporter catalog = new UcTableSpanExporter(client, ledger, executor, config.batches());
    if (otlp == null) {
      return new DestinationRouter(experiments, experiments, catalog);
    }
    return otlp.countsCopies()
        ? new DualExporter(new DestinationRouter(experiments, experiments, catalog), otlp)
        : new DestinationRouter(otlp, experiments, catalog);
  }
}
