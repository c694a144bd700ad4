package io.github.tracingharness.core;

import io.github.tracingharness.core.client.ClientSettings;
import io.github.tracingharness.core.export.BatchLimits;
import io.github.tracingharness.core.export.OverloadPolicy;
import io.github.tracingharness.core.export.QueueLimits;
import io.github.tracingharness.core.manager.AttachmentRules;
import io.github.tracingharness.core.manager.TraceLimits;
import io.github.tracingharness.core.trace.TraceLocation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a pipeline, read and checked.
 *
 * @param experiment experiment that traces belong to, by its id or by its name
 * @param async whether traces are exported in the background
 * @param queue limits of the export queue
 * @param batches limits of the batches of spans
 * @param destination where traces are stored instead of that experiment, or empty
 * @param otlp settings of the export through OTLP, or empty if there is none
 * @param limits limits of open traces
 * @param provider what makes the spans
 * @param client settings of the tracking client, or null if there is no server because all traces
 *     go through OTLP
 */
record TracingConfig(
    TraceLocation experiment,
    boolean async,
    QueueLimits queue,
    BatchLimits batches,
    Optional<TraceLocation> destination,
    Optional<OtlpSettings> otlp,
    TraceLimits limits,
    ProviderConfig provider,
    @Nullable ClientSettings client) {

  private static final String DEFAULT_EXPERIMENT = "0";
  private static final Pattern EXPERIMENT_ID = Pattern.compile("[A-Za-z0-9_.-]{1,250}");
  private static final Pattern EXPERIMENT_NAME = Pattern.compile("[^\\p{Cntrl}]{1,500}");
  private static final double LONGEST_SECONDS = 31_536_000;
  private static final int MANY = 1_000_000;

  static TracingConfig read(SettingsReader reader, BuilderValues given) {
    Optional<TraceLocation> destination =
        Optional.ofNullable(given.destination()).or(() -> DestinationReader.read(reader));
    String experimentId = experimentId(reader);
    Optional<OtlpSettings> otlp =
        OtlpConfig.read(reader, given, experimentId, destination.isPresent());
    TraceLocation experiment = experiment(reader);
    if (otlp.isPresent()
        && given.otlpEndpoint() != null
        && experiment instanceof TraceLocation.ExperimentName named) {
      throw reader.wrong(
          Setting.EXPERIMENT_NAME,
          named.name(),
          "unset, because requests to the OTLP endpoint need the experiment's id; set "
              + Setting.EXPERIMENT_ID.variable());
    }
    boolean needsServer =
        otlp.isEmpty() || otlp.get().dual() || reader.text(Setting.TRACKING_URI).isPresent();
    QueueLimits queue = new QueueLimits(
        reader.integer(Setting.MAX_QUEUE_SIZE, 1, MANY, QueueLimits.DEFAULT_MAX_TASKS),
        reader.integer(Setting.MAX_WORKERS, 1, 1000, QueueLimits.DEFAULT_MAX_WORKERS),
        given.overload() == null ? OverloadPolicy.dropNewest() : given.overload(),
        QueueLimits.DEFAULT_MAX_CHARS);
    return new TracingConfig(
        experiment,
        reader.flag(Setting.ASYNC).orElseGet(() -> !inNotebook(reader, given.notebook())),
        queue,
        batches(reader, queue),
        destination,
        otlp,
        limits(reader),
        ProviderConfig.read(reader),
        needsServer ? ClientConfig.read(reader, given) : null);
  }

  private static BatchLimits batches(SettingsReader reader, QueueLimits queue) {
    int defaultMillis = Math.toIntExact(BatchLimits.DEFAULT_MAX_INTERVAL.toMillis());
    return BatchLimits.of(
        reader.integer(Setting.MAX_SPAN_BATCH_SIZE, 1, 10_000, BatchLimits.DEFAULT_MAX_SPANS),
        Duration.ofMillis(reader.integer(Setting.MAX_BATCH_INTERVAL, 1, 86_400_000, defaultMillis)),
        queue);
  }

  private static TraceLimits limits(SettingsReader reader) {
    double interval = TraceLimits.DEFAULT_CHECK_INTERVAL.toSeconds();
    int size = reader.integer(Setting.MAX_ATTACHMENT_SIZE, 0, Integer.MAX_VALUE, 0);
    return new TraceLimits(
        reader.integer(Setting.BUFFER_MAX_SIZE, 1, MANY, TraceLimits.DEFAULT_MAX_OPEN_TRACES),
        reader
            .text(Setting.TRACE_TIMEOUT)
            .map(text -> seconds(reader.decimal(Setting.TRACE_TIMEOUT, 0.001, LONGEST_SECONDS, 1))),
        seconds(reader.decimal(Setting.TRACE_TIMEOUT_CHECK, 0.001, LONGEST_SECONDS, interval)),
        new AttachmentRules(
            reader.flag(Setting.EXTRACT_ATTACHMENTS).orElse(true),
            size == 0 ? OptionalLong.empty() : OptionalLong.of(size)));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(BigDecimal.valueOf(seconds).movePointRight(9).longValue());
  }

  /** Of id and name the one from the stronger source counts; from one source they must agree. */
  private static TraceLocation experiment(SettingsReader reader) {
    String id = experimentId(reader);
    Optional<String> name = reader.text(Setting.EXPERIMENT_NAME).map(String::strip);
    int idRank = reader.rank(Setting.EXPERIMENT_ID);
    int nameRank = reader.rank(Setting.EXPERIMENT_NAME);
    if (name.isEmpty() || idRank < nameRank) {
      return new TraceLocation.Experiment(id);
    }
    if (!EXPERIMENT_NAME.matcher(name.get()).matches()) {
      throw reader.wrong(
          Setting.EXPERIMENT_NAME,
          name.get(),
          "the name of an experiment of 1 to 500 characters on one line");
    }
    return new TraceLocation.ExperimentName(
        name.get(), idRank == nameRank ? Optional.of(id) : Optional.empty());
  }

  private static String experimentId(SettingsReader reader) {
    String id = reader.text(Setting.EXPERIMENT_ID).orElse(DEFAULT_EXPERIMENT);
    if (!EXPERIMENT_ID.matcher(id).matches()) {
      throw reader.wrong(
          Setting.EXPERIMENT_ID,
          id,
          "the id of an experiment, for example 0 (letters, digits, _ . -)");
    }
    return id;
  }

  /** A job cluster has the runtime too but no notebook to show a trace in. */
  private static boolean inNotebook(SettingsReader reader, @Nullable Boolean given) {
    return given != null
        ? given
        : reader.variable("DATABRICKS_RUNTIME_VERSION").isPresent()
            && !reader
                .variable("DB_IS_JOB_CLUSTER")
                .map("true"::equalsIgnoreCase)
                .orElse(false);
  }
}
