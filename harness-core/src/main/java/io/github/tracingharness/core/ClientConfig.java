package io.github.tracingharness.core;

import io.github.tracingharness.core.client.ClientSettings;
import io.github.tracingharness.core.client.RetryPolicy;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads and checks the settings of the tracking client. */
final class ClientConfig {

  static final Predicate<String> HEADER_TEXT = Pattern.compile("[!-~]+").asMatchPredicate();

  private static final int MAX_RETRIES_LIMIT = 10;
  private static final double LONGEST_SECONDS = 86_400;
  private static final double DEFAULT_ATTEMPT_SECONDS = 120;
  private static final double DEFAULT_BUDGET_SECONDS = 500;

  private ClientConfig() {}

  static ClientSettings read(SettingsReader reader, BuilderValues given) {
    RetryPolicy retries = new RetryPolicy(
        reader.integer(Setting.MAX_RETRIES, 0, MAX_RETRIES_LIMIT, RetryPolicy.DEFAULT_MAX_RETRIES),
        reader.decimal(Setting.BACKOFF_FACTOR, 0, 120, RetryPolicy.DEFAULT_BACKOFF_FACTOR_SECONDS),
        reader.decimal(Setting.BACKOFF_JITTER, 0, 120, RetryPolicy.DEFAULT_BACKOFF_JITTER_SECONDS),
        reader.flag(Setting.RESPECT_RETRY_AFTER).orElse(true));
    Optional<DatabricksLogin> databricks = DatabricksLogin.read(reader);
    URI uri = databricks.isPresent() ? databricks.get().host() : TrackingUri.read(reader);
    Duration budget = seconds(reader, Setting.RETRY_BUDGET, DEFAULT_BUDGET_SECONDS);
    Duration ofDatabricks =
        seconds(reader, Setting.DATABRICKS_RETRY_BUDGET, DEFAULT_BUDGET_SECONDS);
    return new ClientSettings(
        uri,
        databricks.isPresent() ? databricks.get().credentials() : CredentialsConfig.read(reader),
        retries,
        seconds(reader, Setting.REQUEST_TIMEOUT, DEFAULT_ATTEMPT_SECONDS),
        budget,
        databricks.isPresent() ? ofDatabricks : budget,
        workspace(reader),
        reader.flag(Setting.ALLOW_REDIRECTS).orElse(true),
        databricks.isPresent(),
        databricks.flatMap(DatabricksLogin::workspaceId),
        ConnectionConfig.read(reader),
        given.compressSpans());
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
}
