package io.github.tracingharness.core;

import io.github.tracingharness.core.client.ClientSettings;
import io.github.tracingharness.core.client.Credentials;
import io.github.tracingharness.core.client.RetryPolicy;
import io.github.tracingharness.core.export.BatchLimits;
import io.github.tracingharness.core.export.QueueLimits;
import io.github.tracingharness.core.trace.TraceLocation;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a pipeline, read and checked.
 *
 * @param experimentId experiment that traces belong to
 * @param async whether traces are exported in the background
 * @param queue limits of the export queue
 * @param batches limits of the batches of spans
 * @param destination where traces are stored instead of that experiment, or empty
 * @param maxOpenTraces how many traces may be open at once
 * @param samplingRatio share of the traces that are recorded, 0 to 1
 * @param client settings of the tracking client
 */
record TracingConfig(
    String experimentId,
    boolean async,
    QueueLimits queue,
    BatchLimits batches,
    Optional<TraceLocation> destination,
    int maxOpenTraces,
    double samplingRatio,
    ClientSettings client) {

  private static final String DEFAULT_EXPERIMENT = "0";
  private static final Pattern EXPERIMENT_ID = Pattern.compile("[A-Za-z0-9_.-]{1,250}");
  private static final Predicate<String> HEADER_TEXT = Pattern.compile("[!-~]+").asMatchPredicate();
  private static final int MANY = 1_000_000;
  private static final int MAX_RETRIES_LIMIT = 10;
  private static final double LONGEST_SECONDS = 86_400;
  private static final double DEFAULT_ATTEMPT_SECONDS = 120;
  private static final double DEFAULT_BUDGET_SECONDS = 500;

  static TracingConfig read(
      SettingsReader reader, @Nullable Boolean notebook, @Nullable TraceLocation destination) {
    QueueLimits queue = new QueueLimits(
        reader.integer(Setting.MAX_QUEUE_SIZE, 1, MANY, QueueLimits.DEFAULT_MAX_TASKS),
        reader.integer(Setting.MAX_WORKERS, 1, 1000, QueueLimits.DEFAULT_MAX_WORKERS));
    return new TracingConfig(
        experimentId(reader),
        reader.flag(Setting.ASYNC).orElseGet(() -> !inNotebook(reader, notebook)),
        queue,
        batches(reader, queue),
        destination == null ? DestinationReader.read(reader) : Optional.of(destination),
        reader.integer(Setting.BUFFER_MAX_SIZE, 1, MANY, 1000),
        reader.decimal(Setting.SAMPLING_RATIO, 0, 1, 1),
        client(reader));
  }

  private static BatchLimits batches(SettingsReader reader, QueueLimits queue) {
    int defaultMillis = Math.toIntExact(BatchLimits.DEFAULT_MAX_INTERVAL.toMillis());
    return BatchLimits.of(
        reader.integer(Setting.MAX_SPAN_BATCH_SIZE, 1, 10_000, BatchLimits.DEFAULT_MAX_SPANS),
        Duration.ofMillis(reader.integer(Setting.MAX_BATCH_INTERVAL, 1, 86_400_000, defaultMillis)),
        queue);
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

  private static ClientSettings client(SettingsReader reader) {
    RetryPolicy retries = new RetryPolicy(
        reader.integer(Setting.MAX_RETRIES, 0, MAX_RETRIES_LIMIT, RetryPolicy.DEFAULT_MAX_RETRIES),
        reader.decimal(Setting.BACKOFF_FACTOR, 0, 120, RetryPolicy.DEFAULT_BACKOFF_FACTOR_SECONDS),
        reader.decimal(Setting.BACKOFF_JITTER, 0, 120, RetryPolicy.DEFAULT_BACKOFF_JITTER_SECONDS),
        reader.flag(Setting.RESPECT_RETRY_AFTER).orElse(true));
    return new ClientSettings(
        trackingUri(reader),
        credentials(reader),
        retries,
        seconds(reader, Setting.REQUEST_TIMEOUT, DEFAULT_ATTEMPT_SECONDS),
        seconds(reader, Setting.RETRY_BUDGET, DEFAULT_BUDGET_SECONDS),
        workspace(reader),
        reader.flag(Setting.ALLOW_REDIRECTS).orElse(true));
  }

  private static Duration seconds(SettingsReader reader, Setting setting, double otherwise) {
    double seconds = reader.decimal(setting, 0.001, LONGEST_SECONDS, otherwise);
    return Duration.ofNanos(BigDecimal.valueOf(seconds).movePointRight(9).longValue());
  }

  private static Optional<String> workspace(SettingsReader reader) {
    Optional<String> workspace = reader.text(Setting.WORKSPACE).map(String::strip);
    if (workspace.isPresent() && !HEADER_TEXT.test(workspace.get())) {
      throw reader.wrong(
          Setting.WORKSPACE,
          workspace.get(),
          "a name of printable ASCII characters without spaces");
    }
    return workspace;
  }

  private static URI trackingUri(SettingsReader reader) {
    String allowed = "an http:// or https:// URL without user, query and fragment";
    Optional<String> text = reader.text(Setting.TRACKING_URI).map(String::strip);
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          Setting.TRACKING_URI.variable() + " is not set but must be " + allowed + ".");
    }
    try {
      URI uri = new URI(text.get());
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean http = scheme.equals("http") || scheme.equals("https");
      if (uri.getRawUserInfo() != null) {
        // The value may hold a password, so it is not shown.
        throw new IllegalArgumentException(
            Setting.TRACKING_URI.variable() + " holds a user but must be " + allowed + ".");
      }
      if (http
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw reader.wrong(Setting.TRACKING_URI, withoutSecrets(text.get()), allowed);
    }
    throw reader.wrong(Setting.TRACKING_URI, withoutSecrets(text.get()), allowed);
  }

  /** A query or a user part may hold a token or a password. */
  private static String withoutSecrets(String uri) {
    return uri.replaceFirst("//[^/]*@", "//...@").replaceFirst("\\?.*", "?...");
  }

  private static Credentials credentials(SettingsReader reader) {
    Optional<String> token = reader.text(Setting.TOKEN);
    if (token.isPresent()) {
      if (!HEADER_TEXT.test(token.get())) {
        throw reader.wrong(
            Setting.TOKEN, "", "a token of printable ASCII characters without spaces");
      }
      return Credentials.bearer(token.get());
    }
    Optional<String> user = reader.text(Setting.USERNAME);
    Optional<String> password = reader.text(Setting.PASSWORD);
    if (user.isPresent() && user.get().indexOf(':') >= 0) {
      throw reader.wrong(Setting.USERNAME, user.get(), "a user name without a colon");
    }
    return user.isPresent() && password.isPresent()
        ? Credentials.basic(user.get(), password.get())
        : Credentials.none();
  }
}
