package io.github.tracingharness.conformance.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import io.github.tracingharness.core.client.HttpTransport;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;

/** Something wrong between the reference and the wire, below its retries. */
@FunctionalInterface
interface WireFault {

  ObjectMapper JSON = new ObjectMapper();

  String CONTENT_ENCODING = "Content-Encoding";

  HttpAnswer ACCEPTED = new HttpAnswer(200, Map.of(), new byte[0]);

  HttpAnswer send(HttpCall call, HttpTransport real) throws IOException, InterruptedException;

  static boolean isStart(HttpCall call) {
    return call.method().equals("POST") && call.uri().getPath().endsWith("/api/3.0/mlflow/traces");
  }

  static boolean isSpans(HttpCall call) {
    return call.uri().getPath().endsWith("/v1/traces");
  }

  static boolean isUpload(HttpCall call) {
    return call.method().equals("PUT") && call.uri().getPath().contains("/mlflow-artifacts/");
  }

  static boolean isLink(HttpCall call) {
    return call.uri().getPath().endsWith("/link-prompts");
  }

  static boolean isTableSpans(HttpCall call) {
    return call.uri().getPath().endsWith("/api/2.0/otel/v1/traces");
  }

  static boolean isCatalogInfo(HttpCall call) {
    return call.method().equals("POST") && call.uri().getPath().contains("/api/4.0/mlflow/traces/");
  }

  static boolean isCatalogLink(HttpCall call) {
    return call.uri().getPath().endsWith("/prompt-versions/links-to-traces");
  }

  /** Changes the trace info of each request that sends one to Unity Catalog. */
  static WireFault catalogInfo(Consumer<ObjectNode> edit) {
    return (call, real) -> {
      if (!isCatalogInfo(call)) {
        return real.send(call);
      }
      ObjectNode info = (ObjectNode) JSON.readTree(call.body());
      edit.accept(info);
      return real.send(call.withBody(JSON.writeValueAsBytes(info)));
    };
  }

  /** Sends each such request a second time. */
  static WireFault twice(Predicate<HttpCall> which) {
    return (call, real) -> {
      if (which.test(call)) {
        real.send(call);
      }
      return real.send(call);
    };
  }

  /** Claims such requests without sending them. */
  static WireFault swallowed(Predicate<HttpCall> which) {
    return (call, real) -> which.test(call) ? ACCEPTED : real.send(call);
  }

  static Predicate<HttpCall> afterTheFirst(Predicate<HttpCall> which) {
    AtomicInteger seen = new AtomicInteger();
    return call -> which.test(call) && seen.getAndIncrement() > 0;
  }

  /** Changes the trace info of each start-trace request. */
  static WireFault info(Consumer<ObjectNode> edit) {
    return (call, real) -> real.send(isStart(call) ? call.withBody(edited(call, edit)) : call);
  }

  private static byte[] edited(HttpCall call, Consumer<ObjectNode> edit) throws IOException {
    JsonNode body = JSON.readTree(call.body());
    edit.accept((ObjectNode) body.path("trace").path("trace_info"));
    return JSON.writeValueAsBytes(body);
  }

  /** Changes each span of each OTLP request. */
  static WireFault span(Consumer<Span.Builder> edit) {
    return spans(request -> request
        .getResourceSpansBuilderList()
        .forEach(r ->
            r.getScopeSpansBuilderList().forEach(s -> s.getSpansBuilderList().forEach(edit))));
  }

  /** Returns a call without the compression that its body may have. */
  static HttpCall unpacked(HttpCall call) throws IOException {
    if (call.header(CONTENT_ENCODING).isEmpty()) {
      return call;
    }
    try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(call.body()))) {
      return call.withoutHeader(CONTENT_ENCODING).withBody(body.readAllBytes());
    }
  }

  /** Changes each OTLP request. */
  static WireFault spans(Consumer<ExportTraceServiceRequest.Builder> edit) {
    return (call, real) -> {
      if (!isSpans(call)) {
        return real.send(call);
      }
      HttpCall plain = unpacked(call);
      try {
        ExportTraceServiceRequest.Builder request =
            ExportTraceServiceRequest.parseFrom(plain.body()).toBuilder();
        edit.accept(request);
        return real.send(plain.withBody(request.build().toByteArray()));
      } catch (InvalidProtocolBufferException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** Changes each span of each uploaded {@code traces.json}. */
  static WireFault uploadedSpan(Consumer<ObjectNode> edit) {
    return (call, real) -> {
      if (!isUpload(call)) {
        return real.send(call);
      }
      JsonNode body = JSON.readTree(call.body());
      body.path("spans").forEach(span -> edit.accept((ObjectNode) span));
      return real.send(call.withBody(JSON.writeValueAsBytes(body)));
    };
  }

  /** Changes every request. */
  static WireFault call(UnaryOperator<HttpCall> edit) {
    return (call, real) -> real.send(edit.apply(call));
  }
}
