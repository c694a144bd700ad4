package io.github.tracingharness.server.api;

import io.github.tracingharness.server.Header;
import io.github.tracingharness.server.ServerProfile;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the real server does with the {@code Host} and {@code Origin} headers, against rebinding of
 * names and calls from foreign pages.
 */
final class OriginChecks {

  private static final List<String> USUAL_HOSTS = usualHosts();
  private static final Set<String> UNCHECKED = Set.of("/health", "/version");
  private static final Set<String> CHANGING = Set.of("POST", "PUT", "DELETE", "PATCH");
  private static final Pattern LOCAL_ORIGIN =
      Pattern.compile("http://(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::[0-9]+)?");
  private static final Pattern LOCAL_HOST = Pattern.compile(
      "(?i)[a-z][a-z0-9+.-]*://(?:[^/@]*@)?(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::[0-9]*)?(?:/.*)?");

  private OriginChecks() {}

  static Optional<Reply> refusal(Request request, ServerProfile profile) {
    if (!UNCHECKED.contains(request.path()) && !isAllowedHost(request, profile)) {
      return Optional.of(
          plain(403, List.of(), "Invalid Host header - possible DNS rebinding attack detected"));
    }
    String origin = request.header("Origin").orElse("");
    if (origin.isEmpty()) {
      return Optional.empty();
    }
    boolean allowed = isAllowedOrigin(origin, profile);
    if (request.method().equals("OPTIONS")
        && request.header("Access-Control-Request-Method").isPresent()) {
      return Optional.of(preflight(request, origin, allowed));
    }
    boolean local = LOCAL_HOST.matcher(origin).matches();
    if (CHANGING.contains(request.method()) && isApi(request.path()) && !allowed && !local) {
      return Optional.of(
          withOrigin(plain(403, List.of(), "Cross-origin request blocked"), request, profile));
    }
    return Optional.empty();
  }

  /** Adds what the server tells browsers of who may read the answer. */
  static Reply withOrigin(Reply reply, Request request, ServerProfile profile) {
    String origin = request.header("Origin").orElse("");
    if (origin.isEmpty()) {
      return reply;
    }
    Reply told = reply
        .withHeader("vary", "Origin")
        .withHeader("access-control-allow-credentials", "true")
        .withHeader("access-control-expose-headers", "*");
    return isAllowedOrigin(origin, profile)
        ? told.withHeader("access-control-allow-origin", origin)
        : told;
  }

  static boolean isApi(String path) {
    return path.startsWith("/api/") || path.startsWith("/ajax-api/");
  }

  private static Reply preflight(Request request, String origin, boolean allowed) {
    List<Header> headers = new ArrayList<>(List.of(
        new Header("vary", "Origin"),
        new Header("access-control-allow-methods", "GET, POST, PUT, DELETE, OPTIONS, PATCH"),
        new Header("access-control-max-age", "600"),
        new Header("access-control-allow-credentials", "true")));
    if (allowed) {
      headers.add(new Header("access-control-allow-origin", origin));
    }
    request
        .header("Access-Control-Request-Headers")
        .ifPresent(names -> headers.add(new Header("access-control-allow-headers", names)));
    headers.add(new Header("content-type", "text/plain; charset=utf-8"));
    String text = allowed ? "OK" : "Disallowed CORS origin";
    return Reply.bare(allowed ? 200 : 400, headers, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Reply plain(int status, List<Header> more, String text) {
    List<Header> headers = new ArrayList<>(more);
    headers.add(new Header("content-type", "text/plain"));
    return Reply.bare(status, headers, text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isAllowedHost(Request request, ServerProfile profile) {
    String host = request.header("Host").orElse("");
    List<String> allowed = profile.allowedHosts().isEmpty() ? USUAL_HOSTS : profile.allowedHosts();
    return !host.isEmpty() && allowed.stream().anyMatch(pattern -> fits(pattern, host));
  }

  private static boolean isAllowedOrigin(String origin, ServerProfile profile) {
    return LOCAL_ORIGIN.matcher(origin).matches()
        || profile.allowedOrigins().stream().anyMatch(pattern -> fits(pattern, origin));
  }

  private static boolean fits(String pattern, String value) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(value);
    }
    String rest = pattern.substring(star + 1);
    if (!value.startsWith(pattern.substring(0, star))) {
      return false;
    }
    for (int at = star; at <= value.length(); at++) {
      if (fits(rest, value.substring(at))) {
        return true;
      }
    }
    return false;
  }

  private static List<String> usualHosts() {
    List<String> hosts = new ArrayList<>();
    for (String host : List.of("localhost", "127.0.0.1", "[::1]", "0.0.0.0")) {
      hosts.add(host);
      hosts.add(host + ":*");
    }
    hosts.addAll(List.of("192.168.*", "10.*", "fc00:*", "fd00:*"));
    for (int second = 16; second < 32; second++) {
      hosts.add("172." + second + ".*");
    }
    return List.copyOf(hosts);
  }
}
