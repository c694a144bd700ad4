package io.github.tracingharness.conformance.engine;

import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.check.CheckResult;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Connection;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.HistoryEvent.Released;
import io.github.tracingharness.conformance.history.SpanIds;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.model.CaseDestination;
import io.github.tracingharness.conformance.model.CollectorSetup;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.Step;
import io.github.tracingharness.conformance.report.CaseResult;
import io.github.tracingharness.conformance.report.RunListener;
import io.github.tracingharness.conformance.report.RunResult;
import io.github.tracingharness.conformance.report.SubjectIdentity;
import io.github.tracingharness.conformance.requirement.Level;
import io.github.tracingharness.conformance.requirement.Requirement;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import io.github.tracingharness.conformance.subject.SessionConfig;
import io.github.tracingharness.conformance.subject.SpanSpec;
import io.github.tracingharness.server.collector.CollectorAnswer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases whose destination is a collector of their own. */
class CollectorRunTest {

  private static final RequirementRegistry REQUIREMENTS = RequirementRegistry.of(
      List.of(new Requirement("R", Level.MUST, "t", "s", "inferred", "set", null, null)));

  @TempDir
  Path directory;

  private static ConformanceCase.Builder otlp() {
    return conformanceCase("OTLP-TEST-001")
        .title("t")
        .family("test")
        .requirement("R")
        .destination(CaseDestination.OTLP_JSON)
        .then("judged", history -> CheckResult.met("seen"));
  }

