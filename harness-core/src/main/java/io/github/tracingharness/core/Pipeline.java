package io.github.tracingharness.core;

import io.github.tracingharness.core.FlushResult.Status;
import io.github.tracingharness.core.client.ClientSettings;
import io.github.tracingharness.core.client.Deadline;
import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.core.client.JdkHttpTransport;
import io.github.tracingharness.core.client.RestTrackingClient;
import io.github.tracingharness.core.client.TrackingClient;
import io.github.tracingharness.core.client.TrackingReader;
import io.github.tracingharness.core.export.ExportExecutor;
import io.github.tracingharness.core.export.ExportLedger;
import io.github.tracingharness.core.export.ExportLedger.Counts;
import io.github.tracingharness.core.export.TraceExporter;
import io.github.tracingharness.core.manager.Destinations;
import io.github.tracingharness.core.manager.TraceManager;
import io.github.tracingharness.core.processor.AttachedSpanProcessor;
import io.github.tracingharness.core.trace.TraceLocation;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of one pipeline and the order in which they start and end. */
final class Pipeline {

  private static final Logger logger = LoggerFactory.getLogger(MlflowTracing.class);

  private final @Nullable TrackingClient client;
  private final Exporters exporters;
  private final ExportLedger ledger;
  private final ExportExecutor executor;
  private final TraceExporter exporter;
  private final TraceManager manager;
  private final Providers providers;
  private final SpanProcessor spanProcessor;
  private final Thread exitHook;

  private final Object shutdownLock = new Object();
  private final Object flushLock = new Object();
  private Counts tracesBefore;
  private Counts spansBefore;
  private long copiesDroppedBefore;
  private @Nullable FlushResult shutdownResult;

  private Pipeline(TracingConfig config, @Nullable HttpTransport transport, SpanParts parts) {
    ClientSettings server = config.client();
    client = server == null ? null : client(server, transport, config.provider().resource());
    ledger = new ExportLedger();
    executor =
        config.async() ? ExportExecutor.asynchronous(config.queue()) : ExportExecutor.synchronous();
    exporters = new Exporters(config, client, ledger, executor);
    exporter = exporters.entry();
    Destinations destinations = new Destinations(config.experiment());
    config.destination().ifPresent(destinations::set);
    manager = new TraceManager(
        destinations,
        ProcessFacts.metadata(),
        client != null && client.isDatabricks(),
        config.limits(),
        exporter,
        ledger);
    providers = new Providers(this, config.provider(), parts, manager);
    spanProcessor = new AttachedSpanProcessor(
        providers.spanProcessor(),
        () -> flush(MlflowTracing.DEFAULT_SHUTDOWN_TIMEOUT).isSuccess(),
        () -> shutdown(MlflowTracing.DEFAULT_SHUTDOWN_TIMEOUT).isSuccess());
    tracesBefore = ledger.traces().counts();
    spansBefore = ledger.spans().counts();
    exitHook = new Thread(this::shutdownAtExit, "mlflow-trace-exit");
  }

  static Pipeline start(TracingConfig config, @Nullable HttpTransport transport, SpanParts parts) {
    Pipeline pipeline = new Pipeline(config, transport, parts);
    Runtime.getRuntime().addShutdownHook(pipeline.exitHook);
    return pipeline;
  }

  private static TrackingClient client(
      ClientSettings server, @Nullable HttpTransport transport, Map<String, String> process) {
    return new RestTrackingClient(
        server, transport == null ? new JdkHttpTransport(server.connection()) : transport, process);
  }

  Providers providers() {
    return providers;
  }

  Counts otlpCopies() {
    return exporters.copies().spans().counts();
  }

  void setDestination(TraceLocation location) {
    if (client == null) {
      throw new IllegalStateException("Traces cannot be stored in " + location
          + ": MLFLOW_TRACKING_URI is not set, so there is no server but the OTLP endpoint.");
    }
    manager.destinations().set(location);
  }

  SpanProcessor spanProcessor() {
    return spanProcessor;
  }

  TrackingReader reader() {
    if (client == null) {
      throw new IllegalStateException("There is no tracking server to read from: "
          + Setting.TRACKING_URI.variable() + " is not set and all traces go through OTLP.");
    }
    return client.reader();
  }

  TracingStats stats() {
    return new TracingStats(
        ledger.traces().counts(), ledger.spans().counts(), client == null ? 0 : client.retries());
  }

  FlushResult flush(Duration timeout) {
    Deadline deadline = Deadline.after(timeout);
    boolean settled = exportEnded(deadline);
    return result(settled);
  }

  FlushResult shutdown(Duration timeout) {
    Deadline deadline = Deadline.after(timeout);
    synchronized (shutdownLock) {
      if (shutdownResult == null) {
        shutdownResult = end(deadline);
      }
      return shutdownResult;
    }
  }

  private FlushResult end(Deadline deadline) {
    manager.refuseSpans();
    if (client != null) {
      client.finishBy(deadline);
    }
    boolean exported = exportEnded(deadline);
    exporter.close(deadline);
    boolean closed = executor.close(deadline);
    manager.abandonOpenTraces();
    // The provider stays open: closed, it would ignore later spans without a word. The manager
    // refuses them with a warning.
    exporters.closeSinks(deadline);
    if (client != null) {
      client.close();
    }
    removeExitHook();
    return result(exported && closed);
  }

  private boolean exportEnded(Deadline deadline) {
    manager.flush(deadline);
    exporter.drain(deadline);
    return executor.awaitSettled(deadline);
  }

  private FlushResult result(boolean settled) {
    synchronized (flushLock) {
      Counts traces = ledger.traces().counts();
      Counts spans = ledger.spans().counts();
      long copiesDropped = otlpCopies().droppedInAll();
      boolean copiesLost = copiesDropped > copiesDroppedBefore;
      copiesDroppedBefore = copiesDropped;
      long tracesDropped = traces.droppedInAll() - tracesBefore.droppedInAll();
      long spansDropped = spans.droppedInAll() - spansBefore.droppedInAll();
      Status outcome =
          tracesDropped + spansDropped > 0 || copiesLost ? Status.FAILURE : Status.SUCCESS;
      FlushResult result = new FlushResult(
          settled ? outcome : Status.TIMEOUT,
          traces.delivered() - tracesBefore.delivered(),
          tracesDropped,
          spans.delivered() - spansBefore.delivered(),
          spansDropped,
          traces.pending());
      tracesBefore = traces;
      spansBefore = spans;
      return result;
    }
  }

  private void shutdownAtExit() {
    FlushResult result = shutdown(MlflowTracing.DEFAULT_SHUTDOWN_TIMEOUT);
    if (!result.isSuccess()) {
      logger.warn("Traces were lost at the end of the process: {}", result);
    }
  }

  private void removeExitHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException e) {
      logger.debug("The JVM is about to end", e);
    }
  }
}
