package io.github.tracingharness.conformance.selftest;

import static io.github.tracingharness.conformance.selftest.Mutant.inProcess;
import static io.github.tracingharness.conformance.selftest.Mutant.onWire;
import static io.github.tracingharness.conformance.selftest.WireFault.info;
import static io.github.tracingharness.conformance.selftest.WireFault.isSpans;
import static io.github.tracingharness.conformance.selftest.WireFault.isUpload;
import static io.github.tracingharness.conformance.selftest.WireFault.span;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ByteString;
import io.github.tracingharness.conformance.history.SpanIds;
import io.github.tracingharness.conformance.subject.ExporterSubject.Session;
import io.github.tracingharness.conformance.subject.SpanSpec;
import io.github.tracingharness.core.client.HttpAnswer;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What can be wrong beside OpenTelemetry's API and across processes. */
final class OtelMutants {

  private OtelMutants() {}

  static List<Mutant> all() {
    return List.of(
        onWire(
            "calls OpenTelemetry's spans OK",
            "MLF-OTEL-002/root-status",
            span(s -> s.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK)))),
        onWire(
            "gives each API its own traces",
            "MLF-OTEL-002/child",
            span(s -> clearParentOf(s, "mlflow_span"))),
        onWire(
            "loses MLflow's spans below OpenTelemetry's",
            "MLF-OTEL-004/leaf",
            span(s -> clearParentOf(s, "child_span"))),
        onWire(
            "makes previews of nothing",
            "MLF-OTEL-002/no-request",
            info(i -> i.put("request_preview", "null"))),
        onWire(
            "has the time of the export",
            "MLF-OTEL-004/times",
            info(i -> i.put("request_time", "2001-01-01T00:00:00Z"))),
        onWire("uploads in the order of ends", "MLF-OTEL-001/order", (call, real) -> {
          if (!isUpload(call)) {
            return real.send(call);
          }
          JsonNode spans = WireFault.JSON.readTree(call.body()).path("spans");
          ObjectNode turned = JsonNodeFactory.instance.objectNode();
          ArrayNode list = turned.putArray("spans");
          for (int n = spans.size() - 1; n >= 0; n--) {
            list.add(spans.get(n));
          }
          return real.send(call.withBody(WireFault.JSON.writeValueAsBytes(turned)));
        }),
        onWire(
            "reads texts of OpenTelemetry's attributes as JSON",
            "MLF-OTEL-007/number-text",
            span(s -> s.getAttributesBuilderList().stream()
                .filter(a -> a.getValue().getStringValue().equals("12345"))
                .forEach(a -> a.getValueBuilder().setIntValue(12_345)))),
        inProcess(
            "calls another span the active one",
            "MLF-OTEL-001/active-span",
            told("active_span", TextNode.valueOf("0".repeat(16)))),
        inProcess(
            "lets OpenTelemetry's spans into MLflow's traces",
            "MLF-OTEL-005/one-trace",
            emitted(spec -> copy(spec, false, spec.remoteParent()))),
        inProcess(
            "takes OpenTelemetry's span for a parent in isolated mode",
            "MLF-OTEL-006/root",
            emitted(spec -> copy(spec, false, spec.remoteParent()))),
        inProcess(
            "tells others that it does not sample",
            "MLF-REMOTE-001/traceparent",
            told(
                "headers",
                JsonNodeFactory.instance
                    .objectNode()
                    .put("traceparent", "00-%s-%s-00".formatted("1".repeat(32), "2".repeat(16))))),
        inProcess(
            "forgets the remote span",
            "MLF-REMOTE-002/parent",
            emitted(spec -> copy(spec, spec.otelApi(), Map.of()))),
        onWire(
            "sends a continued trace under an id of its own",
            "MLF-REMOTE-002/trace",
            span(s -> s.setTraceId(ByteString.copyFrom(new byte[16])))),
        onWire(
            "starts a trace that another process has started",
            "MLF-REMOTE-003/no-start",
            (call, real) -> {
              HttpAnswer answer = real.send(call);
              if (isSpans(call)) {
                String base = call.uri().toString().replace("/v1/traces", "");
                real.send(call.withUri(URI.create(base + "/api/3.0/mlflow/traces"))
                    .withBody("{}".getBytes(StandardCharsets.UTF_8)));
              }
              return answer;
            }),
        inProcess(
            "samples what the other process does not",
            "MLF-REMOTE-005/no-span",
            emitted(OtelMutants::sampled)));
  }

  private static void clearParentOf(Span.Builder span, String name) {
    if (span.getName().equals(name)) {
      span.clearParentSpanId();
    }
  }

  private static SpanSpec sampled(SpanSpec spec) {
    Map<String, String> headers = new LinkedHashMap<>();
    spec.remoteParent()
        .forEach((name, value) -> headers.put(name, value.replaceAll("-00$", "-01")));
    return copy(spec, spec.otelApi(), headers);
  }

  private static SpanSpec copy(SpanSpec spec, boolean otelApi, Map<String, String> remoteParent) {
    return new SpanSpec(
        spec.ref(),
        spec.parent(),
        spec.name(),
        spec.start(),
        spec.end(),
        spec.neverEnded(),
        spec.endTimes(),
        spec.endOrder(),
        spec.status(),
        spec.attributes(),
        spec.events(),
        spec.raise(),
        spec.mlflow(),
        otelApi,
        spec.destination(),
        remoteParent,
        spec.tell(),
        spec.otel());
  }

  /** Makes other spans than those that the case asked for. */
  private static UnaryOperator<Session> emitted(UnaryOperator<SpanSpec> edit) {
    return session -> new FaultySubject.Wrapped(session) {
      @Override
      public Map<String, SpanIds> emit(List<SpanSpec> spans) {
        return sound.emit(spans.stream().map(edit).toList());
      }
    };
  }

  /** Tells something else than what was so. */
  private static UnaryOperator<Session> told(String name, JsonNode value) {
    return session -> new FaultySubject.Wrapped(session) {
      @Override
      public Map<String, SpanIds> emit(List<SpanSpec> spans) {
        Map<String, SpanIds> refs = new LinkedHashMap<>();
        sound
            .emit(spans)
            .forEach((ref, ids) -> refs.put(
                ref,
                ids.told().containsKey(name)
                    ? new SpanIds(ids.trace(), ids.span(), Map.of(name, value))
                    : ids));
        return refs;
      }
    };
  }
}
