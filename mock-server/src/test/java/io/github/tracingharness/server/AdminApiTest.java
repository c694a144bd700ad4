package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AdminApiTest {

  private static final String TRACE = "tr-0123456789abcdef0123456789abcdef";

  private static FakeTrackingServer server;

  @BeforeAll
  static void startServer() {
    server = FakeTrackingServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void state_takenAndPutBackAfterAReset_isAsBefore() throws Exception {
    try (TrackingSpace space = server.newSpace()) {
      TestClient client = new TestClient(space);
      client.startTrace(TRACE);
      String state = client.get("/__harness/state").body();

      HttpResponse<String> reset =
          client.send(client.request("/__harness/reset").POST(BodyPublishers.noBody()));
      int afterReset = client.get("/api/3.0/mlflow/traces/" + TRACE).statusCode();
      HttpResponse<String> put = client.put("/__harness/state", state);

      assertThat(reset.statusCode()).isEqualTo(200);
      assertThat(afterReset).isEqualTo(404);
      assertThat(put.statusCode()).isEqualTo(200);
      assertThat(client.get("/api/3.0/mlflow/traces/" + TRACE).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void faults_scriptedOverHttp_arePlayedInOrderUntilTheyAreCleared() throws Exception {
    try (TrackingSpace space = server.newSpace()) {
      TestClient client = new TestClient(space);

      HttpResponse<String> put = client.put(
          "/__harness/faults/VERSION",
          "{\"steps\": [{\"status\": 503, \"retry_after\": 7, \"times\": 2}, {\"real\": true}],"
              + " \"then\": {\"spoil\": \"EMPTY_BODY\"}}");

      assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
      assertThat(client.get("/version").headers().firstValue("Retry-After")).contains("7");
      assertThat(client.get("/version").statusCode()).isEqualTo(503);
      assertThat(client.get("/version").body()).isEqualTo(ServerProfile.DEFAULT_VERSION);
      assertThat(client.get("/version").body()).isEmpty();
      client.send(client.request("/__harness/faults").DELETE());
      assertThat(client.get("/version").body()).isEqualTo(ServerProfile.DEFAULT_VERSION);
    }
  }

  @Test
  void faults_thatAreWrong_areRefusedInOneSentenceAndTheScriptStays() throws Exception {
    try (TrackingSpace space = server.newSpace()) {
      TestClient client = new TestClient(space);
      client.put("/__harness/faults/VERSION", "{\"then\": {\"status\": 500}}");

      HttpResponse<String> wrong =
          client.put("/__harness/faults/VERSION", "{\"steps\": [{\"disconnect\": \"NOW\"}]}");

      assertThat(wrong.statusCode()).isEqualTo(400);
      assertThat(wrong.body())
          .startsWith("{\"error\":\"steps[0].disconnect must be one of [RESET_BEFORE_ANSWER");
      assertThat(client.put("/__harness/faults/NIX", "{}").body())
          .startsWith("{\"error\":\"there is no endpoint NIX; there are [HEALTH, ");
      assertThat(client.get("/version").statusCode()).isEqualTo(500);
    }
  }

  @Test
  void calls_listedOverHttp_holdNoCredentialsAndNotTheListingItself() throws Exception {
    try (TrackingSpace space = server.newSpace()) {
      TestClient client = new TestClient(space);
      client.send(client
          .request("/version?token=Bearer%20x&key=sk-0123456789abcdef")
          .header("Authorization", "Bearer very-secret-token")
          .GET());
      client.get("/__harness/state");

      String calls = client.get("/__harness/calls?endpoint=VERSION").body();

      assertThat(calls).contains("\"path\": \"/version\"").contains("\"status\": 200");
      assertThat(calls).doesNotContain("very-secret-token").doesNotContain("sk-0123456789abcdef");
      assertThat(space.calls()).hasSize(1);
      assertThat(space.calls().get(0).header("Authorization")).contains("Bearer very-secret-token");
    }
  }

  @Test
  void adminCall_fromAPageOfAnotherOrigin_isRefused() throws Exception {
    try (TrackingSpace space = server.newSpace()) {
      TestClient client = new TestClient(space);

      HttpResponse<String> answer = client.send(client
          .request("/__harness/reset")
          .header("Origin", "https://evil.example")
          .POST(BodyPublishers.noBody()));

      assertThat(answer.statusCode()).isEqualTo(403);
    }
  }

  @Test
  void adminCall_withoutTheLoginOfTheProfile_isRefused() throws Exception {
    try (TrackingSpace space = server.newSpace()) {
      space.profile(ServerProfile.standard().withLogin("ann", "secret"));
      TestClient client = new TestClient(space);

      assertThat(client.get("/__harness/state").statusCode()).isEqualTo(401);
    }
  }
}
