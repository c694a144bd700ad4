package io.github.tracingharness.core;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of the export through OTLP.
 *
 * @param endpoint URL that takes the spans
 * @param headers headers of every request
 * @param gzip whether bodies are compressed
 * @param timeout time limit of one request with all its attempts
 * @param certificate file with the certificates that the endpoint is trusted for
 * @param clientKey file with the key of the client
 * @param clientCertificate file with the certificate of the client
 * @param dual whether traces are also exported to their MLflow destination
 */
record OtlpSettings(
    URI endpoint,
    Map<String, String> headers,
    boolean gzip,
    Duration timeout,
    Optional<Path> certificate,
    Optional<Path> clientKey,
    Optional<Path> clientCertificate,
    boolean dual) {

  OtlpSettings {
    headers = Map.copyOf(headers);
  }

  /** Names the headers but not their values, which may be secret. */
  @Override
  public String toString() {
    return "OtlpSettings[endpoint=" + endpoint + ", headers=" + headers.keySet() + ", dual=" + dual
        + "]";
  }
}
