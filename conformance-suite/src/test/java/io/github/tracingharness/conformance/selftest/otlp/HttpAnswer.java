package io.github.tracingharness.conformance.selftest.otlp;

import java.util.Map;
import java.util.Optional;

/**
 * What a server answered.
 *
 * @param headers by name, whatever its case
 * @param body after decompression
 * @param bodyProblem why the body is not whole, if it is not
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are bytes; nobody compares these values
record HttpAnswer(
    int status, Map<String, String> headers, byte[] body, Optional<String> bodyProblem) {

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
