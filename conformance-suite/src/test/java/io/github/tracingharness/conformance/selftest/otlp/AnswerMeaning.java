package io.github.tracingharness.conformance.selftest.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.github.tracingharness.conformance.selftest.otlp.WireRules.Meaning;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.util.Locale;

/** Reads bodies of answers; whatever they hold, nothing is thrown. */
final class AnswerMeaning {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SHOWN = 200;

  private AnswerMeaning() {}

  /** Tells what an accepting answer says besides acceptance. */
  static Meaning ofAcceptance(HttpAnswer answer, WireRules rules, Diagnostics log) {
    String type = type(answer);
    try {
      if (answer.bodyProblem().isPresent()) {
        return rules.unreadable(answer.bodyProblem().get(), log);
      }
      if (type.contains("json")) {
        JsonNode partial = MAPPER.readTree(answer.body()).path("partialSuccess");
        return rules.partialSuccess(
            rules.rejectedSpans(partial.path("rejectedSpans")),
            partial.path("errorMessage").asText(),
            log);
      }
      if (type.contains("protobuf") || answer.body().length == 0) {
        ExportTracePartialSuccess partial =
            ExportTraceServiceResponse.parseFrom(answer.body()).getPartialSuccess();
        return rules.partialSuccess(partial.getRejectedSpans(), partial.getErrorMessage(), log);
      }
      return rules.foreign(type, log);
    } catch (IOException e) {
      return rules.unreadable(String.valueOf(e.getMessage()), log);
    }
  }

  /** Returns the message of a refusing answer, empty if it has none. */
  static String ofRefusal(HttpAnswer answer) {
    try {
      String message = type(answer).contains("json")
          ? MAPPER.readTree(answer.body()).path("message").asText()
          : type(answer).contains("protobuf") ? protobufStatusMessage(answer.body()) : "";
      return message.substring(0, Math.min(message.length(), SHOWN));
    } catch (IOException e) {
      return "";
    }
  }

  /** The message of a google.rpc.Status is its second field. */
  private static String protobufStatusMessage(byte[] body) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(body);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 2) {
        return in.readString();
      }
      in.skipField(tag);
    }
    return "";
  }

  private static String type(HttpAnswer answer) {
    return answer.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
  }
}
