package io.github.tracingharness.server.differential;

import java.util.ArrayList;
import java.util.List;

/** Searches for traces and runs, and metrics over traces; some filters are wrong. */
final class RandomSearches {

  private static final List<String> STRINGS =
      List.of("=", "!=", "LIKE", "ILIKE", "RLIKE", "IN", "NOT IN", ">", "IS NULL", "IS NOT NULL");
  private static final List<String> NUMBERS = List.of("=", "!=", ">", ">=", "<", "<=", "LIKE");

  private final Choice choice;
  private final RandomNames names;

  RandomSearches(Choice choice, RandomNames names) {
    this.choice = choice;
    this.names = names;
  }

  String traces() {
    List<String> members = new ArrayList<>();
    members.add("\"locations\":[{\"type\":\"MLFLOW_EXPERIMENT\",\"mlflow_experiment\":"
        + "{\"experiment_id\":\"" + names.experiment() + "\"}}]");
    if (!choice.chance(3)) {
      members.add("\"filter\":\"" + filter() + (choice.chance(3) ? " AND " + filter() : "") + "\"");
    }
    choice.maybe(
        members,
        "\"max_results\":" + choice.pick(List.of("1", "2", "100", "500", "501", "0", "-1")));
    if (choice.chance(3)) {
      members.add("\"order_by\":[\""
          + choice.pick(List.of(
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
    if (choice.chance(10)) {
      members.add("\"page_token\":\""
          + choice.pick(List.of("eyJvZmZzZXQiOiAxfQ==", "x", "e30=", "")) + "\"");
    }
    return "{" + String.join(",", members) + "}";
  }

  private String filter() {
    return switch (choice.number(8)) {
      case 0 ->
        choice.pick(
                List.of("timestamp_ms", "execution_time", "trace.timestamp", "attributes.end_time"))
            + " " + choice.pick(NUMBERS) + " "
            + choice.pick(List.of("1700000000500", "0", "-5", "'5'", "1.5", "x"));
      case 1 ->
        choice.pick(List.of(
                "tags.color",
                "tag.size",
                "tags.`a b`",
                "tags.\\\"a b\\\"",
                "tags.mlflow.traceName"))
            + " " + text();
      case 2 ->
        choice.pick(List.of("metadata.m", "request_metadata.m", "metadata.`mlflow.trace.session`"))
            + " " + text();
      case 3 ->
        choice.pick(List.of(
                "status", "name", "request_id", "client_request_id", "run_id", "attributes.status"))
            + " " + text();
      case 4 ->
        choice.pick(
                List.of("span.name", "span.type", "span.status", "span.attributes.any", "span.nix"))
            + " " + text();
      case 5 ->
        choice.pick(List.of("feedback.good", "expectation.right", "feedback.`q`")) + " "
            + choice.pick(List.of(
                "= 'yes'", "> 1", "<= 5", "IS NULL", "= 'true'", "LIKE '%e%'", "!= 'x'", "= 5"));
      case 6 ->
        choice.pick(List.of(
            "prompt = '${p}m0/1'",
            "trace.text LIKE '%plain%'",
            "issue.id = 'x'",
            "prompt = 'x'",
            "run_id = '${r0}'",
            "trace.text = 'x'"));
      default ->
        choice.pick(List.of(
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
    String comparator = choice.pick(STRINGS);
    return comparator
        + (comparator.startsWith("IS")
            ? ""
            : " "
                + (comparator.endsWith("IN")
                    ? choice.pick(List.of("('red', 'OK')", "('x')", "'red'"))
                    : choice.pick(List.of(
                        "'red'",
                        "'OK'",
                        "'r%'",
                        "'n1'",
                        "'root'",
                        "'^r'",
                        "'('",
                        "'r['",
                        "'TOOL'",
                        "\\\"red\\\"",
                        "5",
                        "'ERROR'",
                        "'plain'",
                        "'%'"))));
  }

  String runs() {
    return "{\"experiment_ids\":[\"" + names.experiment() + "\"]"
        + (choice.chance(2)
            ? ",\"filter\":\""
                + choice.pick(List.of(
                    "status = 'FINISHED'",
                    "tags.color = 'red'",
                    "attributes.run_name LIKE 'f%'",
                    "start_time > 1700000000005",
                    "run_name != 'first'",
                    "status = 5",
                    "tags.color LIKE 'r%'"))
                + "\""
            : "")
        + (choice.chance(2)
            ? ",\"order_by\":[\""
                + choice.pick(
                    List.of("start_time DESC", "attributes.run_name ASC", "status", "nix"))
                + "\"]"
            : "")
        + (choice.chance(2)
            ? ",\"max_results\":" + choice.pick(List.of("1", "2", "1000", "0", "50001"))
            : "")
        + "}";
  }

  String metrics() {
    String view = choice.pick(List.of("TRACES", "SPANS", "ASSESSMENTS"));
    return "{\"experiment_ids\":[\"${e0}\"],\"view_type\":\"" + view + "\",\"metric_name\":\""
        + choice.pick(List.of(
            "trace_count",
            "latency",
            "total_tokens",
            "span_count",
            "assessment_count",
            "assessment_value",
            "input_tokens"))
        + "\",\"aggregations\":[{\"aggregation_type\":\""
        + choice.pick(List.of("COUNT", "SUM", "AVG", "MIN", "MAX", "x")) + "\"}]"
        + (choice.chance(2)
            ? ",\"dimensions\":[\""
                + choice.pick(List.of(
                    "trace_name", "trace_status", "span_name", "span_type", "assessment_name"))
                + "\"]"
            : "")
        + "}";
  }
}
