package io.github.tracingharness.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.tracingharness.server.wiremock.WireMockFront;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stubs of a user in front of the stateful fake, and what WireMock's resets leave of both. */
class WireMockCompositionTest {

  private static final String TRACE = "tr-0123456789abcdef0123456789abcdef";

  private FakeTrackingServer server;
  private TrackingSpace space;
  private TestClient client;
  private WireMock wireMock;

  @BeforeEach
  void start() {
    server = FakeTrackingServer.start();
    space = server.newSpace();
    client = new TestClient(space);
    wireMock = server.wireMock();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void userScenario_firstFailing_goesOnWithTheStatefulFake() throws Exception {
    wireMock.register(post(urlPathMatching("/r/.*/traces"))
        .inScenario("flaky")
        .whenScenarioStateIs(Scenario.STARTED)
        .willSetStateTo("up")
        .willReturn(aResponse().withStatus(503)));

    assertThat(client.startTrace(TRACE).statusCode()).isEqualTo(503);
    assertThat(space.trace(TRACE)).isEmpty();
    assertThat(client.startTrace(TRACE).statusCode()).isEqualTo(200);

    assertThat(space.trace(TRACE)).isPresent();
    assertThat(space.calls()).extracting(RecordedCall::status).containsExactly(503, 200);
    assertThat(space.calls().get(0).bodyText()).contains(TRACE);
    wireMock.verifyThat(2, postRequestedFor(urlPathMatching("/r/.*/traces")));
  }

  @Test
  void userStub_namingTheTransformer_addsItsDelayAndHeaders() throws Exception {
    wireMock.register(post(urlPathMatching("/r/.*/traces"))
        .willReturn(aResponse()
            .withFixedDelay(120)
            .withHeader("x-stub", "yes")
            .withTransformers(WireMockFront.TRANSFORMER)));

    HttpResponse<String> response = client.startTrace(TRACE);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("x-stub")).contains("yes");
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(space.trace(TRACE)).isPresent();
    RecordedCall call = space.calls().get(0);
    assertThat(Duration.ofNanos(call.answeredNanos() - call.arrivedNanos()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(120));
  }

  static Stream<Named<Consumer<WireMock>>> resets() {
    return Map.<String, Consumer<WireMock>>of(
            "resetMappings",
            WireMock::resetMappings,
            "resetToDefaultMappings",
            WireMock::resetToDefaultMappings,
            "resetScenarios",
            WireMock::resetScenarios,
            "resetRequests",
            WireMock::resetRequests,
            "removeMappings",
            WireMock::removeMappings)
        .entrySet()
        .stream()
        .map(entry -> Named.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("resets")
  void statefulFake_afterAReset_goesOnWithItsState(Consumer<WireMock> reset) throws Exception {
    wireMock.register(get(urlPathEqualTo("/nowhere")).willReturn(aResponse().withStatus(204)));
    client.startTrace(TRACE);

    reset.accept(wireMock);
    reset.accept(wireMock);

    assertThat(client.get(TestClient.START + "/" + TRACE).statusCode()).isEqualTo(200);
    assertThat(client.get("/version").body()).isEqualTo("3.17.2");
    assertThat(space.calls()).hasSize(3);
    assertThat(wireMock.allStubMappings().getMappings())
        .filteredOn(stub -> "MLflow tracking server".equals(stub.getName()))
        .hasSize(1);
  }
}
