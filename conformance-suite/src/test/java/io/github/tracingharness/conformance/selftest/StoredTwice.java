package io.github.tracingharness.conformance.selftest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import io.github.tracingharness.core.client.HttpTransport;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.HexFormat;

/** Uploads the spans that the tracking store has taken, with their true ids. */
final class StoredTwice implements WireFault {

  @Override
  public HttpAnswer send(HttpCall call, HttpTransport real)
      throws IOException, InterruptedException {
    HttpAnswer answer = real.send(call);
    if (WireFault.isSpans(call)) {
      real.send(upload(WireFault.unpacked(call)));
    }
    return answer;
  }

  private static HttpCall upload(HttpCall spans) throws IOException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode list = body.putArray("spans");
    String trace = "";
    for (Span span : ExportTraceServiceRequest.parseFrom(spans.body())
        .getResourceSpans(0)
        .getScopeSpans(0)
        .getSpansList()) {
      trace = HexFormat.of().formatHex(span.getTraceId().toByteArray());
      list.addObject()
          .put("trace_id", base64(span.getTraceId()))
          .put("span_id", base64(span.getSpanId()))
          .put("name", span.getName());
    }
    String base = spans.uri().toString().replace("/v1/traces", "");
    return spans
        .withMethod("PUT")
        .withUri(
            URI.create("%s/api/2.0/mlflow-artifacts/artifacts/1/traces/tr-%s/artifacts/traces.json"
                .formatted(base, trace)))
        .withHeader("Content-Type", "text/plain")
        .withBody(JSON.writeValueAsBytes(body));
  }

  private static String base64(ByteString id) {
    return Base64.getEncoder().encodeToString(id.toByteArray());
  }
}
