package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.Header;
import io.github.tracingharness.conformance.history.HistoryEvent;
import io.github.tracingharness.conformance.history.HistoryEvent.Command;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.HistoryEvent.Log;
import io.github.tracingharness.conformance.history.HistoryEvent.Released;
import io.github.tracingharness.conformance.history.HistoryEvent.Reply;
import io.github.tracingharness.conformance.history.HistoryEvent.ReplyKind;
import io.github.tracingharness.conformance.history.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes histories by hand. Each event happens one millisecond after the one before it, and a
 * request is answered half a millisecond after it arrived. The trace of the n-th root has the id
 * {@code tr-} and 32 times the digit n; the n-th span has the id of 16 times n.
 */
public final class HandMadeHistory {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long STEP = 1_000_000;

  private final List<HistoryEvent> events = new ArrayList<>();
  private final ObjectNode capabilities = JsonNodeFactory.instance.objectNode();
  private long now;
  private long commands;
  private long requests;
  private int roots;
  private int spans;

  /** Reads JSON with single quotes in place of double ones. */
  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static String trace(int n) {
    return "tr-" + Integer.toString(n).repeat(32);
  }

  static String span(int n) {
    return Integer.toString(n).repeat(16);
  }

  static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  HandMadeHistory capability(String member, String value) {
    capabilities.putArray(member).add(value);
    return this;
  }

  /** The session is opened for experiment 1. */
  public HandMadeHistory open() {
    return command("open", "{'destination': {'experiment_id': '1'}}", "{}");
  }

