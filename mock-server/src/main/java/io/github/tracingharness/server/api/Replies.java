package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.TrackingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The forms of answers that many handlers give. */
final class Replies {

  private static final String JSON = "application/json";
  private static final String HTML = "text/html; charset=utf-8";

  private Replies() {}

  static Reply json(JsonNode body, JsonLayout layout) {
    return Reply.of(200, JSON, layout.bytes(body));
  }

  static Reply compact(JsonNode body) {
    return json(body, JsonLayout.COMPACT);
  }

  /** Like most answers of the real server: pretty, but compact if empty. */
  static Reply pretty(ObjectNode body) {
    return json(body, body.isEmpty() ? JsonLayout.COMPACT : JsonLayout.PRETTY);
  }

  static Reply emptyObject() {
    return compact(Json.object());
  }

  static Reply error(TrackingException error, JsonLayout layout) {
    ObjectNode body = Json.object();
    body.put("error_code", error.code().wireName());
    body.put("message", error.getMessage());
    body.put("sqlstate", error.code().sqlState());
    body.put("error_class", error.code().errorClass());
    return Reply.of(error.code().status(), JSON, layout.bytes(body));
  }

  /** The error form of FastAPI. */
  static Reply detail(int status, String detail) {
    ObjectNode body = Json.object();
    body.put("detail", detail);
    return Reply.of(status, JSON, JsonLayout.COMPACT.bytes(body));
  }

  static Reply notFound() {
    return html(
        404,
        "Not Found",
        "The requested URL was not found on the server. If you entered the URL manually please check your spelling"
            + " and try again.");
  }

  /** What Flask answers for a route that is declared, but not implemented. */
  static Reply emptyPage() {
    return Reply.text(404, HTML, "");
  }

  /** What Flask answers to OPTIONS for a path that it knows. */
  static Reply options(String allow, boolean api) {
    return Reply.text(api ? 204 : 200, HTML, "").withHeader("allow", allow);
  }

  static Reply methodNotAllowed(String allow) {
    return html(405, "Method Not Allowed", "The method is not allowed for the requested URL.")
        .withHeader("allow", allow);
  }

  /** What Flask answers when a handler of the real server crashes. */
  static Reply crash() {
    return html(
        500,
        "Internal Server Error",
        "The server encountered an internal error and was unable to complete your request. Either the server is"
            + " overloaded or there is an error in the application.");
  }

  private static Reply html(int status, String title, String text) {
    String page = "<!doctype html>\n<html lang=en>\n<title>"
        + status
        + " "
        + title
        + "</title>\n<h1>"
        + title
        + "</h1>\n<p>"
        + text
        + "</p>\n";
    return Reply.text(status, HTML, page);
  }

  /** What the real server answers on its FastAPI paths after an error that nobody expected. */
  static Reply crashedFastApi() {
    return Reply.bare(500, List.of(), "Internal Server Error".getBytes(StandardCharsets.UTF_8))
        .withHeader("content-type", "text/plain; charset=utf-8");
  }
}
