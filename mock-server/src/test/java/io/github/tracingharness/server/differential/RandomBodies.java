package io.github.tracingharness.server.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes the bodies of requests, valid as a rule. */
final class RandomBodies {

  private static final List<String> STRINGS =
      List.of("=", "!=", "LIKE", "ILIKE", "RLIKE", "IN", "NOT IN", ">", "IS NULL", "IS NOT NULL");
  private static final List<String> NUMBERS = List.of("=", "!=", ">", ">=", "<", "<=", "LIKE");

  private final Random random;

  RandomBodies(Random random) {
    this.random = random;
  }

  String experiment() {
    return pick(List.of("${e0}", "${e0}", "${e0}", "${e0}", "${e1}", "${e2}", "99999999"));
  }

  String traceName() {
    return "t" + random.nextInt(4);
  }

  String trace() {
    return random.nextInt(15) == 0 ? "tr-unknown" : "${" + traceName() + "}";
  }

  String key() {
    return pick(List.of(
        "color",
        "size",
        "mlflow.traceName",
        "a b",
        "a/b",
        "k\u00e4",
        "color",
        "mlflow.note",
        "a'b"));
  }

  String value() {
    return pick(List.of("red", "blue", "", "5", "it's", "\u00e4\ud83d\ude00", "x".repeat(300)));
  }

  String pair() {
    return "\"key\":\"" + key() + "\",\"value\":\"" + value() + "\"";
  }

  String pairs() {
    return "[{" + pair() + "},{\"key\":\"other\",\"value\":\"" + value() + "\"}]";
  }

  String tagFilter() {
    return pick(List.of("tags.color", "tag.size", "tags.`a b`")) + " "
        + pick(List.of("=", "!=", "LIKE", "ILIKE")) + " '" + pick(List.of("red", "r%", "%")) + "'";
  }

  String startTrace(String trace, String experiment) {
    List<String> members = new ArrayList<>();
    members.add("\"trace_id\":\"${" + trace + "}\"");
    members.add("\"trace_location\":{\"type\":" + pick(List.of("\"MLFLOW_EXPERIMENT\"", "1"))
        + ",\"mlflow_experiment\":{\"experiment_id\":\""
        + (experiment == null ? experiment() : "${" + experiment + "}") + "\"}}");
    maybe(
        members,
        "\"request_time\":\""
            + pick(List.of(
                "2023-11-14T22:13:20Z",
                "2023-11-14T22:13:21.5Z",
                "2023-11-14T22:13:22.123456Z",
                "2023-11-14T23:13:20+01:00",
                "yesterday"))
            + "\"");
    maybe(
        members,
        "\"execution_duration\":\"" + pick(List.of("1.5s", "0s", "61s", "0.0015s", "-1s", "1h"))
            + "\"");
    maybe(
        members,
        "\"state\":"
            + pick(List.of(
                "\"OK\"",
                "\"ERROR\"",
                "\"IN_PROGRESS\"",
                "\"STATE_UNSPECIFIED\"",
                "1",
                "2",
                "7",
                "\"ok\"")));
    maybe(members, "\"client_request_id\":\"" + value() + "\"");
    maybe(members, "\"request_preview\":\"" + value() + "\"");
    maybe(members, "\"response_preview\":\"" + value() + "\"");
    maybe(members, "\"tags\":{\"" + key() + "\":\"" + value() + "\",\"mlflow.traceName\":\"n1\"}");
    maybe(
        members,
        "\"trace_metadata\":{\"m\":\"" + value() + "\","
            + pick(List.of(
                "\"mlflow.trace.session\":\"s1\"",
                "\"mlflow.trace.user\":\"u1\"",
                "\"mlflow.trace.sizeStats\":\"{\\\"num_spans\\\": 1}\"",
                "\"mlflow.sourceRun\":\"${r0}\"",
                "\"mlflow.trace.tokenUsage\":\"{\\\"input_tokens\\\": 5, \\\"output_tokens\\\": 7.0}\"",
                "\"mlflow.trace.cost\":\"{\\\"total_cost\\\": 0.5}\""))
            + "}");
    if (chance(5)) {
      members.add("\"assessments\":[" + assessment(null) + "]");
    }
    return "{\"trace\":{\"trace_info\":{" + String.join(",", members) + "}}}";
  }

