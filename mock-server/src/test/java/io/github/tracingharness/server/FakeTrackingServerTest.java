package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingharness.server.api.BrokenApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class FakeTrackingServerTest {

  @Test
  void server_byDefault_listensToTheLoopbackAddress() {
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      assertThat(server.url().getHost()).isEqualTo("127.0.0.1");
      assertThat(server.url().getPort()).isPositive();
      assertThat(server.rootSpace().trackingUri()).isEqualTo(server.url());
      assertThat(server.newSpace().trackingUri().toString())
          .matches(server.url() + "/r/[0-9a-f]{12}");
    }
  }

  @Test
  void handler_thatThrows_becomesAFailureThatIsSaid() throws Exception {
    try (FakeTrackingServer server = FakeTrackingServer.builder()
        .api(BrokenApi.throwing("handler is broken"))
        .start()) {
      TrackingSpace space = server.newSpace();

      HttpResponse<String> response = new TestClient(space).get("/version");

      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body())
          .isEqualTo("Tracing Harness: the fake server failed at this call:"
              + " java.lang.IllegalStateException: handler is broken");
      assertThat(space.failures())
          .extracting(HandlerFailure::toString)
          .containsExactly("the fake server failed at call #1 (VERSION):"
              + " java.lang.IllegalStateException: handler is broken");
      assertThat(space.calls()).extracting(RecordedCall::status).containsExactly(500);
    }
  }

  @Test
  void journal_whenFull_forgetsTheOldestAndCountsThem() throws Exception {
    try (FakeTrackingServer server =
        FakeTrackingServer.builder().maxRecordedCalls(3).start()) {
      TestClient client = new TestClient(server.rootSpace());
      for (int i = 0; i < 5; i++) {
        client.get("/version");
      }

      assertThat(server.rootSpace().calls())
          .extracting(RecordedCall::number)
          .containsExactly(3L, 4L, 5L);
      assertThat(server.rootSpace().forgottenCalls()).isEqualTo(2);
    }
  }

  @Test
  void start_onAUsedPort_saysSo() throws Exception {
    try (ServerSocket used = new ServerSocket(0)) {
      int port = used.getLocalPort();

      assertThatThrownBy(
              () -> FakeTrackingServer.builder().host("0.0.0.0").port(port).start())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("port "
              + port
              + " of 0.0.0.0 is in use or not allowed; choose another one, or 0 for a free one");
    }
  }

  @Test
  void builder_withWrongSettings_refusesThemAtOnce() {
    assertThatThrownBy(() -> FakeTrackingServer.builder().port(70_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port must be from 0 to 65535, not 70000");
    assertThatThrownBy(() -> FakeTrackingServer.builder().maxRecordedCalls(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxRecordedCalls must be positive, not 0");
  }

  @Test
  void spacesOnDemand_forAnyName_areApart() throws Exception {
    try (FakeTrackingServer server =
        FakeTrackingServer.builder().spacesOnDemand(true).start()) {
      HttpClient http = HttpClient.newHttpClient();
      String create = "/api/2.0/mlflow/experiments/create";
      for (String name : new String[] {"one", "two"}) {
        HttpResponse<String> created = http.send(
            HttpRequest.newBuilder(URI.create(server.url() + "/r/" + name + create))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"e\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
        assertThat(created.body()).isEqualTo("{\n  \"experiment_id\": \"1\"\n}");
      }
    }
  }

  @Test
  void close_twice_isFine() {
    FakeTrackingServer server = FakeTrackingServer.start();

    server.close();
    server.close();

    assertThatThrownBy(() -> new TestClient(server.rootSpace()).get("/version"))
        .isInstanceOf(IOException.class);
  }
}
