package io.github.tracingharness.junit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where the settings of a real tracking server are found. */
final class RealServers {

  private static final String VARIABLE = "TRACING_HARNESS_TRACKING_URI";
  private static final List<String> LOGIN =
      List.of("MLFLOW_TRACKING_TOKEN", "MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD");

  private RealServers() {}

  /** Returns the URL of the server that tests run against, or empty for the fake one. */
  static Optional<String> trackingUri(ExtensionContext context) {
    return context
        .getConfigurationParameter(TracingHarness.TRACKING_URI)
        .or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
        .map(String::strip)
        .filter(uri -> !uri.isEmpty());
  }

  /** Returns the login, from system properties, else from the environment. */
  static Map<String, String> login() {
    Map<String, String> login = new LinkedHashMap<>();
    for (String name : LOGIN) {
      String value = System.getProperty(name, System.getenv().getOrDefault(name, ""));
      if (!value.isEmpty()) {
        login.put(name, value);
      }
    }
    return login;
  }
}
