package io.github.tracingharness.server.api;

import io.github.tracingharness.server.DatabricksProfile;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.http.Request;
import io.github.tracingharness.server.state.TrackingState;
import java.util.Map;

/**
 * What a handler works with.
 *
 * @param request the request
 * @param variables the variable parts of the path, unescaped
 * @param state the stores of the space
 * @param profile what kind of server is played
 * @param baseUrl the URL of the space as the client knows it, without trailing slash
 */
record Call(
    Request request,
    Map<String, String> variables,
    TrackingState state,
    ServerProfile profile,
    String baseUrl) {

  /** The Databricks side of the profile; only its routes ask for it. */
  DatabricksProfile databricks() {
    return profile
        .databricks()
        .orElseThrow(() -> new IllegalStateException("the route is of Databricks only"));
  }

  String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no variable " + name);
    }
    return value;
  }
}
