package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.http.Request;
import io.github.tracingharness.server.state.TrackingException;

/** The forms of errors that a Databricks workspace gives. */
final class DatabricksReplies {

  private DatabricksReplies() {}

  static Reply error(TrackingException error) {
    return error(error.code().status(), error.code().wireName(), error.getMessage());
  }

  static Reply noSuchEndpoint(Request request) {
    return error(
        404,
        "ENDPOINT_NOT_FOUND",
        "No API found for '" + request.method() + " " + request.path() + "'");
  }

  static Reply error(int status, String code, String message) {
    ObjectNode body = Json.object();
    body.put("error_code", code);
    body.put("message", message);
    return Reply.of(status, "application/json", JsonLayout.COMPACT.bytes(body));
  }
}
