package io.github.tracingharness.conformance.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tracingharness.conformance.history.Payload;
import io.github.tracingharness.server.otlp.OtlpException;
import io.github.tracingharness.server.otlp.OtlpRequest;
import java.util.Optional;

/** OTLP protobuf bodies as a tree for a reader. */
final class OtlpText {

  private static final ObjectMapper JSON = new ObjectMapper();

  private OtlpText() {}

  /** Returns the decoded request, or nothing where the bytes are none. */
  static Optional<JsonNode> of(Payload body, String contentType, String contentEncoding) {
    try {
      OtlpRequest request = OtlpRequest.decode(body.bytes(), contentType, contentEncoding);
      return Optional.of(JSON.valueToTree(request));
    } catch (OtlpException e) {
      return Optional.empty();
    }
  }
}
