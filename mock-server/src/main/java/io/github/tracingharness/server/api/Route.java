package io.github.tracingharness.server.api;

import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.ServerProfile;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One route. A path pattern consists of literal segments, {@code {name}} for one segment and
 * {@code {name*}} for all that follow.
 *
 * @param endpoint what the route is about
 * @param method the HTTP method
 * @param pattern the path pattern
 * @param fastApi whether the route belongs to FastAPI and not to Flask
 * @param servers who has the route
 * @param handler who answers
 */
record Route(
    Endpoint endpoint,
    String method,
    String pattern,
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
    return new Route(endpoint, method, pattern, fastApi, servers, other);
  }

  /** The variables of a path that fits the pattern, or empty if it does not. */
  Optional<Map<String, String>> match(String[] segments) {
    String[] parts = pattern.split("/", -1);
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      if (part.endsWith("*}")) {
        if (i >= segments.length) {
          return Optional.empty();
        }
        String rest = String.join("/", Arrays.asList(segments).subList(i, segments.length));
        variables.put(part.substring(1, part.length() - 2), rest);
        return rest.isEmpty() ? Optional.empty() : Optional.of(variables);
      }
      if (i >= segments.length) {
        return Optional.empty();
      }
      if (part.startsWith("{")) {
        if (segments[i].isEmpty()) {
          return Optional.empty();
        }
        variables.put(part.substring(1, part.length() - 1), segments[i]);
      } else if (!part.equals(segments[i])) {
        return Optional.empty();
      }
    }
    return parts.length == segments.length ? Optional.of(variables) : Optional.empty();
  }

  static String[] segments(String path) {
    String[] segments = path.split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      segments[i] = unescape(segments[i]);
    }
    return segments;
  }

  private static String unescape(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      return segment;
    }
  }
}
