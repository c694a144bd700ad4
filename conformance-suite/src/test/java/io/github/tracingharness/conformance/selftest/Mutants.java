package io.github.tracingharness.conformance.selftest;

import static io.github.tracingharness.conformance.selftest.Mutant.configured;
import static io.github.tracingharness.conformance.selftest.Mutant.inProcess;
import static io.github.tracingharness.conformance.selftest.Mutant.onEachWire;
import static io.github.tracingharness.conformance.selftest.Mutant.onWire;
import static io.github.tracingharness.conformance.selftest.WireFault.afterTheFirst;
import static io.github.tracingharness.conformance.selftest.WireFault.call;
import static io.github.tracingharness.conformance.selftest.WireFault.info;
import static io.github.tracingharness.conformance.selftest.WireFault.isSpans;
import static io.github.tracingharness.conformance.selftest.WireFault.isStart;
import static io.github.tracingharness.conformance.selftest.WireFault.span;
import static io.github.tracingharness.conformance.selftest.WireFault.spans;
import static io.github.tracingharness.conformance.selftest.WireFault.swallowed;
import static io.github.tracingharness.conformance.selftest.WireFault.twice;
import static io.github.tracingharness.conformance.selftest.WireFault.uploadedSpan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.tracingharness.conformance.selftest.otlp.BrokenModel;
import io.github.tracingharness.conformance.subject.ExporterSubject.Outcome;
import io.github.tracingharness.conformance.subject.ExporterSubject.Session;
import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The broken variants of the sound exporters, each with the checks that must notice it. */
final class Mutants {

  private Mutants() {}

