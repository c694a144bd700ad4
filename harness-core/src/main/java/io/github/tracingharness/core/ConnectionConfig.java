package io.github.tracingharness.core;

import io.github.tracingharness.core.client.ConnectionSettings;
import io.github.tracingharness.core.client.Proxies;
import io.github.tracingharness.core.client.TlsSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads and checks the settings of connections: TLS and proxies. */
final class ConnectionConfig {

  private static final String PROXY_FORM = "an http:// URL of a proxy";

  private ConnectionConfig() {}

  static ConnectionSettings read(SettingsReader reader) {
    return new ConnectionSettings(tls(reader), proxies(reader));
  }

  private static TlsSettings tls(SettingsReader reader) {
    boolean insecure = reader.flag(Setting.INSECURE_TLS).orElse(false);
    Optional<Path> authorities = reader.text(Setting.SERVER_CERT_PATH).map(reader::path);
    Optional<Path> client = reader.text(Setting.CLIENT_CERT_PATH).map(reader::path);
    if (insecure && authorities.isPresent()) {
      throw new IllegalArgumentException(Setting.INSECURE_TLS.variable() + " is true and "
          + Setting.SERVER_CERT_PATH.variable() + " is \"" + authorities.get()
          + "\" but only one of the two may be set.");
    }
    try {
      return TlsSettings.of(insecure, authorities, client);
    } catch (IllegalArgumentException e) {
      String settings = client.isEmpty()
          ? Setting.SERVER_CERT_PATH.variable()
          : authorities.isEmpty()
              ? Setting.CLIENT_CERT_PATH.variable()
              : Setting.SERVER_CERT_PATH.variable() + " or " + Setting.CLIENT_CERT_PATH.variable();
      throw new IllegalArgumentException(settings + " is wrong: " + e.getMessage() + ".", e);
    }
  }

  /** Java's own system properties come first, as those of the settings do. */
  private static Proxies proxies(SettingsReader reader) {
    if (!System.getProperty("http.proxyHost", "").isEmpty()
        || !System.getProperty("https.proxyHost", "").isEmpty()) {
      return Proxies.none();
    }
    Optional<URI> http = proxy(reader, "http_proxy", "HTTP_PROXY");
    Optional<URI> https = proxy(reader, "https_proxy", "HTTPS_PROXY");
    if (http.isEmpty() && https.isEmpty()) {
      return Proxies.none();
    }
    String exceptions =
        reader.variable("no_proxy").or(() -> reader.variable("NO_PROXY")).orElse("");
    return Proxies.of(http, https, exceptions);
  }

  private static Optional<URI> proxy(SettingsReader reader, String lower, String upper) {
    String name = reader.variable(lower).isPresent() ? lower : upper;
    Optional<String> text = reader.variable(name).map(String::strip);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String value = text.get().contains("://") ? text.get() : "http://" + text.get();
    try {
      URI uri = new URI(value);
      if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // The cause quotes the value, which may hold a password.
      throw wrong(name, value);
    }
    throw wrong(name, value);
  }

  private static IllegalArgumentException wrong(String name, String value) {
    return new IllegalArgumentException(
        name + " is \"" + TrackingUri.withoutSecrets(value) + "\" but must be " + PROXY_FORM + ".");
  }
}
