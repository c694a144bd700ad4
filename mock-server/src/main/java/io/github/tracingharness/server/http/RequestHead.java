package io.github.tracingharness.server.http;

import io.github.tracingharness.server.Header;
import java.util.List;

/**
 * What is known of a request once its headers were read.
 *
 * @param method the HTTP method
 * @param target path and query as sent
 * @param headers the headers in order
 * @param clientPort the client's port
 * @param arrivedNanos {@link System#nanoTime()} of the arrival
 */
public record RequestHead(
    String method, String target, List<Header> headers, int clientPort, long arrivedNanos) {}
