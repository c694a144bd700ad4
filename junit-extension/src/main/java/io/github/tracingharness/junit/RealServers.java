package io.github.tracingharness.junit;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where the settings of a real tracking server are found. */
final class RealServers {

  private static final String VARIABLE = "TRACING_HARNESS_TRACKING_URI";
  private static final String CONTAINER = "testcontainers";
  private static final String CONTAINER_OF = CONTAINER + ":";
  private static final Pattern USER_INFO = Pattern.compile("//[^/]*@");
  private static final List<String> LOGIN =
      List.of("MLFLOW_TRACKING_TOKEN", "MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD");

  private RealServers() {}

  /** Returns what is said of the server that tests run against, or empty for the fake one. */
  static Optional<String> setting(ExtensionContext context) {
    return context
        .getConfigurationParameter(TracingHarness.TRACKING_URI)
        .or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
        .map(String::strip)
        .filter(setting -> !setting.isEmpty());
  }

  /**
   * Finds the server that a setting names.
   *
   * @throws ExtensionConfigurationException if it names none, or the server cannot be started
   */
  static RealServer server(String setting, ExtensionContext context) {
    if (setting.equals(CONTAINER)) {
      return TestStore.sharedContainer(context, "").server();
    }
    String image = setting.startsWith(CONTAINER_OF) ? setting.substring(CONTAINER_OF.length()) : "";
    if (!image.isBlank()) {
      return TestStore.sharedContainer(context, image.strip()).server();
    }
    if (!isUrl(setting)) {
      throw new ExtensionConfigurationException(TracingHarness.TRACKING_URI + " (or " + VARIABLE
          + ") must be the URL of a tracking server, such as http://127.0.0.1:5000, or \""
          + CONTAINER + "\", or \"" + CONTAINER_OF + "IMAGE\" with an image that has MLflow, not \""
          + USER_INFO.matcher(setting).replaceAll("//***@") + "\".");
    }
    return new RealServer(setting, login());
  }

  private static boolean isUrl(String setting) {
    try {
      URI uri = new URI(setting);
      return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
          && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Returns the login, from system properties, else from the environment. */
  private static Map<String, String> login() {
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
