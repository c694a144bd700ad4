package io.github.tracingharness.core.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/**
 * A tracking server on a real socket that behaves as MLflow's unless told otherwise, and keeps
 * every call.
 */
public final class TrackingServerDouble implements AutoCloseable {

  public static final String START_TRACE = "POST /api/3.0/mlflow/traces";
  public static final String LOG_SPANS = "POST /v1/traces";
  public static final String VERSION = "GET /version";
  public static final String LINK_PROMPTS = "POST /api/2.0/mlflow/traces/link-prompts";
  public static final String UPLOAD = "PUT /api/2.0/mlflow-artifacts/artifacts/";

  public static final String UC_SPANS = "POST /api/2.0/otel/v1/traces";
  public static final String UC_INFO = "POST /api/4.0/mlflow/traces/";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Deque<Answer>> scripts = new HashMap<>();
  private final Map<String, Answer> forever = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final Map<String, Semaphore> arrivals = new ConcurrentHashMap<>();
  private final Map<String, Boolean> tracesWithSpans = new ConcurrentHashMap<>();
  private final String prefix;
  private volatile String version = "3.17.2";

  /** A call as it arrived. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Call(
      String method, String path, String query, Map<String, List<String>> headers, byte[] body) {

    public String endpoint() {
      return method + " " + path;
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public ExportTraceServiceRequest otlp() {
      try {
        return ExportTraceServiceRequest.parseFrom(
            header("Content-Encoding").equals("gzip")
                ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes()
                : body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public List<io.opentelemetry.proto.trace.v1.Span> spans() {
      return otlp().getResourceSpans(0).getScopeSpans(0).getSpansList();
    }

    public String header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> String.join(",", entry.getValue()))
          .findFirst()
          .orElse("");
    }
  }

  /** An answer; a status of 0 closes the connection without one. */
  public record Answer(int status, String body, Map<String, String> headers) {

    public static Answer status(int status) {
      return new Answer(
          status, "{\"error_code\": \"TEST\", \"message\": \"scripted " + status + "\"}", Map.of());
    }

    public static Answer of(int status, String body) {
      return new Answer(status, body, Map.of());
    }

    public static Answer reset() {
      return new Answer(0, "", Map.of());
    }

    public Answer with(String name, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(name, value);
      return new Answer(status, body, more);
    }
  }

  public TrackingServerDouble() {
    this("");
  }

  public TrackingServerDouble(String prefix) {
    this.prefix = prefix;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(executor);
    server.start();
  }

  public String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + prefix;
  }

  /** Sets the answer of GET /version; null for 404. */
  public TrackingServerDouble version(String text) {
    if (text == null) {
      return always(VERSION, Answer.of(404, "Not Found"));
    }
    version = text;
    return this;
  }

  /** A server without a store for spans. */
  public TrackingServerDouble withoutSpanStore() {
    return version(null);
  }

  public TrackingServerDouble next(String endpoint, Answer... answers) {
    synchronized (scripts) {
      scripts.computeIfAbsent(endpoint, key -> new ArrayDeque<>()).addAll(List.of(answers));
    }
    return this;
  }

  public TrackingServerDouble always(String endpoint, Answer answer) {
    forever.put(endpoint, answer);
    return this;
  }

  /** Holds all answers of an endpoint until {@link #release}. */
  public TrackingServerDouble hold(String endpoint) {
    held.put(endpoint, new CountDownLatch(1));
    return this;
  }

  public void release(String endpoint) {
    held.remove(endpoint).countDown();
  }

  /** Waits for that many further calls of an endpoint. */
  public void awaitArrivals(String endpoint, int count) throws InterruptedException {
    if (!arrivals(endpoint).tryAcquire(count, 20, TimeUnit.SECONDS)) {
      throw new AssertionError(
          "no " + count + " calls of " + endpoint + " within 20 s; calls: " + endpoints());
    }
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  public List<Call> calls(String endpoint) {
    Predicate<Call> matches = call -> matches(endpoint, call.endpoint());
    return calls.stream().filter(matches).toList();
  }

  public List<String> endpoints() {
    return calls.stream().map(Call::endpoint).toList();
  }

  private static boolean matches(String endpoint, String called) {
    return endpoint.endsWith("/") ? called.startsWith(endpoint) : called.equals(endpoint);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      Call call = record(exchange);
      String key = key(call);
      arrivals(key).release();
      CountDownLatch latch = held.get(key);
      if (latch != null && !latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("an answer was held and never released");
      }
      send(exchange, answer(call, key));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private Call record(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    String shown = path.startsWith(prefix)
        ? path.substring(prefix.length())
        : "outside of the prefix: " + path;
    String query = exchange.getRequestURI().getRawQuery();
    Call call = new Call(
        exchange.getRequestMethod(),
        shown,
        query == null ? "" : query,
        Map.copyOf(exchange.getRequestHeaders()),
        body);
    calls.add(call);
    return call;
  }

  private static String key(Call call) {
    if (call.endpoint().startsWith(UC_INFO)) {
      return UC_INFO;
    }
    return call.endpoint().startsWith(UPLOAD) ? UPLOAD : call.endpoint();
  }

  private Semaphore arrivals(String key) {
    return arrivals.computeIfAbsent(key, any -> new Semaphore(0));
  }

  private Answer answer(Call call, String key) throws IOException {
    synchronized (scripts) {
      Deque<Answer> script = scripts.get(key);
      if (script != null && !script.isEmpty()) {
        return script.poll();
      }
    }
    Answer fixed = forever.get(key);
    return fixed != null ? fixed : real(call, key);
  }

  private Answer real(Call call, String key) throws IOException {
    return switch (key) {
      case VERSION -> Answer.of(200, version);
      case LOG_SPANS -> {
        call.spans()
            .forEach(span -> tracesWithSpans.put(hex(span.getTraceId().toByteArray()), true));
        yield Answer.of(200, "");
      }
      case START_TRACE -> started(call);
      case UC_INFO -> Answer.of(200, call.text());
      case UC_SPANS -> Answer.of(200, "");
      default -> Answer.of(200, "{}");
    };
  }

  private Answer started(Call call) throws IOException {
    ObjectNode body = (ObjectNode) JSON.readTree(call.body());
    ObjectNode info = (ObjectNode) body.path("trace").path("trace_info");
    String id = info.path("trace_id").asText();
    String experiment = info.path("trace_location")
        .path("mlflow_experiment")
        .path("experiment_id")
        .asText();
    ObjectNode tags = info.withObject("/tags");
    tags.put(
        "mlflow.artifactLocation",
        "mlflow-artifacts:/" + experiment + "/traces/" + id + "/artifacts");
    if (tracesWithSpans.containsKey(id.replace("tr-", ""))) {
      tags.put("mlflow.trace.spansLocation", "TRACKING_STORE");
    }
    return Answer.of(200, JSON.writeValueAsString(body));
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    if (answer.status() == 0) {
      return;
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    held.values().forEach(CountDownLatch::countDown);
    server.stop(0);
    executor.shutdownNow();
  }
}
