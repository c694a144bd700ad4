package io.github.tracingharness.server.differential;

import java.util.ArrayList;
import java.util.List;

/** OTLP requests in JSON, valid as a rule. */
final class RandomSpans {

  private final Choice choice;

  RandomSpans(Choice choice) {
    this.choice = choice;
  }

  String request() {
    StringBuilder spans = new StringBuilder();
    int count = 1 + choice.number(3);
    String trace = "${h" + choice.number(4) + "}";
    int first = choice.number(4);
    for (int i = 0; i < count; i++) {
      spans.append(i == 0 ? "" : ",").append(span(trace, (first + i) % 4));
    }
    String resource = choice.chance(3)
        ? "\"resource\":{\"attributes\":[" + attribute("service.name") + "," + attribute("env")
            + "]},"
        : "";
    return "{\"resourceSpans\":[{" + resource + "\"scopeSpans\":[{\"scope\":{\"name\":\"lib\"},"
        + "\"spans\":[" + spans + "]}]}]}";
  }

  private String span(String trace, int number) {
    long start = 1_700_000_000_000_000_000L + choice.number(5) * 500_000_001L;
    List<String> members = new ArrayList<>();
    members.add("\"traceId\":\"" + trace + "\"");
    members.add("\"spanId\":\"${s" + number + "}\"");
    if (number > 0) {
      members.add("\"parentSpanId\":\"${s0}\"");
    }
    members.add("\"name\":\"" + choice.pick(List.of("root", "child", "tool-1", "\u00e4")) + "\"");
    members.add("\"kind\":1");
    members.add("\"startTimeUnixNano\":\"" + start + "\"");
    members.add("\"endTimeUnixNano\":\"" + (start + choice.number(4) * 250_000_000L) + "\"");
    StringBuilder attributes = new StringBuilder(attribute("any"));
    for (int i = choice.number(4); i > 0; i--) {
      attributes.append(',').append(attribute(null));
    }
    members.add("\"attributes\":[" + attributes + "]");
    choice.maybe(
        members,
        "\"status\":"
            + choice.pick(List.of(
                "{}",
                "{\"code\":1}",
                "{\"code\":2,\"message\":\"bad\"}",
                "{\"code\":\"STATUS_CODE_OK\"}")));
    if (choice.chance(4)) {
      members.add("\"events\":[{\"timeUnixNano\":\"" + start + "\",\"name\":\"ev\",\"attributes\":["
          + attribute("why") + "]}]");
    }
    if (choice.chance(6)) {
      members.add("\"links\":[{\"traceId\":\"${h9}\",\"spanId\":\"${s9}\",\"attributes\":["
          + attribute("l") + "]}]");
    }
    return "{" + String.join(",", members) + "}";
  }

  private String attribute(String name) {
    String key = name != null
        ? name
        : choice.pick(List.of(
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
        + choice.pick(List.of(
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
}
