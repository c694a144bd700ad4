package io.github.tracingharness.conformance.selftest;

import static io.github.tracingharness.conformance.selftest.Mutant.onEachWire;
import static io.github.tracingharness.conformance.selftest.Mutant.onWire;
import static io.github.tracingharness.conformance.selftest.WireFault.call;
import static io.github.tracingharness.conformance.selftest.WireFault.catalogInfo;
import static io.github.tracingharness.conformance.selftest.WireFault.isCatalogInfo;
import static io.github.tracingharness.conformance.selftest.WireFault.isCatalogLink;
import static io.github.tracingharness.conformance.selftest.WireFault.isTableSpans;
import static io.github.tracingharness.conformance.selftest.WireFault.span;
import static io.github.tracingharness.conformance.selftest.WireFault.swallowed;
import static io.github.tracingharness.conformance.selftest.WireFault.twice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.core.client.HttpAnswer;
import io.github.tracingharness.core.client.HttpCall;
import io.github.tracingharness.core.client.HttpTransport;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** What can be wrong with what is sent to Databricks. */
final class CatalogMutants {

  private static final String TABLE = "X-Databricks-UC-Table-Name";
  private static final String ONE_TABLE = "main.traces.mlflow_experiment_trace_otel_spans";

  private CatalogMutants() {}

  static List<Mutant> all() {
    return List.of(
        onWire(
            "sends spans to tables without the token",
            "UCT-EXPORT-001/bearer",
            table(c -> c.withoutHeader("Authorization"))),
        onWire(
            "puts the workspace's token into a header of its own",
            "UCT-EXPORT-001/no-leak",
            call(c -> c.header("Authorization")
                .map(a -> c.withHeader("X-Token", a.replace("Bearer ", "")))
                .orElse(c))),
        onWire(
            "asks for credentials without the token",
            "UCT-EXPERIMENT-001/bearer",
            call(c -> c.uri().getPath().endsWith("/credentials-for-data-upload")
                ? c.withoutHeader("Authorization")
                : c)),
        onWire(
            "links prompts in Unity Catalog without the token",
            "UCT-PROMPT-001/bearer",
            call(c -> isCatalogLink(c) ? c.withoutHeader("Authorization") : c)),
        onWire("names no table", "UCT-EXPORT-001/one-span", table(c -> c.withoutHeader(TABLE))),
        onWire(
            "names one table for all traces",
            "UCT-TABLE-002/tables",
            table(c -> c.withHeader(TABLE, ONE_TABLE))),
        onWire(
            "names MLflow's table where there is a prefix",
            "UCT-TABLE-001/table",
            table(c -> c.withHeader(TABLE, ONE_TABLE))),
        onWire(
            "sends spans to a table twice",
            "UCT-EXPORT-002/spans-once",
            twice(WireFault::isTableSpans)),
        onWire(
            "sends a trace info twice", "UCT-EXPORT-004/one-info", twice(WireFault::isCatalogInfo)),
        onWire(
            "claims infos that it never sent",
            "UCT-EXPORT-001/traces-once",
            swallowed(WireFault::isCatalogInfo)),
        onWire(
            "starts a trace of version 3 as well",
            "UCT-EXPORT-003/no-start-of-version-3",
            besides("POST", "/api/3.0/mlflow/traces")),
        onWire(
            "asks for credentials that it does not need",
            "UCT-EXPORT-003/no-credentials",
            besides("GET", "/api/2.0/mlflow/traces/tr-1/credentials-for-data-upload")),
        onWire(
            "uploads what the table has",
            "UCT-EXPORT-003/no-upload",
            besides(
                "PUT", "/api/2.0/mlflow-artifacts/artifacts/1/traces/tr-1/artifacts/traces.json")),
        onWire(
            "sends the spans of tables to MLflow's endpoint as well",
            "UCT-EXPORT-003/no-otlp-of-mlflow",
            besides("POST", "/v1/traces")),
        onWire("wraps the trace info", "UCT-INFO-001/bare", catalogInfo(CatalogMutants::wrap)),
        onWire(
            "has the long id in the trace info",
            "UCT-INFO-001/bare",
            catalogInfo(
                i -> i.put("trace_id", "trace:/main.traces/" + i.get("trace_id").asText()))),
        onWire(
            "sends the trace info to another location's path",
            "UCT-INFO-001/path",
            call(c -> isCatalogInfo(c) ? moved(c, "/main.traces/", "/main.elsewhere/") : c)),
        onWire(
            "names another schema in the trace info",
            "UCT-INFO-001/location",
            catalogInfo(
                i -> i.withObject("/trace_location/uc_schema").put("schema_name", "elsewhere"))),
        onWire(
            "forgets the prefix in the trace info",
            "UCT-TABLE-001/location",
            catalogInfo(
                i -> i.withObject("/trace_location/uc_table_prefix").remove("table_prefix"))),
        onWire(
            "claims the schema version 3",
            "UCT-INFO-001/version",
            catalogInfo(
                i -> i.withObject("/trace_metadata").put("mlflow.trace_schema.version", "3"))),
        onWire(
            "cuts previews as for MLflow's own server",
            "UCT-INFO-002/longest",
            catalogInfo(
                i -> i.put("request_preview", cut(i.path("request_preview").asText())))),
        onWire(
            "counts the bare trace id",
            "UCT-INFO-003/sizes",
            catalogInfo(i -> i.withObject("/trace_metadata").put("mlflow.trace.sizeBytes", "1"))),
        onWire(
            "writes the user on every span",
            "UCT-SPAN-001/no-user-below",
            span(s -> s.addAttributes(attribute("user.id", "u-1")))),
        onWire(
            "writes the session on every span",
            "UCT-SPAN-001/no-session-below",
            span(s -> s.addAttributes(attribute("session.id", "s-1")))),
        onWire("forgets the user", "UCT-SPAN-001/user", span(s -> remove(s, "user.id"))),
        onEachWire("links all prompts at once", "UCT-PROMPT-001/linked", LinkedAtOnce::new),
        onWire(
            "loses a prompt",
            "UCT-PROMPT-001/linked",
            call(c -> isCatalogLink(c) ? withoutFirstPrompt(c) : c)),
        onWire(
            "uploads without credentials",
            "UCT-EXPERIMENT-001/one-credentials",
            twice(c -> c.uri().getPath().endsWith("/credentials-for-data-upload"))),
        onWire(
            "shows the workspace's token to the storage",
            "UCT-EXPERIMENT-001/no-token-to-storage",
            call(c -> c.method().equals("PUT") ? c.withHeader("Authorization", "Bearer x") : c)),
        onWire(
            "claims an upload to the storage",
            "UCT-EXPERIMENT-002/one-upload",
            swallowed(c -> c.method().equals("PUT"))));
  }

