package io.github.tracingharness.core.client;

import java.util.Objects;

/**
 * How connections are made.
 *
 * @param tls whom to trust and how to show who one is
 * @param proxies through which proxies to go
 */
public record ConnectionSettings(TlsSettings tls, Proxies proxies) {

  /** The JVM's own trust, and only the proxies that its system properties name. */
  public static final ConnectionSettings DEFAULT =
      new ConnectionSettings(TlsSettings.DEFAULT, Proxies.none());

  /** Checks that both parts are there. */
  public ConnectionSettings {
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(proxies, "proxies");
  }
}
