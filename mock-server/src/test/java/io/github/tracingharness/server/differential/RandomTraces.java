package io.github.tracingharness.server.differential;

import java.util.ArrayList;
import java.util.List;

/** Bodies that start, end and judge traces, and those of runs, valid as a rule. */
final class RandomTraces {

  private final Choice choice;
  private final RandomNames names;

  RandomTraces(Choice choice, RandomNames names) {
    this.choice = choice;
    this.names = names;
  }

  String startTrace(String trace, String experiment) {
    List<String> members = new ArrayList<>();
    members.add("\"trace_id\":\"${" + trace + "}\"");
    members.add("\"trace_location\":{\"type\":" + choice.pick(List.of("\"MLFLOW_EXPERIMENT\"", "1"))
        + ",\"mlflow_experiment\":{\"experiment_id\":\""
        + (experiment == null ? names.experiment() : "${" + experiment + "}") + "\"}}");
    choice.maybe(
        members,
        "\"request_time\":\""
            + choice.pick(List.of(
                "2023-11-14T22:13:20Z",
                "2023-11-14T22:13:21.5Z",
                "2023-11-14T22:13:22.123456Z",
                "2023-11-14T23:13:20+01:00",
                "yesterday"))
            + "\"");
    choice.maybe(
        members,
        "\"execution_duration\":\""
            + choice.pick(List.of("1.5s", "0s", "61s", "0.0015s", "-1s", "1h")) + "\"");
    choice.maybe(
        members,
        "\"state\":"
            + choice.pick(List.of(
                "\"OK\"",
                "\"ERROR\"",
                "\"IN_PROGRESS\"",
                "\"STATE_UNSPECIFIED\"",
                "1",
                "2",
                "7",
                "\"ok\"")));
    choice.maybe(members, "\"client_request_id\":\"" + names.value() + "\"");
    choice.maybe(members, "\"request_preview\":\"" + names.value() + "\"");
    choice.maybe(members, "\"response_preview\":\"" + names.value() + "\"");
    choice.maybe(
        members,
        "\"tags\":{\"" + names.key() + "\":\"" + names.value() + "\",\"mlflow.traceName\":\"n1\"}");
    choice.maybe(
        members,
        "\"trace_metadata\":{\"m\":\"" + names.value() + "\","
            + choice.pick(List.of(
                "\"mlflow.trace.session\":\"s1\"",
                "\"mlflow.trace.user\":\"u1\"",
                "\"mlflow.trace.sizeStats\":\"{\\\"num_spans\\\": 1}\"",
                "\"mlflow.sourceRun\":\"${r0}\"",
                "\"mlflow.trace.tokenUsage\":\"{\\\"input_tokens\\\": 5, \\\"output_tokens\\\": 7.0}\"",
                "\"mlflow.trace.cost\":\"{\\\"total_cost\\\": 0.5}\""))
            + "}");
    if (choice.chance(5)) {
      members.add("\"assessments\":[" + assessment(null) + "]");
    }
    return "{\"trace\":{\"trace_info\":{" + String.join(",", members) + "}}}";
  }

  String assessment(String id) {
    List<String> members = new ArrayList<>();
    members.add("\"assessment_name\":\"" + choice.pick(List.of("good", "right", "q")) + "\"");
    choice.maybe(
        members,
        "\"source\":{\"source_type\":\""
            + choice.pick(List.of("HUMAN", "LLM_JUDGE", "CODE", "AI_JUDGE", "x"))
            + "\",\"source_id\":\"ann\"}");
    choice.maybe(members, "\"rationale\":\"" + names.value() + "\"");
    choice.maybe(members, "\"metadata\":{\"mk\":\"" + names.value() + "\"}");
    choice.maybe(members, "\"create_time\":\"2023-11-14T22:13:20Z\"");
    if (id != null && choice.chance(5)) {
      members.add("\"overrides\":\"" + id + "\"");
    }
    members.add(choice.pick(List.of(
        "\"feedback\":{\"value\":" + json() + "}",
        "\"feedback\":{\"value\":" + json() + "}",
        "\"expectation\":{\"value\":" + json() + "}",
        "\"feedback\":{\"error\":{\"error_code\":\"E\",\"error_message\":\"m\"}}",
        "\"expectation\":{\"serialized_value\":{\"serialization_format\":\"JSON_FORMAT\","
            + "\"value\":\"[1, 2]\"}}")));
    return "{" + String.join(",", members) + "}";
  }

  private String json() {
    return choice.pick(List.of(
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

  String legacyStart() {
    return "{\"experiment_id\":\"" + names.experiment() + "\",\"timestamp_ms\":"
        + choice.pick(List.of("1700000000000", "\"1700000001000\""))
        + (choice.chance(2) ? ",\"tags\":" + names.pairs() : "")
        + (choice.chance(2) ? ",\"request_metadata\":" + names.pairs() : "") + "}";
  }

  String legacyEnd() {
    return "{\"timestamp_ms\":1700000003000,\"status\":"
        + choice.pick(List.of("\"OK\"", "\"ERROR\"", "1"))
        + (choice.chance(2) ? ",\"tags\":" + names.pairs() : "")
        + (choice.chance(2) ? ",\"request_metadata\":" + names.pairs() : "") + "}";
  }

  String run() {
    return "{\"experiment_id\":\"" + names.experiment() + "\",\"start_time\":170000000000"
        + choice.number(10) + ",\"run_name\":\"" + choice.pick(List.of("first", "second")) + "\""
        + (choice.chance(2) ? ",\"user_id\":\"ann\"" : "")
        + (choice.chance(2) ? ",\"tags\":" + names.pairs() : "")
        + "}";
  }
}