  private static String cut(String preview) {
    return preview.substring(0, Math.min(preview.length(), 1_000));
  }

  private static WireFault table(UnaryOperator<HttpCall> edit) {
    return call(c -> isTableSpans(c) ? edit.apply(c) : c);
  }

  /** Sends something else after each trace info. */
  private static WireFault besides(String method, String path) {
    return (call, real) -> {
      HttpAnswer answer = real.send(call);
      if (isCatalogInfo(call)) {
        String base = call.uri().toString().replaceAll("/api/4\\.0/.*", "");
        real.send(call.withMethod(method)
            .withUri(URI.create(base + path))
            .withBody("{}".getBytes(StandardCharsets.UTF_8)));
      }
      return answer;
    };
  }

  private static HttpCall moved(HttpCall call, String from, String to) {
    return call.withUri(URI.create(call.uri().toString().replace(from, to)));
  }

  private static void wrap(ObjectNode info) {
    ObjectNode inner = info.deepCopy();
    info.removeAll();
    info.putObject("trace").set("trace_info", inner);
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static void remove(Span.Builder span, String key) {
    List<KeyValue> others =
        span.getAttributesList().stream().filter(a -> !a.getKey().equals(key)).toList();
    span.clearAttributes().addAllAttributes(others);
  }

  private static HttpCall withoutFirstPrompt(HttpCall link) {
    try {
      ObjectNode body = (ObjectNode) WireFault.JSON.readTree(link.body());
      ((ArrayNode) body.get("prompt_versions")).remove(0);
      return link.withBody(WireFault.JSON.writeValueAsBytes(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps the first request back and sends its prompts with those of the second. */
  private static final class LinkedAtOnce implements WireFault {

    private final AtomicReference<ArrayNode> first = new AtomicReference<>();

    @Override
    public HttpAnswer send(HttpCall call, HttpTransport real)
        throws IOException, InterruptedException {
      if (!isCatalogLink(call)) {
        return real.send(call);
      }
      ObjectNode body = (ObjectNode) JSON.readTree(call.body());
      ArrayNode prompts = (ArrayNode) body.get("prompt_versions");
      if (first.compareAndSet(null, prompts)) {
        return ACCEPTED;
      }
      ArrayNode all = JsonNodeFactory.instance.arrayNode().addAll(first.get()).addAll(prompts);
      body.set("prompt_versions", all);
      return real.send(call.withBody(JSON.writeValueAsBytes(body)));
    }
  }
}
