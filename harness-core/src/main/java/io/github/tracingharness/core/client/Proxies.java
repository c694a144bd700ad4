package io.github.tracingharness.core.client;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which proxy a request goes through, by the scheme and the host of its URL. */
public final class Proxies {

  private static final Proxies NONE = new Proxies(null, null, List.of());
  private static final int DEFAULT_PORT = 80;
  private static final Ipv4Network LOOPBACK = new Ipv4Network(127 << 24, 8);

  private final @Nullable Address http;
  private final @Nullable Address https;
  private final List<String> exceptions;

  private Proxies(@Nullable Address http, @Nullable Address https, List<String> exceptions) {
    this.http = http;
    this.https = https;
    this.exceptions = List.copyOf(exceptions);
  }

  /**
   * A proxy.
   *
   * @param host its host
   * @param port its port
   * @param authorization value of {@code Proxy-Authorization}, or null
   */
  record Address(String host, int port, @Nullable String authorization) {

    @Override
    public String toString() {
      return (authorization == null ? "" : "***@") + host + ":" + port;
    }
  }

  /** Returns no proxies of one's own, so that Java's system properties count. */
  public static Proxies none() {
    return NONE;
  }

  /**
   * Returns proxies.
   *
   * @param http URL of the proxy of {@code http} requests, which may hold a user and a password
   * @param https URL of the proxy of {@code https} requests
   * @param exceptions hosts, domains, addresses and networks, divided by commas, that are reached
   *     without a proxy; {@code *} is all of them. This computer itself always is, as Java has it
   * @throws IllegalArgumentException if a URL is none of {@code http}; it is not shown
   */
  public static Proxies of(Optional<URI> http, Optional<URI> https, String exceptions) {
    Objects.requireNonNull(exceptions, "exceptions");
    return new Proxies(
        http.map(Proxies::address).orElse(null),
        https.map(Proxies::address).orElse(null),
        List.of(exceptions.toLowerCase(Locale.ROOT).split("[,\\s]+")));
  }

  private static Address address(URI uri) {
    if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException("a proxy must have a URL of http");
    }
    String user = uri.getUserInfo();
    String authorization = null;
    if (user != null) {
      int colon = user.indexOf(':');
      authorization = "Basic "
          + Credentials.encoded(
              colon < 0 ? user : user.substring(0, colon),
              colon < 0 ? "" : user.substring(colon + 1));
    }
    String host = uri.getHost();
    return new Address(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        authorization);
  }

  boolean isEmpty() {
    return http == null && https == null;
  }

  /** Tells whether a proxy of https wants credentials. */
  boolean hasTunnelWithLogin() {
    return https != null && https.authorization() != null;
  }

  /** Returns the proxy for a URL, or empty to go without one. */
  Optional<Address> of(URI uri) {
    Address proxy = "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
    return proxy == null || uri.getHost() == null || isException(uri)
        ? Optional.empty()
        : Optional.of(proxy);
  }

  private boolean isException(URI uri) {
    String bare = uri.getHost().toLowerCase(Locale.ROOT);
    String host = bare.startsWith("[") ? bare.substring(1, bare.length() - 1) : bare;
    if (host.equals("localhost") || host.equals("::1") || LOOPBACK.contains(host)) {
      return true;
    }
    String withPort = host + ":" + uri.getPort();
    return exceptions.stream()
        .filter(exception -> !exception.isEmpty())
        .anyMatch(exception -> exception.equals("*")
            || Ipv4Network.parse(exception).map(net -> net.contains(host)).orElse(false)
            || isDomain(exception, host)
            || isDomain(exception, withPort));
  }

  /** A name stands for itself and for what is below it. */
  private static boolean isDomain(String exception, String host) {
    String name = exception.startsWith("*.") ? exception.substring(2) : exception;
    String domain = name.startsWith(".") ? name.substring(1) : name;
    return host.equals(domain) || host.endsWith("." + domain);
  }

  /** Names the proxies; users and passwords are left out. */
  @Override
  public String toString() {
    return "http " + http + ", https " + https + ", without for " + exceptions;
  }
}
