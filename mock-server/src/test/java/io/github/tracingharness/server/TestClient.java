package io.github.tracingharness.server;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;

/** A client of one space, on real sockets. */
final class TestClient {

  static final String START = "/api/3.0/mlflow/traces";

  private static final HttpClient HTTP = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(Duration.ofSeconds(10))
      .build();

  private final URI base;

  TestClient(TrackingSpace space) {
    this.base = space.trackingUri();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return send(request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
    return send(request(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> startTrace(String traceId) throws IOException, InterruptedException {
    return post(START, startTraceBody(traceId, 1));
  }

  HttpResponse<String> sendSpan(String traceId, String spanId, String name)
      throws IOException, InterruptedException {
    return send(request("/v1/traces")
        .header("Content-Type", "application/x-protobuf")
        .header("x-mlflow-experiment-id", "0")
        .POST(HttpRequest.BodyPublishers.ofByteArray(rootSpan(traceId, spanId, name))));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static String startTraceBody(String traceId, int spans) {
    return """
        {"trace": {"trace_info": {"trace_id": "%s",
          "trace_location": {"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": "0"}},
          "request_time": "2026-01-02T03:04:05.678Z", "execution_duration": "1.5s", "state": "OK",
          "trace_metadata": {"mlflow.trace.sizeStats": "{\\"num_spans\\": %d}"}, "tags": {"a": "b"}}}}
        """.formatted(traceId, spans);
  }

  static byte[] rootSpan(String traceId, String spanId, String name) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request
        .addResourceSpansBuilder()
        .addScopeSpansBuilder()
        .addSpans(Span.newBuilder()
            .setTraceId(bytes(traceId.replace("tr-", "")))
            .setSpanId(bytes(spanId))
            .setName(name)
            .setStartTimeUnixNano(1_700_000_000_000_000_000L)
            .setEndTimeUnixNano(1_700_000_001_000_000_000L));
    return request.build().toByteArray();
  }

  static ByteString bytes(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }
}
