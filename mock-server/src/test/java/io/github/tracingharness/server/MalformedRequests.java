package io.github.tracingharness.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes requests that are wrong in one way or several, the same ones for the same seed. */
final class MalformedRequests {

  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "FOO", "get");
  private static final List<String> PATHS = List.of(
      "/",
      "/?trace=x",
      "/health",
      "/version",
      "/v1/traces",
      "/api/2.0/mlflow/experiments/create",
      "/api/2.0/mlflow/experiments/get?experiment_id=0",
      "/api/2.0/mlflow/experiments/search",
      "/api/3.0/mlflow/traces",
      "/api/3.0/mlflow/traces/search",
      "/api/3.0/mlflow/traces/batchGetInfos",
      "/api/3.0/mlflow/traces/metrics",
      "/api/3.0/mlflow/traces/tr-1",
      "/api/3.0/mlflow/traces/tr-1/tags",
      "/api/3.0/mlflow/traces/tr-1/assessments",
      "/api/3.0/mlflow/traces/tr-1/assessments/a-1",
      "/api/2.0/mlflow/traces",
      "/api/2.0/mlflow/traces?experiment_ids=0&max_results=1",
      "/api/2.0/mlflow/traces/tr-1",
      "/api/2.0/mlflow/traces/delete-traces",
      "/api/2.0/mlflow/traces/link-prompts",
      "/api/2.0/mlflow/traces/link-to-run",
      "/api/2.0/mlflow/runs/create",
      "/api/2.0/mlflow/runs/search",
      "/api/2.0/mlflow/registered-models/create",
      "/api/2.0/mlflow/registered-models/search?filter=name%20LIKE%20%27a%25%27",
      "/api/2.0/mlflow/registered-models/alias?name=a&alias=b",
      "/api/2.0/mlflow/model-versions/create",
      "/api/2.0/mlflow-artifacts/artifacts/a/b.txt",
      "/api/2.0/mlflow-artifacts/artifacts?path=a",
      "/ajax-api/2.0/mlflow/get-trace-artifact?request_id=tr-1",
      "/__harness/state",
      "/__harness/faults/NIX",
      "/__harness/calls");
  private static final List<String> BODIES = List.of(
      "{}",
      "null",
      "[]",
      "\"{}\"",
      "{\"trace\":{\"trace_info\":{\"trace_id\":\"tr-1\",\"trace_location\":{\"type\":1,"
          + "\"mlflow_experiment\":{\"experiment_id\":\"0\"}},\"request_time\":\"2026-01-02T03:04:05Z\","
          + "\"execution_duration\":\"1.5s\",\"state\":\"OK\",\"tags\":{\"a\":\"b\"},"
          + "\"assessments\":[{\"assessment_name\":\"x\",\"feedback\":{\"value\":NaN}}]}}}",
      "{\"locations\":[{\"mlflow_experiment\":{\"experiment_id\":\"0\"}}],\"filter\":\"span.name"
          + " RLIKE '(' AND feedback.a >= 1 AND tags.`b` IN ('a')\",\"order_by\":[\"timestamp DESC\"],"
          + "\"page_token\":\"eyJvZmZzZXQiOiAxfQ==\",\"max_results\":\"9\"}",
      "{\"experiment_ids\":[\"0\"],\"view_type\":\"SPANS\",\"metric_name\":\"latency\","
          + "\"aggregations\":[{\"aggregation_type\":\"PERCENTILE\",\"percentile_value\":95}],"
          + "\"time_interval_seconds\":1,\"start_time_ms\":0,\"end_time_ms\":9}",
      "{\"name\":\"m\",\"source\":\"prompt-template\",\"version\":\"1\",\"alias\":\"a\",\"tags\":"
          + "[{\"key\":\"mlflow.prompt.is_prompt\",\"value\":\"true\"}]}",
      "{\"experiment_id\":\"0\",\"timestamp_ms\":9223372036854775807,\"run_name\":\"r\","
          + "\"key\":\"k\",\"value\":\"v\",\"trace_ids\":[\"tr-1\"],\"run_id\":\"x\"}",
      "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":"
          + "\"0123456789abcdef0123456789abcdef\",\"spanId\":\"0123456789abcdef\",\"name\":\"n\","
          + "\"startTimeUnixNano\":\"1\",\"endTimeUnixNano\":\"2\",\"attributes\":[{\"key\":\"k\","
          + "\"value\":{\"stringValue\":\"v\"}}]}]}]}]}",
      "{\"assessment\":{\"assessment_name\":\"a\",\"expectation\":{\"serialized_value\":{"
          + "\"serialization_format\":\"JSON_FORMAT\",\"value\":\"{\"}}},\"update_mask\":\"valid\"}",
      "\n\u0016some\u0010protobuf\u0001\u0002\u0003\u0000");
  private static final List<String> SPICE = List.of(
      "%",
      "%00",
      "%2e%2e%2f",
      "../",
      "..%2f",
      "\\",
      "//",
      ";",
      "?",
      "#",
      "\u0000",
      "\r",
      "\t",
      "{",
      "}",
      "[",
      "\"",
      "'",
      "\\u0000",
      "\\ud800",
      "1e999",
      "-1",
      "9".repeat(40),
      "\u00ff\u00fe",
      "<script>",
      "${x}",
      "null",
      "true",
      "x".repeat(3000),
      "'".repeat(3000),
      " AND a = 'b'".repeat(300),
      "[".repeat(1500),
      "{\"a\":".repeat(600));

  private final Random random;

  MalformedRequests(long seed) {
    this.random = new Random(seed);
  }

  byte[] next() {
    if (random.nextInt(25) == 0) {
      byte[] noise = new byte[random.nextInt(400)];
      random.nextBytes(noise);
      return noise;
    }
    String body = spiced(pick(BODIES), 3);
    byte[] content = body.getBytes(StandardCharsets.ISO_8859_1);
    StringBuilder head = new StringBuilder();
    head.append(pick(METHODS)).append(' ').append(spiced(pick(PATHS), 2)).append(" HTTP/1.1\r\n");
    head.append(random.nextInt(20) == 0 ? "" : "Host: 127.0.0.1\r\n");
    head.append("Content-Type: ").append(contentType()).append("\r\n");
    head.append("x-mlflow-experiment-id: ").append(random.nextBoolean() ? "0" : spiced("0", 1));
    head.append("\r\n");
    if (random.nextInt(6) == 0) {
      head.append("Content-Encoding: ")
          .append(pick(List.of("gzip", "deflate", "br", "identity")))
          .append("\r\n");
    }
    if (random.nextInt(6) == 0) {
      head.append(spiced("X-Some: thing", 2)).append("\r\n");
    }
    boolean chunked = random.nextInt(8) == 0;
    if (chunked) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (random.nextInt(12) != 0) {
      int off = random.nextInt(10) == 0 ? random.nextInt(200) - 100 : 0;
      head.append("Content-Length: ").append(content.length + off).append("\r\n");
    }
    head.append("\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    if (chunked) {
      String size = random.nextInt(4) == 0 ? "zz" : Integer.toHexString(content.length);
      request.writeBytes((size + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      request.writeBytes(content);
      request.writeBytes("\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    } else {
      request.writeBytes(content);
    }
    byte[] whole = request.toByteArray();
    return random.nextInt(12) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole;
  }

  private String contentType() {
    return pick(List.of(
        "application/json",
        "application/json",
        "application/x-protobuf",
        "text/plain",
        "application/json; charset=utf-16"));
  }

  private String spiced(String text, int most) {
    StringBuilder spiced = new StringBuilder(text);
    for (int i = random.nextInt(most + 1); i > 0 && spiced.length() > 0; i--) {
      int at = random.nextInt(spiced.length());
      switch (random.nextInt(4)) {
        case 0 -> spiced.insert(at, pick(SPICE));
        case 1 -> spiced.deleteCharAt(at);
        case 2 -> spiced.setCharAt(at, (char) random.nextInt(256));
        default -> spiced.setLength(at);
      }
    }
    return spiced.toString();
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
