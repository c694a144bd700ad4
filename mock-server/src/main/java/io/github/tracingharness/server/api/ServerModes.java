package io.github.tracingharness.server.api;

import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.ServerProfile.ArtifactService;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.http.Request;
import io.github.tracingharness.server.state.ErrorCode;
import io.github.tracingharness.server.state.TrackingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Routes that a server lacks by the way it was started. */
final class ServerModes {

  private static final String HTML = "text/html; charset=utf-8";
  private static final String DISABLED =
      "Artifact serving is disabled. Run `mlflow server` with `--serve-artifacts` to enable.";
  private static final Set<Endpoint> ARTIFACTS = Set.of(
      Endpoint.PUT_ARTIFACT,
      Endpoint.GET_ARTIFACT,
      Endpoint.LIST_ARTIFACTS,
      Endpoint.DELETE_ARTIFACT);
  private static final Set<Endpoint> ALWAYS =
      Set.of(Endpoint.HEALTH, Endpoint.VERSION, Endpoint.SERVER_INFO, Endpoint.OTLP_TRACES);

  private ServerModes() {}

  /** A server without workspaces refuses all calls that name one, whatever they ask. */
  static Optional<Reply> workspaceRefusal(
      Request request, Endpoint endpoint, ServerProfile profile) {
    if (profile.workspaces()
        || endpoint == Endpoint.SERVER_INFO
        || request.header("X-MLFLOW-WORKSPACE").orElse("").isBlank()) {
      return Optional.empty();
    }
    Reply error = Replies.error(
        new TrackingException(
            ErrorCode.FEATURE_DISABLED,
            "Workspace APIs are not available: workspaces are not enabled on this server"),
        JsonLayout.COMPACT);
    return Optional.of(Reply.bare(error.status(), List.of(), error.body())
        .withHeader("content-type", "application/json"));
  }

  static Optional<Reply> refusal(Route route, ServerProfile profile) {
    boolean artifacts = ARTIFACTS.contains(route.endpoint());
    if (profile.artifacts() == ArtifactService.NOT_SERVED && artifacts) {
      String text = "Endpoint: " + rule(route)
          + " disabled due to the mlflow server running with `--no-serve-artifacts`. To enable"
          + " artifacts server functionality, run `mlflow server` with `--serve-artifacts`";
      return Optional.of(route.fastApi() ? Replies.detail(503, DISABLED) : page(text));
    }
    if (profile.artifacts() == ArtifactService.ONLY
        && !artifacts
        && !ALWAYS.contains(route.endpoint())) {
      return Optional.of(page("Endpoint: " + rule(route)
          + " disabled due to the mlflow server running in `--artifacts-only` mode. To enable"
          + " tracking server functionality, run `mlflow server` without `--artifacts-only`"));
    }
    return Optional.empty();
  }

  private static Reply page(String text) {
    return Reply.of(503, HTML, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The route's path as Flask writes it. */
  private static String rule(Route route) {
    return route
        .path()
        .toString()
        .replaceAll("\\{(\\w+)\\*}", "<path:$1>")
        .replaceAll("\\{(\\w+)}", "<$1>");
  }
}
