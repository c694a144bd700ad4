package io.github.tracingharness.core.client;

import io.github.tracingharness.core.trace.PythonJson;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes the requests: URL below the tracking URI, headers, credentials. */
final class RestCalls {

  private static final byte[] NO_BODY = {};
  private static final int KEPT_URIS = 16;

  private final ClientSettings settings;
  private final String base;
  private final List<Map.Entry<String, String>> common = new ArrayList<>();
  private final Map<String, URI> uris = new ConcurrentHashMap<>();

  RestCalls(ClientSettings settings) {
    this.settings = settings;
    String uri = settings.trackingUri().toString();
    this.base = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    common.add(Map.entry("User-Agent", HarnessVersion.PRODUCT + "/" + HarnessVersion.current()));
    common.add(Map.entry("X-MLflow-Client-Version", HarnessVersion.MLFLOW_CLIENT));
    common.add(Map.entry("Accept", "*/*"));
    settings.workspace().ifPresent(name -> common.add(Map.entry("X-MLFLOW-WORKSPACE", name)));
    settings.organization().ifPresent(id -> common.add(Map.entry("x-databricks-org-id", id)));
    settings
        .credentials()
        .authorization()
        .ifPresent(value -> common.add(Map.entry("Authorization", value)));
  }

  /** Returns a text as one segment of a path or one value of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  HttpCall get(String path) {
    return call("GET", path, NO_BODY);
  }

  HttpCall json(String method, String path, Map<String, ? extends @Nullable Object> body) {
    byte[] bytes = PythonJson.dumpsAscii(body).getBytes(StandardCharsets.US_ASCII);
    return call(method, path, bytes).withHeader("Content-Type", "application/json");
  }

  /**
   * Makes a request to a URI outside of the server, with no headers but its own and this client's
   * name.
   */
  HttpCall foreign(String method, URI uri, List<Map.Entry<String, String>> headers, byte[] body) {
    List<Map.Entry<String, String>> all = new ArrayList<>(headers);
    if (headers.stream().noneMatch(header -> header.getKey().equalsIgnoreCase("User-Agent"))) {
      all.add(common.get(0));
    }
    return new HttpCall(method, uri, all, body, settings.attemptTimeout());
  }

  /** Paths that name a trace are not worth keeping; there is no end of them. */
  private URI uri(String path) {
    URI known = uris.get(path);
    if (known != null) {
      return known;
    }
    URI made = URI.create(base + path);
    if (uris.size() < KEPT_URIS) {
      uris.put(path, made);
    }
    return made;
  }

  HttpCall call(String method, String path, byte[] body) {
    return new HttpCall(method, uri(path), common, body, settings.attemptTimeout());
  }
}
