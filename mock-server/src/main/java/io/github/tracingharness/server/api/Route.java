package io.github.tracingharness.server.api;

import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.ServerProfile;

/**
 * One route.
 *
 * @param endpoint what the route is about
 * @param method the HTTP method
 * @param path its paths
 * @param fastApi whether the route belongs to FastAPI and not to Flask
 * @param servers who has the route
 * @param handler who answers
 */
record Route(
    Endpoint endpoint,
    String method,
    PathPattern path,
    boolean fastApi,
    Servers servers,
    Handler handler) {

  /** Kinds of servers. */
  enum Servers {
    /** MLflow's own only. */
    MLFLOW,
    /** Databricks workspaces only. */
    DATABRICKS,
    /** Both. */
    ALL;

    boolean include(ServerProfile profile) {
      return this == ALL || profile.databricks().isPresent() == (this == DATABRICKS);
    }
  }

  /** The same route with another one who answers. */
  Route handledBy(Handler other) {
    return new Route(endpoint, method, path, fastApi, servers, other);
  }
}