  static List<Mutant> all() {
    return Stream.of(
            delivery(),
            traceInfo(),
            spanShape(),
            http(),
            retry(),
            lifecycle(),
            CatalogMutants.all(),
            BatchMutants.all(),
            OtelMutants.all(),
            ExitMutants.all(),
            ResourceMutants.all(),
            SettingMutants.all(),
            BrokenModel.all().stream().map(Mutant::of).toList())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Mutant> delivery() {
    return List.of(
        onWire("starts each trace twice", "MLF-EXPORT-001/one-start", twice(WireFault::isStart)),
        onWire("sends spans twice", "MLF-EXPORT-003/spans-once", twice(WireFault::isSpans)),
        onWire("stores spans in two places", "MLF-STORAGE-002/stored-once", new StoredTwice()),
        onWire(
            "links prompts by plain text",
            "MLF-PROMPT-001/content-type",
            call(c -> WireFault.isLink(c) ? c.withHeader("Content-Type", "text/plain") : c)),
        onWire("links prompts twice", "MLF-PROMPT-001/one-link", twice(WireFault::isLink)),
        onWire("never links prompts", "MLF-PROMPT-001/linked", swallowed(WireFault::isLink)),
        onWire(
            "claims an upload that it never made",
            "MLF-EXPORT-001/one-upload",
            swallowed(WireFault::isUpload)),
        onEachWire(
            "claims all spans but the first request's",
            "MLF-EXPORT-003/spans-once",
            () -> swallowed(afterTheFirst(WireFault::isSpans))),
        onWire(
            "uploads before it starts the trace",
            "MLF-EXPORT-001/upload-after-start",
            (call, real) -> {
              if (isStart(call)) {
                real.send(uploadFor(call));
              }
              return real.send(call);
            }),
        onWire(
            "uploads what the tracking store has taken",
            "MLF-STORAGE-001/no-upload",
            (call, real) -> {
              HttpAnswer answer = real.send(call);
              if (isStart(call)) {
                real.send(uploadFor(call));
              }
              return answer;
            }),
        onWire(
            "loses the last span of a request",
            "MLF-SPAN-013/spans-once",
            spans(request -> eachScope(request, scope -> scope.removeSpans(lastOf(scope))))));
  }

  private static List<Mutant> traceInfo() {
    return List.of(
        onWire(
            "gives traces ids of a strange form",
            "MLF-WIRE-001/trace-id",
            info(i -> i.put("trace_id", i.get("trace_id").asText().replace("tr-", "TR-")))),
        onWire(
            "sends to another experiment",
            "MLF-WIRE-001/experiment",
            info(i -> experiment(i).put("experiment_id", "0"))),
        onWire(
            "is a millisecond late",
            "MLF-INFO-001/time",
            info(i -> i.put("request_time", "2023-11-14T22:13:20.999Z"))),
        onWire(
            "takes milliseconds for seconds",
            "MLF-INFO-001/duration",
            info(i -> i.put("execution_duration", "1234s"))),
        onWire("is always OK", "MLF-INFO-003/error", info(i -> i.put("state", "OK"))),
        onWire(
            "has no previews",
            "MLF-PREVIEW-006/request",
            info(i -> i.remove(List.of("request_preview", "response_preview")))),
        onWire("puts tags among the metadata", "MLF-EXPORT-001/tag", info(i -> {
          ((ObjectNode) i.get("trace_metadata")).setAll((ObjectNode) i.get("tags"));
          ((ObjectNode) i.get("tags")).removeAll();
        })),
        onWire(
            "counts one byte too many",
            "MLF-EXPORT-001/sizes",
            info(i -> bump((ObjectNode) i.get("trace_metadata"), "total_size_bytes"))),
        onWire(
            "turns the percentiles round",
            "MLF-EXPORT-001/percentiles",
            info(i -> swap((ObjectNode) i.get("trace_metadata"), "p25", "p75"))));
  }

  private static List<Mutant> spanShape() {
    return List.of(
        onWire("loses parents", "MLF-EXPORT-003/child", span(Span.Builder::clearParentSpanId)),
        onWire(
            "loses parents in uploads",
            "MLF-EXPORT-001/child",
            uploadedSpan(s -> s.putNull("parent_span_id"))),
        onWire("loses events", "MLF-EXPORT-003/event", span(Span.Builder::clearEvents)),
        onWire("loses statuses", "MLF-SPAN-005/error", span(Span.Builder::clearStatus)),
        onWire(
            "calls every span OK",
            "MLF-SPAN-007/not-ok",
            span(s -> s.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK)))),
        onWire(
            "writes numbers as text",
            "MLF-SPAN-002/int",
            span(s -> s.getAttributesBuilderList().stream()
                .filter(a -> a.getValue().hasIntValue())
                .forEach(
                    a -> a.getValueBuilder().setStringValue("n" + a.getValue().getIntValue())))),
        onWire(
            "takes nanoseconds for microseconds",
            "MLF-SPAN-001/leaf-times",
            span(s -> s.setStartTimeUnixNano(s.getStartTimeUnixNano() / 1_000 * 1_000 + 1))));
  }

  private static List<Mutant> http() {
    return List.of(
        onWire(
            "names no experiment to the span endpoint",
            "MLF-WIRE-002/experiment-header",
            call(c -> isSpans(c) ? c.withoutHeader("x-mlflow-experiment-id") : c)),
        onWire(
            "asks for the version at a path of its own",
            "MLF-WIRE-004/no-strange-path",
            call(c -> c.uri().getPath().endsWith("/version") ? c.withUri(strange(c)) : c)),
        onWire(
            "sends no credentials",
            "MLF-SEC-001/bearer",
            call(c -> c.withoutHeader("Authorization"))),
        onWire(
            "puts the token into the address",
            "MLF-SEC-001/no-leak",
            call(c -> c.header("Authorization")
                .map(a -> c.withUri(withQuery(c, "t=" + a.replace("Bearer ", ""))))
                .orElse(c))));
  }

  private static List<Mutant> retry() {
    return List.of(
        configured("never tries again", "MLF-RETRY-026/tried-again", b -> b.maxRetries(0)),
        configured("tries once more", "MLF-RETRY-024/three-attempts", b -> b.maxRetries(3)),
        onWire("tries again after 400", "MLF-RETRY-011/one-attempt", (call, real) -> {
          HttpAnswer answer = real.send(call);
          return answer.status() == 400 ? answer.withStatus(503) : answer;
        }),
        onWire("does not read Retry-After", "MLF-RETRY-021/waited", (call, real) -> {
          HttpAnswer answer = real.send(call);
          return new HttpAnswer(answer.status(), Map.of(), answer.body());
        }),
        onEachWire(
            "repeats with another body", "MLF-RETRY-003/same-body", Mutants::anotherBodyEachTime));
  }

  private static List<Mutant> lifecycle() {
    return List.of(
        configured(
            "holds its callers",
            "MLF-ASYNC-002/caller-free",
            builder -> builder.asyncExport(false)),
        configured(
            "does not know a notebook",
            "MLF-ASYNC-005/arrived",
            builder -> builder.notebook(false)),
        inProcess("calls a success a loss", "MLF-LIFE-001/result", NeverSuccess::new),
        inProcess("calls a later success a loss", "MLF-LIFE-002/second-result", NeverSuccess::new),
        inProcess(
            "calls a shutdown that delivered a loss", "MLF-LIFE-006/result", NeverSuccess::new),
        inProcess("lies about a flush", "MLF-LIFE-001/arrived", LyingFlush::new),
        inProcess("loses what is left at shutdown", "MLF-LIFE-006/seen", LosingShutdown::new),
        inProcess("calls a loss a success", "MLF-LIFE-004/result", AlwaysSuccess::new),
        inProcess("remembers the wrong trace", "MLF-EXPORT-001/last-active", WrongMemory::new),
        inProcess("miscounts", "MLF-LIFE-012/balance", Miscount::new),
        onWire("hides that start-trace failed", "MLF-FAIL-001/logged", (call, real) -> {
          HttpAnswer answer = real.send(call);
          return isStart(call) && answer.status() >= 400
              ? new HttpAnswer(200, Map.of(), startAnswer(call))
              : answer;
        }));
  }

  private static WireFault anotherBodyEachTime() {
    AtomicInteger attempts = new AtomicInteger();
    return (call, real) -> {
      String padding = " ".repeat(attempts.incrementAndGet());
      String body = new String(call.body(), StandardCharsets.UTF_8) + padding;
      return real.send(isStart(call) ? call.withBody(body.getBytes(StandardCharsets.UTF_8)) : call);
    };
  }

  private static HttpCall uploadFor(HttpCall start) throws IOException {
    JsonNode info = WireFault.JSON.readTree(start.body()).path("trace").path("trace_info");
    String base = start.uri().toString().replace("/api/3.0/mlflow/traces", "");
    String path = "%s/api/2.0/mlflow-artifacts/artifacts/%s/traces/%s/artifacts/traces.json"
        .formatted(
            base,
            info.path("trace_location")
                .path("mlflow_experiment")
                .path("experiment_id")
                .asText(),
            info.path("trace_id").asText());
    return start
        .withMethod("PUT")
        .withUri(URI.create(path))
        .withHeader("Content-Type", "text/plain")
        .withBody("{\"spans\": []}".getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The start-trace request itself as its answer, as if the server had taken it and stored the
   * spans.
   */
  private static byte[] startAnswer(HttpCall call) throws IOException {
    JsonNode body = WireFault.JSON.readTree(call.body());
    ObjectNode info = (ObjectNode) body.path("trace").path("trace_info");
    info.withObject("/tags").put("mlflow.trace.spansLocation", "TRACKING_STORE");
    return WireFault.JSON.writeValueAsBytes(body);
  }

  private static ObjectNode experiment(ObjectNode info) {
    return (ObjectNode) info.path("trace_location").path("mlflow_experiment");
  }

  private static void bump(ObjectNode metadata, String member) {
    editStatistics(metadata, s -> s.put(member, s.path(member).asInt() + 1));
  }

  private static void swap(ObjectNode metadata, String one, String other) {
    editStatistics(metadata, s -> {
      int first = s.path(one).asInt();
      s.put(one, s.path(other).asInt() + 1).put(other, first);
    });
  }

  private static void editStatistics(ObjectNode metadata, Consumer<ObjectNode> edit) {
    try {
      ObjectNode statistics = (ObjectNode)
          WireFault.JSON.readTree(metadata.path("mlflow.trace.sizeStats").asText("{}"));
      edit.accept(statistics);
      metadata.put("mlflow.trace.sizeStats", statistics.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void eachScope(
      ExportTraceServiceRequest.Builder request, Consumer<ScopeSpans.Builder> edit) {
    request
        .getResourceSpansBuilderList()
        .forEach(r -> r.getScopeSpansBuilderList().forEach(edit));
  }

  private static int lastOf(ScopeSpans.Builder scope) {
    return scope.getSpansCount() - 1;
  }

  private static URI strange(HttpCall call) {
    return URI.create(call.uri().toString().replace("/version", "/mlflow/version"));
  }

  private static URI withQuery(HttpCall call, String query) {
    String separator = call.uri().getQuery() == null ? "?" : "&";
    return URI.create(call.uri() + separator + query);
  }

  /** Says that everything arrived and waits for nothing. */
  static final class LyingFlush extends FaultySubject.Wrapped {
    LyingFlush(Session sound) {
      super(sound);
    }

    @Override
    public Outcome flush(Duration timeout) {
      return Outcome.SUCCESS;
    }
  }

  /** Ends at once and says that all is well. */
  private static final class LosingShutdown extends FaultySubject.Wrapped {
    LosingShutdown(Session sound) {
      super(sound);
    }

    @Override
    public Outcome shutdown(Duration timeout) {
      sound.shutdown(Duration.ZERO);
      return Outcome.SUCCESS;
    }
  }

  /** Does what it should and always calls it a success. */
  static final class AlwaysSuccess extends FaultySubject.Wrapped {
    AlwaysSuccess(Session sound) {
      super(sound);
    }

    @Override
    public Outcome flush(Duration timeout) {
      sound.flush(timeout);
      return Outcome.SUCCESS;
    }

    @Override
    public Outcome shutdown(Duration timeout) {
      sound.shutdown(timeout);
      return Outcome.SUCCESS;
    }
  }

  /** Does what it should and always calls it a failure. */
  private static final class NeverSuccess extends FaultySubject.Wrapped {
    NeverSuccess(Session sound) {
      super(sound);
    }

    @Override
    public Outcome flush(Duration timeout) {
      sound.flush(timeout);
      return Outcome.FAILURE;
    }

    @Override
    public Outcome shutdown(Duration timeout) {
      sound.shutdown(timeout);
      return Outcome.FAILURE;
    }
  }

  /** Names a last active trace that never was. */
  private static final class WrongMemory extends FaultySubject.Wrapped {
    WrongMemory(Session sound) {
      super(sound);
    }

    @Override
    public Map<String, JsonNode> observe(List<String> what) {
      return Map.of("trace.last_active", TextNode.valueOf("tr-" + "0".repeat(32)));
    }
  }

  /** Creates more than it can account for. */
  private static final class Miscount extends FaultySubject.Wrapped {
    Miscount(Session sound) {
      super(sound);
    }

    @Override
    public Map<String, Long> stats() {
      Map<String, Long> stats = new LinkedHashMap<>(sound.stats());
      stats.merge("created", 1L, Long::sum);
      return stats;
    }
  }
}
