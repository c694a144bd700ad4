package io.github.tracingharness.server.differential;

import java.util.List;
import java.util.Map;

/**
 * One request, with placeholders such as <code>${e0}</code> where an id of the conversation stands.
 *
 * @param kind what it is about, for messages and known differences
 * @param body its text; null for none
 * @param coding gzip, deflate or empty
 * @param captures names of placeholders, each with the JSON pointer of its value in the answer
 */
record Step(
    String kind,
    String method,
    String path,
    Map<String, String> headers,
    String body,
    String coding,
    Map<String, String> captures) {

  static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  static Step get(String kind, String path) {
    return new Step(kind, "GET", path, Map.of(), null, "", Map.of());
  }

  static Step of(String kind, String method, String path, String body) {
    return new Step(kind, method, path, JSON, body, "", Map.of());
  }

  Step capturing(String name, String pointer) {
    return new Step(kind, method, path, headers, body, coding, Map.of(name, pointer));
  }

  Step with(String newMethod, String newPath) {
    return new Step(kind, newMethod, newPath, headers, body, coding, captures);
  }

  Step withHeaders(Map<String, String> newHeaders) {
    return new Step(kind, method, path, newHeaders, body, coding, captures);
  }

  Step withBody(String newBody) {
    return new Step(kind, method, path, headers, newBody, coding, captures);
  }

  Step coded(String newCoding) {
    return new Step(kind, method, path, headers, body, newCoding, captures);
  }

  @Override
  public String toString() {
    return method + " " + path + (headers.equals(JSON) ? "" : " " + headers)
        + (coding.isEmpty() ? "" : " " + coding) + (body == null ? "" : "\n      " + body)
        + (captures.isEmpty() ? "" : "\n      " + captures);
  }

  static String print(List<Step> steps) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < steps.size(); i++) {
      out.append("\n  ").append(i + 1).append(". ").append(steps.get(i));
    }
    return out.toString();
  }
}