  private static Step export() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("spans").addObject().put("ref", "a").put("name", "a");
    return new Step.Export(body);
  }

  private CaseResult run(ConformanceCase c) throws Exception {
    RunOptions options = new RunOptions(
        List.of(c), 7, 1, 0, directory.resolve("run.ndjson"), RunOptions.VerdictFilter.NONE);
    Subject subject = Subject.inJvm("posting", new Posting());
    return new SuiteRun(subject, options, REQUIREMENTS, new Quiet())
        .run()
        .cases()
        .get(0);
  }

  private CaseHistory history(ConformanceCase c) throws Exception {
    return run(c).histories().get(0);
  }

  @Test
  void run_answersOfTheScript_areRecordedWithConnectionsAndWire() throws Exception {
    CaseHistory history = history(otlp()
        .given(s -> s.answers(List.of(CollectorAnswer.status(503)), CollectorAnswer.accept()))
        .when(export(), export())
        .build());

    assertThat(history.exchanges()).extracting(Exchange::status).containsExactly(503, 200);
    Exchange first = history.exchanges().get(0);
    assertThat(first.endpoint()).isEqualTo("OTLP_TRACES");
    assertThat(first.path()).isEqualTo("/v1/traces");
    assertThat(first.query()).isEqualTo("q=1");
    assertThat(first.wire()).isNotNull();
    assertThat(first.wire().inFlight()).isEqualTo(1);
    assertThat(first.wire().framing()).isEqualTo("content-length");
    assertThat(history.all(Connection.class)).extracting(Connection::what).contains("opened");
    assertThat(history.refs()).containsOnlyKeys("a");
  }

  @Test
  void run_placeholders_areFilledAndSecretsStayOutOfTheHistory() throws Exception {
    CaseHistory history = history(otlp()
        .config("OTEL_EXPORTER_OTLP_HEADERS", "x-key=${secret:key}")
        .config("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "${endpoint}/v1/traces?q=1")
        .when(export())
        .build());

    assertThat(history.exchanges().get(0).header("x-key")).isEqualTo("«secret:key»");
    assertThat(history.commands("open").get(0).body().at("/config").toString())
        .contains("x-key=«secret:key»")
        .containsPattern("http://127.0.0.1:[0-9]+/v1/traces");
  }

  @Test
  void run_refusedPort_listensAfterTheStep() throws Exception {
    CaseHistory history = history(otlp()
        .collector(CollectorSetup.REFUSING)
        .when(export(), new Step.Listen(Duration.ZERO), export())
        .build());

    assertThat(history.replies("export"))
        .extracting(r -> r.body().path("result").asText())
        .containsExactly("failure", "success");
    assertThat(history.all(Connection.class)).extracting(Connection::what).contains("listening");
  }

  @Test
  void run_heldAnswer_isReleasedByTheStep() throws Exception {
    CaseHistory history = history(otlp()
        .given(s -> s.answers(List.of(), s.held("gate", CollectorAnswer.accept())))
        .when(new Step.Release("gate"), export())
        .build());

    assertThat(history.all(Released.class)).extracting(Released::reason).containsExactly("step");
    assertThat(history.ok("export", 0).orElseThrow().path("result").asText()).isEqualTo("success");
  }

  @Test
  void run_fixedPortTaken_makesNoClaim() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      CaseResult result = run(otlp()
          .collector(CollectorSetup.onPort(taken.getLocalPort()))
          .when(export())
          .build());

      assertThat(result.verdict().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
      assertThat(result.verdict().message()).contains(Integer.toString(taken.getLocalPort()));
    }
  }

  /** Posts an empty JSON object for each batch. */
  private static final class Posting implements ExporterSubject {

    @Override
    public String name() {
      return "posting";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public ObjectNode capabilities() {
      ObjectNode capabilities = JsonNodeFactory.instance.objectNode().put("sessions", "many");
      capabilities.putArray("destinations").add("otlp-http-json");
      capabilities.putArray("pipeline").add("direct");
      capabilities
          .putArray("config")
          .add("OTEL_EXPORTER_OTLP_HEADERS")
          .add("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
      return capabilities;
    }

    @Override
    public Session open(SessionConfig config) {
      return new PostingSession(config.otelVariables());
    }
  }

  private record PostingSession(Map<String, String> variables) implements ExporterSubject.Session {

    @Override
    public ExporterSubject.Exported export(List<SpanSpec> spans) {
      Map<String, SpanIds> refs = new LinkedHashMap<>();
      spans.forEach(span -> refs.put(span.ref(), new SpanIds("1".repeat(32), "2".repeat(16))));
      return new ExporterSubject.Exported(refs, post(), "");
    }

    private ExporterSubject.Outcome post() {
      String base = variables.getOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT", "");
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(variables.getOrDefault(
              "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", base + "/v1/traces?q=1")))
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString("{}"));
      String header = variables.get("OTEL_EXPORTER_OTLP_HEADERS");
      if (header != null) {
        request.header(header.split("=", 2)[0], header.split("=", 2)[1]);
      }
      try {
        int status = HttpClient.newHttpClient()
            .send(request.build(), HttpResponse.BodyHandlers.discarding())
            .statusCode();
        return status == 200 ? ExporterSubject.Outcome.SUCCESS : ExporterSubject.Outcome.FAILURE;
      } catch (IOException e) {
        return ExporterSubject.Outcome.FAILURE;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ExporterSubject.Outcome.TIMEOUT;
      }
    }

    @Override
    public Map<String, SpanIds> emit(List<SpanSpec> spans) {
      return Map.of();
    }

    @Override
    public ExporterSubject.Outcome flush(Duration timeout) {
      return ExporterSubject.Outcome.UNKNOWN;
    }

    @Override
    public ExporterSubject.Outcome shutdown(Duration timeout) {
      return ExporterSubject.Outcome.UNKNOWN;
    }

    @Override
    public Map<String, JsonNode> observe(List<String> what) {
      return Map.of();
    }

    @Override
    public Map<String, Long> stats() {
      return Map.of();
    }

    @Override
    public void close() {}
  }

  private static final class Quiet implements RunListener {
    @Override
    public void runStarted(List<ConformanceCase> planned, SubjectIdentity subject) {}

    @Override
    public void caseFinished(CaseResult result, int done, int total) {}

    @Override
    public void runFinished(RunResult result) {}
  }
}
