package io.github.tracingharness.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import java.util.List;

/** What the admin interface does with the fronts of the server, whichever space is asked. */
final class FrontAdmin {

  /** Where this is, below the prefix of the admin interface. */
  static final String PATH = "connections";

  private final List<TcpFront> fronts;

  FrontAdmin(List<TcpFront> fronts) {
    if (fronts.isEmpty()) {
      throw new IllegalArgumentException(
          "the server has no front; ./harness serve starts one with --front-port");
    }
    this.fronts = fronts;
  }

  /** Does what a call says and gives its answer, in JSON. */
  String answer(String call, String body) {
    switch (call) {
      case "GET connections" -> {
        return list();
      }
      case "PUT connections" -> script(body);
      case "POST connections/refuse" -> fronts.forEach(TcpFront::refuse);
      case "POST connections/listen" -> fronts.forEach(TcpFront::listen);
      default ->
        throw new IllegalArgumentException("there is no " + call
            + "; there are GET and PUT connections, POST connections/refuse and"
            + " connections/listen");
    }
    return "{}";
  }

  private void script(String body) {
    JsonNode json =
        Json.read(body).orElseThrow(() -> new IllegalArgumentException("the body must be JSON"));
    FaultJson.check(FaultScope.CONNECTIONS, json);
    fronts.forEach(front -> FaultJson.addTo(front.onConnections(), json));
  }

  private String list() {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("fronts");
    for (TcpFront front : fronts) {
      ObjectNode one = list.addObject()
          .put("url", front.url().toString())
          .put("open", front.openConnections())
          .put("in_flight", front.inFlight())
          .put("most_in_flight", front.mostInFlight());
      ArrayNode events = one.putArray("events");
      front
          .events()
          .forEach(event -> events
              .addObject()
              .put("kind", event.kind().name())
              .put("connection", event.connection())
              .put("server_side", event.serverSide()));
    }
    return JsonLayout.PRETTY.write(answer);
  }
}
