package io.github.tracingharness.core.client;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Follows redirects that keep the request what it is. A 301, 302 or 303 would turn a POST into a
 * GET, whose answer says nothing of the data; so it is returned as the failure that it is.
 * Credentials do not go to another origin.
 */
final class RedirectFollower implements HttpTransport {

  private static final int MAX_HOPS = 5;
  private static final Set<Integer> KEEP_METHOD = Set.of(307, 308);
  private static final Set<Integer> BECOME_GET = Set.of(301, 302, 303);

  private final HttpTransport transport;

  RedirectFollower(HttpTransport transport) {
    this.transport = transport;
  }

  @Override
  public HttpAnswer send(HttpCall call) throws IOException, InterruptedException {
    HttpCall current = call;
    HttpAnswer answer = transport.send(current);
    for (int hop = 0; hop < MAX_HOPS; hop++) {
      Optional<HttpCall> next = next(current, answer);
      if (next.isEmpty()) {
        return answer;
      }
      current = next.get();
      answer = transport.send(current);
    }
    return answer;
  }

  private static Optional<HttpCall> next(HttpCall call, HttpAnswer answer) {
    boolean followed = KEEP_METHOD.contains(answer.status())
        || (BECOME_GET.contains(answer.status()) && call.method().equals("GET"));
    if (!followed) {
      return Optional.empty();
    }
    return answer
        .header("Location")
        .flatMap(location -> target(call.uri(), location))
        .map(target -> redirected(call, target));
  }

  private static Optional<URI> target(URI from, String location) {
    try {
      URI target = from.resolve(location);
      String scheme = target.getScheme() == null ? "" : target.getScheme().toLowerCase(Locale.ROOT);
      boolean secureEnough = scheme.equals("https")
          || (scheme.equals("http") && "http".equalsIgnoreCase(from.getScheme()));
      return secureEnough && target.getHost() != null ? Optional.of(target) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static HttpCall redirected(HttpCall call, URI target) {
    HttpCall next = call.withUri(target);
    return sameOrigin(call.uri(), target)
        ? next
        : next.withoutHeader("Authorization").withoutHeader("Cookie");
  }

  private static boolean sameOrigin(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  @Override
  public void close() {
    transport.close();
  }
}