  String assessment(String id) {
    List<String> members = new ArrayList<>();
    members.add("\"assessment_name\":\"" + pick(List.of("good", "right", "q")) + "\"");
    maybe(
        members,
        "\"source\":{\"source_type\":\""
            + pick(List.of("HUMAN", "LLM_JUDGE", "CODE", "AI_JUDGE", "x"))
            + "\",\"source_id\":\"ann\"}");
    maybe(members, "\"rationale\":\"" + value() + "\"");
    maybe(members, "\"metadata\":{\"mk\":\"" + value() + "\"}");
    maybe(members, "\"create_time\":\"2023-11-14T22:13:20Z\"");
    if (id != null && chance(5)) {
      members.add("\"overrides\":\"" + id + "\"");
    }
    members.add(pick(List.of(
        "\"feedback\":{\"value\":" + json() + "}",
        "\"feedback\":{\"value\":" + json() + "}",
        "\"expectation\":{\"value\":" + json() + "}",
        "\"feedback\":{\"error\":{\"error_code\":\"E\",\"error_message\":\"m\"}}",
        "\"expectation\":{\"serialized_value\":{\"serialization_format\":\"JSON_FORMAT\","
            + "\"value\":\"[1, 2]\"}}")));
    return "{" + String.join(",", members) + "}";
  }

  private String json() {
    return pick(List.of(
        "5",
        "1.5",
        "true",
        "\"yes\"",
        "null",
        "[1,\"a\"]",
        "{\"k\":1}",
        "\"\u00e4\"",
        "-0.0",
        "1e300"));
  }

