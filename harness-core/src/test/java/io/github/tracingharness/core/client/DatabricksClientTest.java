package io.github.tracingharness.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.testing.TrackingServerDouble.Answer;
import io.github.tracingharness.core.testing.TrackingServerDouble.Call;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.TraceLocation.UcSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabricksClientTest {

  private static final String LINKS =
      "POST /api/2.0/mlflow/unity-catalog/prompt-versions/links-to-traces";
  private static final String UC_SPANS = "POST /api/2.0/otel/v1/traces";
  private static final UcSchema TABLES = new UcSchema("catalog", "schema");

  private final TrackingServerDouble server = new TrackingServerDouble();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void probe_databricks_saysNoWithoutAsking() {
    try (RestTrackingClient client = Clients.databricks(server)) {
      assertThat(client.probeSpanLogging(CallScope.CALLER)).isEqualTo(SpanLoggingSupport.NO);
      assertThat(client.isDatabricks()).isTrue();
    }
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void linkPrompts_thirty_areSentAs25And5() throws Exception {
    List<PromptVersion> prompts = IntStream.range(0, 30)
        .mapToObj(i -> new PromptVersion("main.default.p" + i, Integer.toString(i)))
        .toList();

    try (RestTrackingClient client = Clients.databricks(server)) {
      client.linkPrompts(
          new StartedTrace("trace:/catalog.schema/2a9f", Map.of()), prompts, CallScope.CALLER);
    }

    assertThat(server.endpoints()).containsExactly(LINKS, LINKS);
    assertThat(server.calls().get(0).json().path("prompt_versions")).hasSize(25);
    assertThat(server.calls().get(1).text())
        .startsWith("{\"prompt_versions\": [{\"name\": \"main.default.p25\", \"version\": \"25\"}")
        .endsWith("], \"trace_ids\": [\"trace:/catalog.schema/2a9f\"]}");
  }

  @Test
  void linkPrompts_unityCatalogBehindPlainUrl_goesToUnityCatalogToo() throws Exception {
    ClientSettings settings =
        Clients.settings(server.uri(), Credentials.bearer("t"), /* databricks= */ false);
    try (RestTrackingClient client = Clients.client(settings)) {
      client.linkPrompts(
          new StartedTrace("trace:/catalog.schema/2a9f", Map.of()),
          List.of(new PromptVersion("p", "1")),
          CallScope.CALLER);
    }

    assertThat(server.endpoints()).containsExactly(LINKS);
  }

  @Test
  void requests_bothBudgets_areEachTheirOwn() {
    server.always(UC_SPANS, Answer.status(503).with("Retry-After", "3"));
    ClientSettings wide = Clients.settings(server.uri(), Credentials.none(), true);
    ClientSettings narrow = new ClientSettings(
        wide.trackingUri(),
        wide.credentials(),
        wide.retries(),
        wide.attemptTimeout(),
        wide.retryBudget(),
        Duration.ofSeconds(1),
        wide.workspace(),
        true,
        true,
        wide.organization(),
        wide.connection(),
        true);

    try (RestTrackingClient client = Clients.client(narrow)) {
      assertThatThrownBy(() -> client.logSpans(TABLES, List.of(), CallScope.CALLER))
          .hasMessageContaining("was answered 503");
    }

    // The wait of three seconds would have passed the limit of one.
    assertThat(server.calls(UC_SPANS)).hasSize(1);
  }

  @Test
  void failure_401And403_areToldApart() {
    try (RestTrackingClient client = Clients.databricks(server)) {
      server.next(UC_SPANS, Answer.of(401, "{\"detail\": \"who are you?\"}"));
      TrackingException unknown = failure(client);
      server.next(UC_SPANS, Answer.of(403, "no"));
      TrackingException forbidden = failure(client);

      assertThat(unknown.isAuthentication()).isTrue();
      assertThat(unknown.isForbidden()).isFalse();
      assertThat(unknown.advice()).contains("DATABRICKS_TOKEN", "~/.databrickscfg");
      assertThat(forbidden.isAuthentication()).isTrue();
      assertThat(forbidden.isForbidden()).isTrue();
      assertThat(forbidden.advice()).contains("do not allow");
    }
  }

  @Test
  void request_organization_isNamedByHeader() throws Exception {
    ClientSettings some = Clients.settings(server.uri(), Credentials.bearer("t"), true);
    ClientSettings settings = new ClientSettings(
        some.trackingUri(),
        some.credentials(),
        some.retries(),
        some.attemptTimeout(),
        some.retryBudget(),
        some.endpointBudget(),
        some.workspace(),
        true,
        true,
        Optional.of("1234567890"),
        some.connection(),
        true);
    try (RestTrackingClient client = Clients.client(settings)) {
      client.logSpans(TABLES, List.of(), CallScope.CALLER);
    }

    Call call = server.calls(UC_SPANS).get(0);
    assertThat(call.header("x-databricks-org-id")).isEqualTo("1234567890");
    assertThat(call.header("X-Databricks-UC-Table-Name"))
        .isEqualTo("catalog.schema.mlflow_experiment_trace_otel_spans");
  }

  private static TrackingException failure(RestTrackingClient client) {
    return catchThrowableOfType(
        TrackingException.class, () -> client.logSpans(TABLES, List.of(), CallScope.CALLER));
  }
}
