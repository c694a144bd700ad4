package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.tracingharness.conformance.check.WireSpan.Storage;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.SpanIds;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Statements about the form of bodies. */
public final class Shapes {

  private static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern SPAN_ID = Pattern.compile("[0-9a-f]{16}");
  private static final List<String> MEMBERS = List.of(
      "trace_id",
      "span_id",
      "parent_span_id",
      "name",
      "start_time_unix_nano",
      "end_time_unix_nano",
      "events",
      "status",
      "attributes");

  private Shapes() {}

  /** Tells whether a request's body is JSON as RFC 8259 has it. */
  public static boolean isJson(Exchange exchange) {
    return Json.strict(exchange.body().text()).isPresent();
  }

  /** The start-trace request of a trace names the experiment that the case's destination names. */
  public static Check experimentOfDestination(String ref) {
    return history -> TraceInfoField.traceInfo(
            ref, "/trace_location/mlflow_experiment/experiment_id")
        .is(experiment(history))
        .judge(history);
  }

  /** Each OTLP request names the destination's experiment in its header. */
  public static Check experimentHeader() {
    return history -> Requests.requests(Endpoints.OTLP_TRACES)
        .header("x-mlflow-experiment-id", experiment(history))
        .judge(history);
  }

  /** Each OTLP request names the experiment in which the traces of all its spans were started. */
  public static Check spansInTheirExperiment() {
    return eachSpan("its trace's experiment in the header of the request", (history, span) -> {
      String header = span.exchange().header("x-mlflow-experiment-id");
      List<String> experiments = StartedTrace.all(history).stream()
          .filter(t -> t.traceId().equals("tr-" + span.traceId()))
          .map(t ->
              t.info().at("/trace_location/mlflow_experiment/experiment_id").asText())
          .distinct()
          .toList();
      return span.storage() != Storage.OTLP || experiments.equals(List.of(String.valueOf(header)))
          ? ""
          : "%s in the header, trace started in %s".formatted(header, experiments);
    });
  }

  private static String experiment(CaseHistory history) {
    return history.commands("open").stream()
        .map(c -> c.body().path("destination").path("experiment_id").asText())
        .findFirst()
        .orElse("");
  }

  /** Every delivered span has a trace id of 16 and a span id of 8 bytes, neither all zero. */
  public static Check spanIdsAreBare() {
    return eachSpan("a trace id of 16 bytes and a span id of 8, not zero", span -> {
      boolean good = TRACE_ID.matcher(span.traceId()).matches()
          && SPAN_ID.matcher(span.spanId()).matches()
          && !span.traceId().matches("0+")
          && !span.spanId().matches("0+");
      return good ? "" : "trace id %s, span id %s".formatted(span.traceId(), span.spanId());
    });
  }

  /** The attribute {@code mlflow.traceRequestId} of a span holds its trace's id. */
  public static Check requestIdIsTraceId(String ref) {
    return history -> {
      SpanIds ids = history.refs().get(ref);
      JsonNode expected = TextNode.valueOf(ids == null ? "no id told" : ids.trace());
      return SpanStatement.span(ref)
          .attribute("mlflow.traceRequestId", expected)
          .judge(history);
    };
  }

  /** The trace of a span has these 32 hex digits, in its id and on the wire. */
  public static Check traceHex(String ref, String hex) {
    return history -> {
      SpanIds ids = history.refs().getOrDefault(ref, new SpanIds("no id told", ""));
      return ids.traceHex().equals(hex)
          ? SpanStatement.span(ref).delivered().judge(history)
          : Finding.unmet(
              "the trace of %s to have the id of %s".formatted(ref, hex),
              ids.trace(),
              Finding.requests(history));
    };
  }

  /** No span of the trace with these hex digits was sent. */
  public static Check noSpanOf(String hex) {
    return history -> {
      List<WireSpan> sent = WireSpan.all(history).stream()
          .filter(span -> span.traceId().equals(hex))
          .toList();
      return sent.isEmpty()
          ? CheckResult.met("no span of trace " + hex)
          : Finding.unmet(
              "no span of trace " + hex, sent.size() + " spans", sent.get(0).describe());
    };
  }

  /** Every span in an upload has the members that readers look for. */
  public static Check artifactMembers() {
    return eachSpan("the members " + MEMBERS, span -> {
      List<String> missing =
          MEMBERS.stream().filter(m -> !span.artifact().has(m)).toList();
      return span.storage() == Storage.OTLP || missing.isEmpty() ? "" : "no " + missing;
    });
  }

  /** Every attribute in an upload is a string that holds JSON text. */
  public static Check artifactAttributesAreJsonText() {
    return eachSpan("attribute values that are strings of JSON text", span -> {
      JsonNode attributes = span.storage() == Storage.ARTIFACT
          ? span.artifact().path("attributes")
          : MissingNode.getInstance();
      for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
        JsonNode value = attribute.getValue();
        if (!value.isTextual() || Json.lenient(value.asText()).isEmpty()) {
          return attribute.getKey() + " = " + value;
        }
      }
      return "";
    });
  }

  private static Check eachSpan(String words, Function<WireSpan, String> fault) {
    return eachSpan(words, (history, span) -> fault.apply(span));
  }

  private static Check eachSpan(String words, BiFunction<CaseHistory, WireSpan, String> fault) {
    return history -> {
      List<WireSpan> spans = WireSpan.all(history);
      for (WireSpan span : spans) {
        String found = fault.apply(history, span);
        if (!found.isEmpty()) {
          return Finding.unmet("every delivered span with " + words, found, span.describe());
        }
      }
      return spans.isEmpty()
          ? Finding.unmet(
              "every delivered span with " + words, "no span at all", Finding.requests(history))
          : CheckResult.met("%d spans with %s".formatted(spans.size(), words));
    };
  }
}
