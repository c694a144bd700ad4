package io.github.tracingharness.conformance.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What only a collector sees of a request: how it came over the network.
 *
 * @param inFlight how many requests were being handled when it arrived, itself included
 * @param gaveUpAt when the client closed the connection while it was waiting for the answer, in
 *     nanoseconds since the start of the case; 0 when it did not
 * @param framing {@code content-length}, {@code chunked} or {@code none}
 * @param complete whether the whole body arrived
 * @param tls the TLS protocol, such as {@code TLSv1.3}, or null on a plain connection
 * @param clientCertificate subject of the client's certificate, or null without one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Wire(
    int inFlight,
    long gaveUpAt,
    String framing,
    boolean complete,
    @Nullable String tls,
    @Nullable String clientCertificate) {}
