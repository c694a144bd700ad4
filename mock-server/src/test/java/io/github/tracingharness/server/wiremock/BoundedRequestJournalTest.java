package io.github.tracingharness.server.wiremock;

import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.tracingharness.server.FakeTrackingServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedRequestJournalTest {

  private static final int KEPT = 200;

  @Test
  void journal_afterMoreCallsThanItKeeps_hasTheNewestOnesNewestFirst() throws Exception {
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      WireMock dsl = server.wireMock();
      for (int i = 0; i < KEPT + 5; i++) {
        get(server, "/version?" + i);
      }

      List<ServeEvent> events = dsl.getServeEvents();
      assertThat(events).hasSize(KEPT);
      assertThat(events.get(0).getRequest().getUrl()).isEqualTo("/version?" + (KEPT + 4));
      assertThat(dsl.find(getRequestedFor(urlEqualTo("/version?4")))).isEmpty();
      List<LoggedRequest> oldest = dsl.find(getRequestedFor(urlEqualTo("/version?5")));
      assertThat(oldest).hasSize(1);
      assertThat(events.get(0).getResponse().getStatus()).isEqualTo(200);

      dsl.resetRequests();
      assertThat(dsl.getServeEvents()).isEmpty();
    }
  }

  @Test
  void journal_afterOneEntryWasRemoved_hasTheOthers() throws Exception {
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      WireMock dsl = server.wireMock();
      get(server, "/version");
      get(server, "/health");

      List<ServeEvent> unused = dsl.removeEvents(getRequestedFor(urlEqualTo("/health")));

      assertThat(dsl.getServeEvents())
          .extracting(event -> event.getRequest().getUrl())
          .containsExactly("/version");
    }
  }

  private static void get(FakeTrackingServer server, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(server.url().resolve(path)).build();
    assertThat(
            HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
  }
}
