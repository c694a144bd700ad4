package io.github.tracingharness.server.collector;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Messages that a collector answers with, written field by field. */
final class OtlpBodies {

  private OtlpBodies() {}

  /** An ExportTraceServiceResponse with a partial success. */
  static ReplyBody partialSuccess(long rejected, String message) {
    byte[] partial = message(out -> {
      out.writeInt64(1, rejected);
      out.writeString(2, message);
    });
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("partialSuccess")
        .put("rejectedSpans", Long.toString(rejected))
        .put("errorMessage", message);
    return new ReplyBody.InRequestEncoding(
        message(out -> out.writeByteArray(1, partial)), json.toString());
  }

  /** A google.rpc.Status with a message; its code is UNKNOWN. */
  static ReplyBody status(String message) {
    int unknown = 2;
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("code", unknown).put("message", message);
    return new ReplyBody.InRequestEncoding(
        message(out -> {
          out.writeInt32(1, unknown);
          out.writeString(2, message);
        }),
        json.toString());
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }
}
