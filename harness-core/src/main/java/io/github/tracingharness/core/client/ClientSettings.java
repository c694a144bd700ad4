package io.github.tracingharness.core.client;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Settings of the tracking client.
 *
 * @param trackingUri URL of the server; a path prefix is kept in front of every path
 * @param credentials credentials for the origin of that URL
 * @param retries when and how often a request is sent again
 * @param attemptTimeout time limit of one attempt
 * @param retryBudget time limit of one request that stores a trace, with all its attempts and waits
 * @param endpointBudget the same limit of all other requests
 * @param workspace workspace that every request names, or empty
 * @param followRedirects whether redirects are followed
 * @param databricks whether the server is a Databricks workspace
 * @param organization id of the Databricks workspace that every request names, or empty
 * @param connection how connections are made
 * @param compressSpans whether large requests with spans are compressed where the server takes that
 */
public record ClientSettings(
    URI trackingUri,
    Credentials credentials,
    RetryPolicy retries,
    Duration attemptTimeout,
    Duration retryBudget,
    Duration endpointBudget,
    Optional<String> workspace,
    boolean followRedirects,
    boolean databricks,
    Optional<String> organization,
    ConnectionSettings connection,
    boolean compressSpans) {

  /** Checks that all parts are there. */
  public ClientSettings {
    Objects.requireNonNull(trackingUri, "trackingUri");
    Objects.requireNonNull(credentials, "credentials");
    Objects.requireNonNull(retries, "retries");
    Objects.requireNonNull(attemptTimeout, "attemptTimeout");
    Objects.requireNonNull(retryBudget, "retryBudget");
    Objects.requireNonNull(endpointBudget, "endpointBudget");
    Objects.requireNonNull(workspace, "workspace");
    Objects.requireNonNull(organization, "organization");
    Objects.requireNonNull(connection, "connection");
  }
}
