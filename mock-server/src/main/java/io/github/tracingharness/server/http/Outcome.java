package io.github.tracingharness.server.http;

import io.github.tracingharness.server.Header;
import java.util.List;

/**
 * How an exchange ended on the wire.
 *
 * @param requestBody the request's bytes as far as they were read
 * @param status the status sent, or 0 if none went out
 * @param headers the headers sent
 * @param responseBody the body bytes handed to the connection
 * @param answeredNanos {@link System#nanoTime()} when the last byte was handed to the connection,
 *     or it was given up
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are bytes; nobody compares these values
public record Outcome(
    byte[] requestBody,
    int status,
    List<Header> headers,
    byte[] responseBody,
    long answeredNanos) {}
