package io.github.tracingharness.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tracingharness.core.testing.TrackingServerDouble;
import io.github.tracingharness.core.testing.TrackingServerDouble.Answer;
import io.github.tracingharness.core.testing.TrackingServerDouble.Call;
import io.github.tracingharness.core.trace.TraceLocation.UcSchema;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTokensTest {

  private static final String TOKEN = "POST /oidc/v1/token";
  private static final String SPANS = "POST /api/2.0/otel/v1/traces";
  private static final UcSchema TABLES = new UcSchema("catalog", "schema");

  private final TrackingServerDouble server = new TrackingServerDouble("/r/two");
  private final Credentials credentials =
      Credentials.machine(URI.create(server.uri() + "/oidc/v1/token"), "app-1", "client-s3cret");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void request_first_getsATokenAndKeepsIt() throws Exception {
    server.always(TOKEN, token("at-1", 3600));

    try (RestTrackingClient client = Clients.databricks(server, credentials)) {
      client.logSpans(TABLES, List.of(), CallScope.CALLER);
      client.logSpans(TABLES, List.of(), CallScope.CALLER);
    }

    assertThat(server.endpoints()).containsExactly(TOKEN, SPANS, SPANS);
    Call asked = server.calls().get(0);
    assertThat(asked.header("Authorization"))
        .isEqualTo("Basic " + Credentials.encoded("app-1", "client-s3cret"));
    assertThat(asked.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(asked.text()).isEqualTo("grant_type=client_credentials&scope=all-apis");
    assertThat(server.calls(SPANS))
        .extracting(call -> call.header("Authorization"))
        .containsOnly("Bearer at-1");
  }

  @Test
  void request_shortlyBeforeExpiry_renewsTheToken() throws Exception {
    server.next(TOKEN, token("at-1", 3600), token("at-2", 30));
    AtomicLong now = new AtomicLong();
    try (JdkHttpTransport transport = new JdkHttpTransport()) {
      AccessTokens tokens =
          new AccessTokens(transport, transport, credentials.machine().orElseThrow(), now::get);
      send(tokens);
      now.set(TimeUnit.SECONDS.toNanos(3559));
      send(tokens);
      now.set(TimeUnit.SECONDS.toNanos(3560));
      send(tokens);
      // A token that lives shorter than the margin is used for half of its life.
      now.addAndGet(TimeUnit.SECONDS.toNanos(14));
      send(tokens);
    }

    assertThat(server.calls("GET /x"))
        .extracting(call -> call.header("Authorization"))
        .containsExactly("Bearer at-1", "Bearer at-1", "Bearer at-2", "Bearer at-2");
  }

  @Test
  void request_answered401_isSentOnceMoreWithANewToken() throws Exception {
    server.next(TOKEN, token("at-1", 3600), token("at-2", 3600));
    server.next(SPANS, Answer.status(401));

    try (RestTrackingClient client = Clients.databricks(server, credentials)) {
      client.logSpans(TABLES, List.of(), CallScope.CALLER);
    }

    assertThat(server.endpoints()).containsExactly(TOKEN, SPANS, TOKEN, SPANS);
    assertThat(server.calls(SPANS))
        .extracting(call -> call.header("Authorization"))
        .containsExactly("Bearer at-1", "Bearer at-2");
  }

  @Test
  void request_alwaysAnswered401_isGivenUpAfterOneRenewal() {
    server.next(TOKEN, token("at-1", 3600), token("at-2", 3600));
    server.always(SPANS, Answer.of(401, "token at-2 of client-s3cret is wrong"));

    TrackingException failure = failure();

    assertThat(failure.isAuthentication()).isTrue();
    assertThat(failure)
        .hasMessage(
            "POST /r/two/api/2.0/otel/v1/traces was answered 401: token *** of *** is" + " wrong");
    assertThat(server.calls(SPANS)).hasSize(2);
  }

  @Test
  void request_clientIsUnknown_isAnAuthenticationErrorWithoutSecrets() {
    server.always(
        TOKEN,
        Answer.of(
            400, "{\"error\": \"invalid_client\", \"error_description\": \"no client-s3cret\"}"));

    TrackingException failure = failure();

    assertThat(failure.isAuthentication()).isTrue();
    assertThat(failure)
        .hasMessageContaining("UNAUTHENTICATED: the request for an access token of client app-1 to "
            + server.uri() + "/oidc/v1/token was answered 400: invalid_client: no ***");
    assertThat(server.endpoints()).containsExactly(TOKEN);
  }

  @Test
  void request_tokenPlaceIsBusy_isRetried() throws Exception {
    server.next(TOKEN, Answer.status(503).with("Retry-After", "0"), token("at-1", 3600));

    try (RestTrackingClient client = Clients.databricks(server, credentials)) {
      client.logSpans(TABLES, List.of(), CallScope.CALLER);
      assertThat(client.retries()).isEqualTo(1);
    }

    assertThat(server.endpoints()).containsExactly(TOKEN, TOKEN, SPANS);
  }

  @Test
  void request_answerWithoutToken_isAnAuthenticationError() {
    server.always(TOKEN, Answer.of(200, "{\"access_token\": 1}"));

    assertThat(failure()).hasMessageContaining("/oidc/v1/token was answered 200");
  }

  @Test
  void requests_manyThreads_getOneToken() throws Exception {
    server.hold(TOKEN);
    server.always(TOKEN, token("at-1", 3600));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (RestTrackingClient client = Clients.databricks(server, credentials)) {
      CountDownLatch begun = new CountDownLatch(8);
      List<? extends Future<?>> calls = IntStream.range(0, 8)
          .mapToObj(i -> threads.submit(() -> {
            begun.countDown();
            client.logSpans(TABLES, List.of(), CallScope.CALLER);
            return null;
          }))
          .toList();
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      server.awaitArrivals(TOKEN, 1);
      server.release(TOKEN);
      for (Future<?> call : calls) {
        call.get(20, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(server.calls(TOKEN)).hasSize(1);
    assertThat(server.calls(SPANS)).hasSize(8);
  }

  @Test
  void toString_machine_hidesTheSecret() {
    assertThat(credentials + " " + credentials.machine())
        .contains("oauth-m2m", "app-1")
        .doesNotContain("s3cret", Credentials.encoded("app-1", "client-s3cret"));
  }

  private TrackingException failure() {
    try (RestTrackingClient client = Clients.databricks(server, credentials)) {
      return catchThrowableOfType(
          TrackingException.class, () -> client.logSpans(TABLES, List.of(), CallScope.CALLER));
    }
  }

  private void send(AccessTokens tokens) throws Exception {
    HttpAnswer answer = tokens.send(new HttpCall(
        "GET", URI.create(server.uri() + "/x"), List.of(), new byte[0], Duration.ofSeconds(20)));
    assertThat(answer.status()).isEqualTo(200);
  }

  private static Answer token(String token, int seconds) {
    return Answer.of(
        200,
        "{\"access_token\": \"" + token + "\", \"token_type\": \"Bearer\", \"expires_in\": "
            + seconds + "}");
  }
}