  /** A root and its children are made. */
  public HandMadeHistory emit(String root, String... children) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode ok = JsonNodeFactory.instance.objectNode();
    roots++;
    body.withArray("spans").addObject().put("ref", root);
    ref(ok, root);
    for (String child : children) {
      body.withArray("spans").addObject().put("ref", child).put("parent", root);
      ref(ok, child);
    }
    return command("emit", body.toString(), ok.toString());
  }

  private void ref(ObjectNode ok, String ref) {
    spans++;
    ok.withObject("/refs").putObject(ref).put("trace", trace(roots)).put("span", span(spans));
  }

  /** A command and its ok answer. */
  public HandMadeHistory command(String op, String body, String ok) {
    commands++;
    events.add(new Command(tick(), commands, op, (ObjectNode) json(body)));
    events.add(new Reply(tick(), commands, op, ReplyKind.OK, json(ok)));
    return this;
  }

  HandMadeHistory refused(String op, String message) {
    commands++;
    events.add(new Command(tick(), commands, op, JsonNodeFactory.instance.objectNode()));
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("kind", "subject").put("type", "E").put("message", message);
    events.add(new Reply(tick(), commands, op, ReplyKind.ERROR, error));
    return this;
  }

  HandMadeHistory log(String level, String text) {
    events.add(new Log(tick(), level, "logger", text));
    return this;
  }

  HandMadeHistory exited(int code) {
    events.add(new HistoryEvent.ProcessEvent(now += STEP, "exited", "the process ended", code));
    return this;
  }

  HandMadeHistory released(String hold, String reason) {
    events.add(new Released(tick(), hold, reason));
    return this;
  }

  HandMadeHistory pause(long millis) {
    now += millis * STEP;
    return this;
  }

  /** A start-trace request; more members of the info as JSON, with a comma in front. */
  HandMadeHistory start(int trace, int status, String more) {
    return request(
        "POST",
        Endpoints.START_TRACE,
        "/api/3.0/mlflow/traces",
        status,
        "{'trace': {'trace_info': {'trace_id': '%s'%s}}}".formatted(trace(trace), more));
  }

  HandMadeHistory start(int trace) {
    return start(trace, 200, "");
  }

  /** An upload of spans, each as JSON. */
  HandMadeHistory upload(int trace, String... spans) {
    return request(
        "PUT",
        Endpoints.PUT_ARTIFACT,
        "/api/2.0/mlflow-artifacts/artifacts/1/traces/" + trace(trace) + "/artifacts/traces.json",
        200,
        "{'spans': [%s]}".formatted(String.join(", ", spans)));
  }

  /** A span as it stands in an upload; more members as JSON, with a comma in front. */
  static String uploaded(int trace, int span, String parent, String more) {
    return ("{'trace_id': '%s', 'span_id': '%s', 'parent_span_id': %s, 'name': 's%d',"
            + " 'start_time_unix_nano': 10, 'end_time_unix_nano': 20,"
            + " 'status': {'code': 'STATUS_CODE_OK', 'message': ''}%s}")
        .formatted(
            base64(trace(trace).substring(3)),
            base64(span(span)),
            parent.equals("null") ? parent : "'" + base64(parent) + "'",
            span,
            more);
  }

  /** An OTLP request with spans in OTLP's JSON form. */
  HandMadeHistory otlp(int status, String... spans) {
    return request(
        "POST",
        Endpoints.OTLP_TRACES,
        "/v1/traces",
        status,
        "{'resourceSpans': [{'scopeSpans': [{'spans': [%s]}]}]}"
            .formatted(String.join(", ", spans)));
  }

  /** Spans for a table of Unity Catalog, in OTLP's JSON form. */
  HandMadeHistory table(String table, String... spans) {
    String body = "{'resourceSpans': [{'scopeSpans': [{'spans': [%s]}]}]}"
        .formatted(String.join(", ", spans));
    return request(
        "POST",
        Endpoints.UC_SPANS,
        "/api/2.0/otel/v1/traces",
        200,
        body,
        new Header("Content-Type", "application/json"),
        new Header("X-Databricks-UC-Table-Name", table));
  }

  /**
   * A session for {@code main.a} in Unity Catalog, with a trace there and one in {@code main.b}.
   */
  HandMadeHistory catalog() {
    return command(
            "open",
            "{'destination': {'type': 'databricks-uc', 'catalog': 'main', 'schema': 'a'}}",
            "{}")
        .command(
            "emit",
            "{'spans': [{'ref': 'a'}, {'ref': 'b', 'destination': {'type': 'databricks-uc',"
                + " 'catalog': 'main', 'schema': 'b'}}, {'ref': 'b1', 'parent': 'b'}]}",
            "{'refs': {'a': {'trace': 'trace:/main.a/%s', 'span': '%s'}, 'b': {'trace': 'trace:/main.b/%s', 'span': '%s'}, 'b1': {'trace': 'trace:/main.b/%s', 'span': '%s'}}}"
                .formatted(
                    "1".repeat(32), span(1), "2".repeat(32), span(2), "2".repeat(32), span(3)));
  }

  /** A trace info for a location of Unity Catalog. */
  HandMadeHistory info(String location, int trace, String body) {
    return request(
        "POST",
        Endpoints.UC_TRACE_INFO,
        "/api/4.0/mlflow/traces/%s/%s/info"
            .formatted(location, Integer.toString(trace).repeat(32)),
        200,
        body);
  }

  /** A span in OTLP's JSON form. */
  static String otlpSpan(int trace, int span, String more) {
    return ("{'traceId': '%s', 'spanId': '%s', 'name': 's%d', 'startTimeUnixNano': '10',"
            + " 'endTimeUnixNano': '20', 'status': {'code': 1}%s}")
        .formatted(trace(trace).substring(3), span(span), span, more);
  }

  HandMadeHistory request(
      String method, String endpoint, String path, int status, String body, Header... headers) {
    Payload payload = Payload.of(body.replace('\'', '"'));
    List<Header> all = new ArrayList<>(List.of(headers));
    if (all.isEmpty()) {
      all.add(new Header("Content-Type", "application/json"));
      all.add(new Header("Content-Length", Integer.toString(payload.size())));
    }
    requests++;
    long at = tick();
    events.add(new Exchange(
        at,
        at + STEP / 2,
        requests,
        endpoint,
        method,
        path,
        "",
        all,
        payload,
        status,
        List.of(),
        Payload.EMPTY,
        5000,
        false));
    return this;
  }

  private long tick() {
    now += STEP;
    return now;
  }

  /** Returns what was written. */
  public CaseHistory build() {
    return new CaseHistory("MLF-TEST-001", 1, capabilities, events, 10);
  }
}