  String spans() {
    StringBuilder spans = new StringBuilder();
    int count = 1 + random.nextInt(3);
    String trace = "${h" + random.nextInt(4) + "}";
    int first = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      spans.append(i == 0 ? "" : ",").append(span(trace, (first + i) % 4));
    }
    String resource = chance(3)
        ? "\"resource\":{\"attributes\":[" + attribute("service.name") + "," + attribute("env")
            + "]},"
        : "";
    return "{\"resourceSpans\":[{" + resource + "\"scopeSpans\":[{\"scope\":{\"name\":\"lib\"},"
        + "\"spans\":[" + spans + "]}]}]}";
  }

  private String span(String trace, int number) {
    long start = 1_700_000_000_000_000_000L + random.nextInt(5) * 500_000_001L;
    List<String> members = new ArrayList<>();
    members.add("\"traceId\":\"" + trace + "\"");
    members.add("\"spanId\":\"${s" + number + "}\"");
    if (number > 0) {
      members.add("\"parentSpanId\":\"${s0}\"");
    }
    members.add("\"name\":\"" + pick(List.of("root", "child", "tool-1", "\u00e4")) + "\"");
    members.add("\"kind\":1");
    members.add("\"startTimeUnixNano\":\"" + start + "\"");
    members.add("\"endTimeUnixNano\":\"" + (start + random.nextInt(4) * 250_000_000L) + "\"");
    StringBuilder attributes = new StringBuilder(attribute("any"));
    for (int i = random.nextInt(4); i > 0; i--) {
      attributes.append(',').append(attribute(null));
    }
    members.add("\"attributes\":[" + attributes + "]");
    maybe(
        members,
        "\"status\":"
            + pick(List.of(
                "{}",
                "{\"code\":1}",
                "{\"code\":2,\"message\":\"bad\"}",
                "{\"code\":\"STATUS_CODE_OK\"}")));
    if (chance(4)) {
      members.add("\"events\":[{\"timeUnixNano\":\"" + start + "\",\"name\":\"ev\",\"attributes\":["
          + attribute("why") + "]}]");
    }
    if (chance(6)) {
      members.add("\"links\":[{\"traceId\":\"${h9}\",\"spanId\":\"${s9}\",\"attributes\":["
          + attribute("l") + "]}]");
    }
    return "{" + String.join(",", members) + "}";
  }

  private String attribute(String name) {
    String key = name != null
        ? name
        : pick(List.of(
            "mlflow.spanInputs",
            "mlflow.spanOutputs",
            "mlflow.spanType",
            "session.id",
            "user.id",
            "mlflow.chat.tokenUsage",
            "mlflow.traceTag.t",
            "n",
            "gen_ai.usage.input_tokens",
            "gen_ai.request.model"));
    return "{\"key\":\"" + key + "\",\"value\":"
        + pick(List.of(
            "{\"stringValue\":\"plain\"}",
            "{\"stringValue\":\"{\\\"a\\\": 1}\"}",
            "{\"stringValue\":\"\\\"quoted\\\"\"}",
            "{\"stringValue\":\"5\"}",
            "{\"intValue\":\"42\"}",
            "{\"doubleValue\":1.5}",
            "{\"boolValue\":true}",
            "{\"stringValue\":\"\"}",
            "{\"arrayValue\":{\"values\":[{\"stringValue\":\"x\"},{\"intValue\":\"1\"}]}}",
            "{\"kvlistValue\":{\"values\":[{\"key\":\"k\",\"value\":{\"boolValue\":false}}]}}"))
        + "}";
  }

  String search() {
    List<String> members = new ArrayList<>();
    members.add("\"locations\":[{\"type\":\"MLFLOW_EXPERIMENT\",\"mlflow_experiment\":"
        + "{\"experiment_id\":\"" + experiment() + "\"}}]");
    if (!chance(3)) {
      members.add("\"filter\":\"" + filter() + (chance(3) ? " AND " + filter() : "") + "\"");
    }
    maybe(members, "\"max_results\":" + pick(List.of("1", "2", "100", "500", "501", "0", "-1")));
    if (chance(3)) {
      members.add("\"order_by\":[\""
          + pick(List.of(
              "timestamp ASC",
              "timestamp_ms DESC",
              "execution_time",
              "status DESC",
              "request_id",
              "tags.color",
              "metadata.m DESC",
              "name",
              "nix",
              "experiment_id",
              "timestamp UP",
              "tag.`a b` ASC",
              "run_id",
              "client_request_id"))
          + "\"]");
    }
    if (chance(10)) {
      members.add(
          "\"page_token\":\"" + pick(List.of("eyJvZmZzZXQiOiAxfQ==", "x", "e30=", "")) + "\"");
    }
    return "{" + String.join(",", members) + "}";
  }

  private String filter() {
    return switch (random.nextInt(8)) {
      case 0 ->
        pick(List.of("timestamp_ms", "execution_time", "trace.timestamp", "attributes.end_time"))
            + " " + pick(NUMBERS) + " "
            + pick(List.of("1700000000500", "0", "-5", "'5'", "1.5", "x"));
      case 1 ->
        pick(List.of(
                "tags.color",
                "tag.size",
                "tags.`a b`",
                "tags.\\\"a b\\\"",
                "tags.mlflow.traceName"))
            + " " + text();
      case 2 ->
        pick(List.of("metadata.m", "request_metadata.m", "metadata.`mlflow.trace.session`")) + " "
            + text();
      case 3 ->
        pick(List.of(
                "status", "name", "request_id", "client_request_id", "run_id", "attributes.status"))
            + " " + text();
      case 4 ->
        pick(List.of("span.name", "span.type", "span.status", "span.attributes.any", "span.nix"))
            + " " + text();
      case 5 ->
        pick(List.of("feedback.good", "expectation.right", "feedback.`q`")) + " "
            + pick(List.of(
                "= 'yes'", "> 1", "<= 5", "IS NULL", "= 'true'", "LIKE '%e%'", "!= 'x'", "= 5"));
      case 6 ->
        pick(List.of(
            "prompt = '${p}m0/1'",
            "trace.text LIKE '%plain%'",
            "issue.id = 'x'",
            "prompt = 'x'",
            "run_id = '${r0}'",
            "trace.text = 'x'"));
      default ->
        pick(List.of(
            "nix = 'x'",
            "status",
            "status = ",
            "status = 'OK' OR status = 'ERROR'",
            "NOT status = 'OK'",
            "(status = 'OK')",
            "status == 'OK'",
            "status = 'OK' AND",
            "tags.color = red",
            "status <> 'OK'",
            "foo.bar = 'x'",
            "status = 'OK",
            "",
            "  "));
    };
  }

  private String text() {
    String comparator = pick(STRINGS);
    return comparator
        + (comparator.startsWith("IS")
            ? ""
            : " "
                + (comparator.endsWith("IN")
                    ? pick(List.of("('red', 'OK')", "('x')", "'red'"))
                    : pick(List.of(
                        "'red'",
                        "'OK'",
                        "'r%'",
                        "'n1'",
                        "'root'",
                        "'^r'",
                        "'TOOL'",
                        "\\\"red\\\"",
                        "5",
                        "'ERROR'",
                        "'plain'",
                        "'%'"))));
  }

  String legacyStart() {
    return "{\"experiment_id\":\"" + experiment() + "\",\"timestamp_ms\":"
        + pick(List.of("1700000000000", "\"1700000001000\""))
        + (chance(2) ? ",\"tags\":" + pairs() : "")
        + (chance(2) ? ",\"request_metadata\":" + pairs() : "") + "}";
  }

  String legacyEnd() {
    return "{\"timestamp_ms\":1700000003000,\"status\":" + pick(List.of("\"OK\"", "\"ERROR\"", "1"))
        + (chance(2) ? ",\"tags\":" + pairs() : "")
        + (chance(2) ? ",\"request_metadata\":" + pairs() : "") + "}";
  }

  String run() {
    return "{\"experiment_id\":\"" + experiment() + "\",\"start_time\":170000000000"
        + random.nextInt(10) + ",\"run_name\":\"" + pick(List.of("first", "second")) + "\""
        + (chance(2) ? ",\"user_id\":\"ann\"" : "") + (chance(2) ? ",\"tags\":" + pairs() : "")
        + "}";
  }

  String runSearch() {
    return "{\"experiment_ids\":[\"" + experiment() + "\"]"
        + (chance(2)
            ? ",\"filter\":\""
                + pick(List.of(
                    "status = 'FINISHED'",
                    "tags.color = 'red'",
                    "attributes.run_name LIKE 'f%'",
                    "start_time > 1700000000005",
                    "run_name != 'first'",
                    "status = 5",
                    "tags.color LIKE 'r%'"))
                + "\""
            : "")
        + (chance(2)
            ? ",\"order_by\":[\""
                + pick(List.of("start_time DESC", "attributes.run_name ASC", "status", "nix"))
                + "\"]"
            : "")
        + (chance(2) ? ",\"max_results\":" + pick(List.of("1", "2", "1000", "0", "50001")) : "")
        + "}";
  }

  String metrics() {
    String view = pick(List.of("TRACES", "SPANS", "ASSESSMENTS"));
    return "{\"experiment_ids\":[\"${e0}\"],\"view_type\":\"" + view + "\",\"metric_name\":\""
        + pick(List.of(
            "trace_count",
            "latency",
            "total_tokens",
            "span_count",
            "assessment_count",
            "assessment_value",
            "input_tokens"))
        + "\",\"aggregations\":[{\"aggregation_type\":\""
        + pick(List.of("COUNT", "SUM", "AVG", "MIN", "MAX", "x")) + "\"}]"
        + (chance(2)
            ? ",\"dimensions\":[\""
                + pick(List.of(
                    "trace_name", "trace_status", "span_name", "span_type", "assessment_name"))
                + "\"]"
            : "")
        + "}";
  }

  private void maybe(List<String> members, String member) {
    if (random.nextInt(5) < 2) {
      members.add(member);
    }
  }

  private boolean chance(int of) {
    return random.nextInt(of) == 0;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
