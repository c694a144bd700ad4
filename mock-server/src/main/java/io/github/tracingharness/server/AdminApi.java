package io.github.tracingharness.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.http.Query;
import io.github.tracingharness.server.http.Reply;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The interface of one space for test suites that do not run in this JVM, below {@value #PREFIX}: a
 * path that no MLflow server uses. Its calls are neither recorded nor spoiled by faults.
 */
final class AdminApi {

  /** Where the interface is, below the prefix of a space. */
  static final String PREFIX = "/__harness/";

  private static final String JSON = "application/json";
  private static final int DEFAULT_CALLS = 200;
  private static final String FAULTS = "faults/";

  private final TrackingSpace space;

  AdminApi(TrackingSpace space) {
    this.space = space;
  }

  Reply answer(String method, String path, String query, byte[] body) {
    String what = path.substring(PREFIX.length());
    try {
      if (what.startsWith(FrontAdmin.PATH)) {
        return json(200, new FrontAdmin(space.fronts()).answer(method + " " + what, text(body)));
      }
      return switch (method + " " + (what.startsWith(FAULTS) ? FAULTS : what)) {
        case "GET state" -> json(200, space.exportState());
        case "PUT state" -> done(() -> space.importState(text(body)));
        case "POST reset" -> done(space::reset);
        case "GET calls" -> calls(Query.parse(query));
        case "DELETE faults" -> done(space::clearFaults);
        case "PUT faults/" -> faults(what.substring(FAULTS.length()), text(body));
        default ->
          refused(
              404,
              "there is no " + method + " " + PREFIX + what
                  + "; there are GET and PUT state, POST reset, GET calls, PUT faults/ENDPOINT,"
                  + " DELETE faults, GET and PUT connections");
      };
    } catch (IllegalArgumentException | UncheckedIOException wrong) {
      return refused(400, String.valueOf(wrong.getMessage()));
    }
  }

  private Reply calls(Query query) {
    List<RecordedCall> calls =
        space.calls(endpoint(query.first("endpoint").orElse(Endpoint.ANY.name())));
    int limit = limit(query.first("limit").orElse(Integer.toString(DEFAULT_CALLS)));
    int skipped = Math.max(0, calls.size() - limit);
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("calls");
    calls.subList(skipped, calls.size()).forEach(call -> list.add(CallJson.write(call)));
    answer.put("skipped", skipped);
    answer.put("forgotten", space.forgottenCalls());
    return json(200, JsonLayout.PRETTY.write(answer));
  }

  private static int limit(String text) {
    if (!text.matches("[0-9]{1,6}")) {
      throw new IllegalArgumentException("limit must be from 0 to 999999, not " + text);
    }
    return Integer.parseInt(text);
  }

  private Reply faults(String name, String body) {
    Endpoint endpoint = endpoint(name);
    JsonNode json =
        Json.read(body).orElseThrow(() -> new IllegalArgumentException("the body must be JSON"));
    FaultJson.check(FaultScope.CALLS, json);
    return done(() -> FaultJson.addTo(space.on(endpoint), json));
  }

  static Endpoint endpoint(String name) {
    for (Endpoint endpoint : Endpoint.values()) {
      if (endpoint.name().equals(name)) {
        return endpoint;
      }
    }
    throw new IllegalArgumentException(
        "there is no endpoint " + name + "; there are " + List.of(Endpoint.values()));
  }

  private static Reply done(Runnable change) {
    change.run();
    return json(200, "{}");
  }

  private static Reply refused(int status, String why) {
    ObjectNode error = Json.object();
    error.put("error", why);
    return json(status, JsonLayout.COMPACT.write(error));
  }

  private static Reply json(int status, String text) {
    return Reply.text(status, JSON, text);
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Whether a path within a space belongs to this interface. */
  static boolean has(String path) {
    return path.startsWith(PREFIX);
  }
}
