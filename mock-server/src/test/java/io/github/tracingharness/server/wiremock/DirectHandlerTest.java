package io.github.tracingharness.server.wiremock;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.VerificationException;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.FakeTrackingServer;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.RecordedCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client sees and WireMock's journal has, with and without the way through WireMock. */
class DirectHandlerTest {

  private static final String TRACE =
      "{\"trace\":{\"trace_info\":{\"trace_id\":\"tr-1\",\"trace_location\":{\"type\":"
          + "\"MLFLOW_EXPERIMENT\",\"mlflow_experiment\":{\"experiment_id\":\"0\"}}}}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET     | /health | ''",
        "HEAD    | /health | ''",
        "GET     | /version?a=b%20c | ''",
        "GET     | /version?a=%zz&b=% | ''",
        "GET     | /nowhere | ''",
        "DELETE  | /version | ''",
        "OPTIONS | /api/3.0/mlflow/traces | ''",
        "OPTIONS | /version | ''",
        "POST    | /api/3.0/mlflow/traces | " + TRACE,
        "POST    | /api/3.0/mlflow/traces | {",
        "GET     | /api/2.0/mlflow/experiments/get?experiment_id=0 | ''",
        "GET     | /api/2.0/mlflow/experiments/get?experiment_id=7 | ''",
        "PUT     | /api/2.0/mlflow-artifacts/artifacts/a/b.txt | text",
        "GET     | /api/2.0/mlflow-artifacts/artifacts/a%2Fb.txt | ''",
        "GET     | //version | ''",
        "GET     | /../version | ''",
        "GET     | /r/none/health | ''",
        "GET     | / | ''",
        "FOO     | /version | ''",
      })
  void answer_withAndWithoutAStubOfSomebody_isTheSame(String method, String target, String body)
      throws IOException {
    try (FakeTrackingServer direct = FakeTrackingServer.start();
        FakeTrackingServer stubbed = FakeTrackingServer.start()) {
      stubbed.wireMock().register(get(urlEqualTo("/elsewhere")).willReturn(ok()));

      assertThat(answer(direct, method, target, body))
          .isEqualTo(answer(stubbed, method, target, body));
    }
  }

  @Test
  void journalOfWireMock_ofACallItWasNotAskedAbout_hasAllOfTheCall() throws IOException {
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      String answer = answer(server, "POST", "/api/3.0/mlflow/traces?x=1", TRACE);

      server
          .wireMock()
          .verifyThat(
              1,
              postRequestedFor(urlPathEqualTo("/api/3.0/mlflow/traces"))
                  .withQueryParam("x", equalTo("1"))
                  .withHeader("Content-Type", equalTo("application/json"))
                  .withRequestBody(matchingJsonPath("$.trace.trace_info.trace_id")));
      ServeEvent event = server.wireMock().getServeEvents().get(0);
      assertThat(event.getWasMatched()).isTrue();
      assertThat(event.getRequest().getAbsoluteUrl())
          .isEqualTo(server.url() + "/api/3.0/mlflow/traces?x=1");
      assertThat(event.getRequest().getHost()).isEqualTo("127.0.0.1");
      assertThat(event.getResponse().getStatus()).isEqualTo(200);
      assertThat(answer).endsWith(event.getResponse().getBodyAsString());
      assertThat(server.wireMock().findAllUnmatchedRequests()).isEmpty();
    }
  }

  @Test
  void verification_ofACallThatDidNotCome_showsTheNearestOne() throws IOException {
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      answer(server, "GET", "/version", "");
      answer(server, "POST", "/api/3.0/mlflow/traces", TRACE);

      assertThatThrownBy(() -> server
              .wireMock()
              .verifyThat(postRequestedFor(urlPathEqualTo("/api/3.0/mlflow/traces"))
                  .withRequestBody(
                      matchingJsonPath("$.trace.trace_info.trace_id", equalTo("tr-2")))))
          .isInstanceOf(VerificationException.class)
          .hasMessageContaining("Most similar request was")
          .hasMessageContaining("$.trace.trace_info.trace_id [equalTo] tr-2> but was:")
          .hasMessageEndingWith("\ntr-1>");
    }
  }

  @Test
  void delayForAllOfWireMock_isKept() throws IOException {
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      server.wireMock().setGlobalFixedDelayVariable(300);
      long begun = System.nanoTime();

      assertThat(answer(server, "GET", "/health", "")).startsWith("HTTP/1.1 200");

      assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(300_000_000L);
    }
  }

  @Test
  void fault_ofACallWithABody_isPlayedOnceAndRecorded() throws IOException {
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      server
          .rootSpace()
          .on(Endpoint.START_TRACE)
          .answer(Fault.closeBeforeAnswer())
          .answer(Fault.status(503));

      assertThat(answer(server, "POST", "/api/3.0/mlflow/traces", TRACE)).isEmpty();
      assertThat(answer(server, "POST", "/api/3.0/mlflow/traces", TRACE))
          .startsWith("HTTP/1.1 503");

      List<RecordedCall> calls = server.rootSpace().calls(Endpoint.START_TRACE);
      assertThat(calls).extracting(RecordedCall::status).containsExactly(0, 503);
      assertThat(calls).extracting(RecordedCall::bodyText).containsExactly(TRACE, TRACE);
    }
  }

  /** All bytes but times and the names of the stub and of this server. */
  private static String answer(FakeTrackingServer server, String method, String target, String body)
      throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write((method + " " + target + " HTTP/1.1\r\nHost: " + server.url().getAuthority()
                  + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                  + body.length() + "\r\n\r\n" + body)
              .getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("Matched-Stub-"))
          .collect(Collectors.joining("\n"))
          .replace(server.url().getAuthority(), "HOST")
          .replaceAll("_time\": [0-9]+", "_time\": TIME");
    }
  }
}
