package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedOutputStream;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.http.Request;
import io.github.tracingharness.server.otlp.OtlpRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What of an OTLP request is taken: all of it, as the real server has no partial success, unless a
 * fault says otherwise.
 */
final class OtlpPart {

  private static final byte[] NOTHING = {};
  private static final int PARTIAL_SUCCESS = 1;
  private static final int REJECTED_SPANS = 1;
  private static final int ERROR_MESSAGE = 2;

  private OtlpPart() {}

  static OtlpRequest taken(OtlpRequest spans, Request request) {
    Request.PartialSuccess partly = request.partly();
    return partly == null ? spans : spans.withoutFirst(partly.rejected());
  }

  static Reply answer(OtlpRequest spans, Request request) {
    Request.PartialSuccess partly = request.partly();
    if (partly == null) {
      return Reply.of(200, "application/x-protobuf", NOTHING);
    }
    int rejected = Math.min(partly.rejected(), spans.spans().size());
    return request.header("Content-Type").orElse("").startsWith("application/json")
        ? Reply.text(200, "application/json", json(rejected, partly.message()))
        : Reply.of(200, "application/x-protobuf", protobuf(rejected, partly.message()));
  }

  private static String json(int rejected, String message) {
    ObjectNode answer = Json.object();
    // 64-bit numbers are strings in the JSON of Protocol Buffers.
    answer
        .putObject("partialSuccess")
        .put("rejectedSpans", Integer.toString(rejected))
        .put("errorMessage", message);
    return JsonLayout.COMPACT.write(answer);
  }

  private static byte[] protobuf(int rejected, String message) {
    return message(answer -> answer.writeByteArray(PARTIAL_SUCCESS, message(partial -> {
      partial.writeInt64(REJECTED_SPANS, rejected);
      partial.writeString(ERROR_MESSAGE, message);
    })));
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return bytes.toByteArray();
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }
}
