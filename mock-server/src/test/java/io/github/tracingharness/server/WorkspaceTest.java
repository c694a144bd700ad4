package io.github.tracingharness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Calls that name a workspace, to a server that has workspaces and to one that has none. */
class WorkspaceTest {

  private static final String SEARCH =
      "/api/2.0/mlflow/experiments/get-by-name?experiment_name=prepared";

  @Test
  void call_namingAWorkspace_isTakenOnlyByAServerThatHasSome() throws Exception {
    try (FakeTrackingServer server = FakeTrackingServer.start()) {
      TrackingSpace space = server.newSpace();
      space.createExperiment("prepared");

      assertThat(get(space, SEARCH).body()).contains("FEATURE_DISABLED");
      assertThat(get(space, "/api/3.0/mlflow/server-info").body())
          .contains("\"workspaces_enabled\":false");

      space.profile(ServerProfile.standard().withWorkspaces());

      assertThat(get(space, SEARCH).statusCode()).isEqualTo(200);
      assertThat(get(space, "/api/3.0/mlflow/server-info").body())
          .contains("\"workspaces_enabled\":true");
    }
  }

  private static HttpResponse<String> get(TrackingSpace space, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(space.trackingUri() + path))
        .header("X-MLFLOW-WORKSPACE", "team-a")
        .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
