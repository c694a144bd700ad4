package io.github.tracingharness.server.api;

import io.github.tracingharness.server.Endpoint;
import java.util.List;

/** An API with a defect. */
public final class BrokenApi {

  private BrokenApi() {}

  public static TrackingApi throwing(String message) {
    Handler broken = call -> {
      throw new IllegalStateException(message);
    };
    return new TrackingApi(List.of(new Route(
        Endpoint.VERSION, "GET", PathPattern.of("/version"), false, Route.Servers.ALL, broken)));
  }
}
