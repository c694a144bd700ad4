package io.github.tracingharness.core;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Reads the URL of the server. */
final class TrackingUri {

  private static final String URL = "an http:// or https:// URL without user, query and fragment";
  private static final String ALLOWED = URL + ", or databricks, or databricks://<profile>";

  private TrackingUri() {}

  /** Reads the tracking URI if it is a URL. */
  static URI read(SettingsReader reader) {
    Optional<String> text = reader.text(Setting.TRACKING_URI).map(String::strip);
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          Setting.TRACKING_URI.variable() + " is not set but must be " + ALLOWED + ".");
    }
    return url(Setting.TRACKING_URI.variable(), text.get(), ALLOWED);
  }

  /** Reads the host of a Databricks workspace, which may lack its scheme. */
  static URI host(String name, String text) {
    String stripped = text.strip();
    return url(name, stripped.contains("://") ? stripped : "https://" + stripped, URL);
  }

  private static URI url(String name, String text, String allowed) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean http = scheme.equals("http") || scheme.equals("https");
      if (uri.getRawUserInfo() != null) {
        // The value may hold a password, so it is not shown.
        throw new IllegalArgumentException(name + " holds a user but must be " + allowed + ".");
      }
      if (http
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw wrong(name, text, allowed);
    }
    throw wrong(name, text, allowed);
  }

  private static IllegalArgumentException wrong(String name, String text, String allowed) {
    return new IllegalArgumentException(
        name + " is \"" + withoutSecrets(text) + "\" but must be " + allowed + ".");
  }

  /** A query or a user part may hold a token or a password. */
  static String withoutSecrets(String uri) {
    return uri.replaceFirst("//[^/]*@", "//...@").replaceFirst("\\?.*", "?...");
  }
}
