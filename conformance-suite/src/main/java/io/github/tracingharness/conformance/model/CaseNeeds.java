package io.github.tracingharness.conformance.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a case needs of a subject, in the words of the driver protocol's capabilities:
 * {@code kind:name}, where the kind is {@code destination}, {@code pipeline}, {@code op},
 * {@code config}, {@code span}, {@code environment}, {@code signal} or {@code times}.
 */
public final class CaseNeeds {

  /** The member of the capabilities that lists the names of a kind. */
  private static final Map<String, String> MEMBERS = Map.of(
      "destination", "destinations",
      "pipeline", "pipeline",
      "op", "ops",
      "config", "config",
      "span", "spans",
      "environment", "environment",
      "signal", "signals",
      "times", "times");

  /** Whole numbers above it are not exact in a language that has doubles alone: 2^53. */
  private static final long EXACT_IN_DOUBLES = 1L << 53;

  private CaseNeeds() {}

  /** Returns what the case states and what follows from its steps, configuration and spans. */
  public static Set<String> of(ConformanceCase c) {
    Set<String> needs = new TreeSet<>(c.needs());
    needs.add("destination:" + c.destination().type());
    for (Map.Entry<String, JsonNode> setting : c.config().properties()) {
      needs.add(
          switch (setting.getKey()) {
            case "environment", "pipeline" ->
              setting.getKey() + ":" + setting.getValue().asText();
            default -> "config:" + setting.getKey();
          });
    }
    c.steps().forEach(step -> addStep(needs, step));
    if (c.destination().isOtlp()) {
      c.steps().forEach(step -> addValues(needs, spans(step)));
    }
    return needs;
  }

  /** Returns those needs of the case that the capabilities do not list, in alphabetical order. */
  public static List<String> missing(ConformanceCase c, JsonNode capabilities) {
    return of(c).stream().filter(need -> !has(capabilities, need)).toList();
  }

  private static boolean has(JsonNode capabilities, String need) {
    int colon = need.indexOf(':');
    String kind = need.substring(0, colon);
    String name = need.substring(colon + 1);
    JsonNode declared = capabilities.path(MEMBERS.getOrDefault(kind, kind));
    for (JsonNode each : declared) {
      if (each.asText().equals(name)) {
        return true;
      }
    }
    return declared.isTextual() && declared.asText().equals(name);
  }

  private static void addStep(Set<String> needs, Step step) {
    if (step instanceof Step.Emit emit) {
      addEmit(needs, emit.body());
    } else if (step instanceof Step.Export export) {
      needs.add("pipeline:direct");
      addEmit(needs, export.body());
    } else if (step instanceof Step.Flush) {
      needs.add("op:flush");
    } else if (step instanceof Step.Shutdown) {
      needs.add("op:shutdown");
    } else if (step instanceof Step.Observe) {
      needs.add("op:observe");
    } else if (step instanceof Step.Stats) {
      needs.add("op:stats");
    } else if (step instanceof Step.Race) {
      needs.add("op:race");
    } else if (step instanceof Step.Fork fork) {
      needs.add("op:fork");
      addEmit(needs, fork.body());
    } else if (step instanceof Step.Exit || step instanceof Step.Terminate) {
      needs.add("op:exit");
    }
  }

  private static void addEmit(Set<String> needs, ObjectNode body) {
    if (body.has("concurrency")) {
      needs.add("span:concurrency");
    }
    body.path("spans").forEach(span -> addSpan(needs, span));
    if (body.has("gen")) {
      addSpan(needs, body.path("gen").path("template"));
      if (body.path("gen").has("pad")) {
        needs.add("span:attributes");
      }
    }
  }

  private static void addSpan(Set<String> needs, JsonNode span) {
    for (String feature :
        List.of("attributes", "events", "links", "status", "raise", "kind", "scope")) {
      if (span.has(feature)) {
        needs.add("span:" + feature);
      }
    }
    if (span.has("end") && span.get("end").isNull()) {
      needs.add("span:never-ended");
    }
    if (span.hasNonNull("start") || span.hasNonNull("end")) {
      needs.add("times:given");
    }
    if (span.has("end_order")) {
      needs.add("span:end-order");
    }
    if (span.path("end_times").asInt(1) > 1) {
      needs.add("span:end-twice");
    }
    if (span.path("api").asText().equals("otel")) {
      needs.add("span:otel-api");
    }
    if (span.path("scope").has("attributes")) {
      needs.add("span:scope-attributes");
    }
    if (span.has("trace_state")) {
      needs.add("span:trace-state");
    }
    if (!span.path("sampled").asBoolean(true)) {
      needs.add("span:not-sampled");
    }
    if (span.has("destination")) {
      needs.add("span:destination");
    }
    if (span.has("remote_parent")) {
      needs.add("span:remote-parent");
    }
    span.path("tell").forEach(what -> needs.add("span:tell." + what.asText()));
    addMlflow(needs, span.path("mlflow"));
  }

  private static JsonNode spans(Step step) {
    return step instanceof Step.Emit emit
        ? emit.body()
        : step instanceof Step.Export export ? export.body() : MissingNode.getInstance();
  }

  /** What kinds of values stand anywhere in a span. */
  private static void addValues(Set<String> needs, JsonNode json) {
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      switch (member.getKey()) {
        case "bytesValue" -> needs.add("span:bytes");
        case "kvlistValue" -> needs.add("span:kvlist");
        case "invalidString" -> needs.add("span:lone-surrogate");
        case "intValue" -> {
          long number = member.getValue().asLong();
          if (number > EXACT_IN_DOUBLES || number < -EXACT_IN_DOUBLES) {
            needs.add("span:int64");
          }
        }
        case "doubleValue" -> {
          if (member.getValue().isTextual()) {
            needs.add("span:nan");
          }
        }
        default -> {}
      }
    }
    json.forEach(element -> addValues(needs, element));
  }

  private static void addMlflow(Set<String> needs, JsonNode mlflow) {
    if (mlflow.has("inputs") || mlflow.has("outputs") || mlflow.has("span_type")) {
      needs.add("span:mlflow.inputs");
    }
    if (mlflow.has("attachment")) {
      needs.add("span:mlflow.attachment");
    }
    if (mlflow.has("context")) {
      needs.add("span:mlflow.context");
    }
    if (mlflow.has("sampling_ratio")) {
      needs.add("span:mlflow.sampling-ratio");
    }
    for (Map.Entry<String, JsonNode> member : mlflow.path("trace").properties()) {
      needs.add(
          switch (member.getKey()) {
            case "prompts" -> "span:mlflow.prompts";
            case "state" -> "span:mlflow.state";
            case "request_preview", "response_preview" -> "span:mlflow.previews";
            default -> "span:mlflow.trace";
          });
    }
  }
}
