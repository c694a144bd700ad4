package io.github.tracingharness.server.collector;

import org.jspecify.annotations.Nullable;

/**
 * What was agreed in the TLS handshake of a connection.
 *
 * @param protocol the version, such as {@code TLSv1.3}
 * @param clientCertificate the subject of the client's certificate, or null if it showed none
 * @since 0.1.0
 */
public record TlsSession(String protocol, @Nullable String clientCertificate) {}
