package io.github.tracingharness.core;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the settings of the export through OTLP: OpenTelemetry's own, and MLflow's that say whether
 * they count.
 */
final class OtlpConfig {

  private static final Logger logger = LoggerFactory.getLogger(MlflowTracing.class);
  private static final String PROTOCOL = "http/protobuf";
  private static final String ENDPOINT_FORM =
      "an http:// or https:// URL without user, query and fragment";
  private static final String EXPERIMENT_HEADER = "x-mlflow-experiment-id";
  private static final int DEFAULT_TIMEOUT_MILLIS = 10_000;
  private static final int LONGEST_TIMEOUT_MILLIS = 86_400_000;

  private final SettingsReader reader;

  private OtlpConfig(SettingsReader reader) {
    this.reader = reader;
  }

  /**
   * Returns the settings, or nothing if traces do not go through OTLP.
   *
   * @param destinationIsNamed whether traces have an MLflow destination, which wins
   */
  static Optional<OtlpSettings> read(
      SettingsReader reader, BuilderValues given, String experimentId, boolean destinationIsNamed) {
    return new OtlpConfig(reader).read(given, experimentId, destinationIsNamed);
  }

  private Optional<OtlpSettings> read(
      BuilderValues given, String experimentId, boolean destinationIsNamed) {
    boolean dual = reader.flag(Setting.OTLP_DUAL).orElse(false);
    boolean enabled = reader.flag(Setting.OTLP_ENABLED).orElse(true);
    Optional<URI> endpoint = given.otlpEndpoint() != null
        ? Optional.of(checked(given.otlpEndpoint()))
        : enabled ? endpoint() : Optional.empty();
    if (endpoint.isEmpty()) {
      return Optional.empty();
    }
    if (destinationIsNamed && !dual) {
      logger.info(
          "No span goes to the OTLP endpoint: a destination of traces is named and wins. {} exports"
              + " to both.",
          Setting.OTLP_DUAL.variable());
      return Optional.empty();
    }
    checkProtocol();
    checkTranslation();
    Optional<Path> clientKey = file(Setting.OTLP_TRACES_CLIENT_KEY, Setting.OTLP_CLIENT_KEY);
    Optional<Path> clientCertificate =
        file(Setting.OTLP_TRACES_CLIENT_CERTIFICATE, Setting.OTLP_CLIENT_CERTIFICATE);
    checkPair(clientKey, clientCertificate);
    Map<String, String> headers = new LinkedHashMap<>();
    if (given.otlpEndpoint() != null) {
      headers.put(EXPERIMENT_HEADER, experimentId);
      authorization(given.otlpEndpoint()).ifPresent(value -> headers.put("Authorization", value));
    }
    headers.putAll(headers());
    return Optional.of(new OtlpSettings(
        endpoint.get(),
        headers,
        gzip(),
        Duration.ofMillis(reader.integer(
            specific(Setting.OTLP_TRACES_TIMEOUT, Setting.OTLP_TIMEOUT),
            1,
            LONGEST_TIMEOUT_MILLIS,
            DEFAULT_TIMEOUT_MILLIS)),
        file(Setting.OTLP_TRACES_CERTIFICATE, Setting.OTLP_CERTIFICATE),
        clientKey,
        clientCertificate,
        dual));
  }

  private Optional<URI> endpoint() {
    Optional<URI> own = url(Setting.OTLP_TRACES_ENDPOINT, "");
    return own.isPresent() ? own : url(Setting.OTLP_ENDPOINT, "/v1/traces");
  }

  private static URI checked(URI endpoint) {
    if (!isEndpoint(endpoint)) {
      throw new IllegalArgumentException("otlpEndpoint is \"" + hidden(endpoint.toString())
          + "\" but must be " + ENDPOINT_FORM + ".");
    }
    return endpoint;
  }

  private Optional<URI> url(Setting setting, String path) {
    return reader.text(setting).map(String::strip).map(text -> {
      try {
        URI uri = new URI(text.replaceFirst("/+$", path.isEmpty() ? "$0" : "") + path);
        if (isEndpoint(uri)) {
          return uri;
        }
      } catch (URISyntaxException e) {
        throw reader.wrong(setting, hidden(text), ENDPOINT_FORM);
      }
      throw reader.wrong(setting, hidden(text), ENDPOINT_FORM);
    });
  }

  private static boolean isEndpoint(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    return (scheme.equals("http") || scheme.equals("https"))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null;
  }

  private static String hidden(String uri) {
    return uri.replaceFirst("//[^/]*@", "//...@").replaceFirst("\\?.*", "?...");
  }

  private void checkProtocol() {
    Setting setting = specific(Setting.OTLP_TRACES_PROTOCOL, Setting.OTLP_PROTOCOL);
    String protocol = reader.text(setting).map(String::strip).orElse(PROTOCOL);
    if (!protocol.equals(PROTOCOL)) {
      throw reader.wrong(setting, protocol, PROTOCOL + ", the only protocol that is supported");
    }
  }

  private static void checkPair(Optional<Path> key, Optional<Path> certificate) {
    if (key.isPresent() != certificate.isPresent()) {
      Setting given = key.isPresent() ? Setting.OTLP_CLIENT_KEY : Setting.OTLP_CLIENT_CERTIFICATE;
      Setting other = key.isPresent() ? Setting.OTLP_CLIENT_CERTIFICATE : Setting.OTLP_CLIENT_KEY;
      throw new IllegalArgumentException(given.variable() + " is set but " + other.variable()
          + " is not; they must be set both or none.");
    }
  }

  private void checkTranslation() {
    if (reader.flag(Setting.OTLP_GENAI).orElse(false)) {
      throw reader.wrong(
          Setting.OTLP_GENAI,
          "true",
          "false: spans are not translated to OpenTelemetry's conventions for generative AI");
    }
  }

  private boolean gzip() {
    Setting setting = specific(Setting.OTLP_TRACES_COMPRESSION, Setting.OTLP_COMPRESSION);
    String compression = reader.text(setting).map(String::strip).orElse("none");
    return switch (compression) {
      case "gzip" -> true;
      case "none" -> false;
      default -> throw reader.wrong(setting, compression, "gzip or none");
    };
  }

  /** Reads {@code key=value} pairs with commas between them, values percent-encoded. */
  private Map<String, String> headers() {
    Setting setting = specific(Setting.OTLP_TRACES_HEADERS, Setting.OTLP_HEADERS);
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String item : reader.text(setting).orElse("").split(",", -1)) {
      int equals = item.indexOf('=');
      String key = equals < 0 ? "" : item.substring(0, equals).strip();
      if (!key.isEmpty()) {
        pairs.put(key, decoded(item.substring(equals + 1).strip()));
      } else if (!item.isBlank()) {
        throw reader.wrong(setting, item.strip(), "pairs <key>=<value> with commas between them");
      }
    }
    return pairs;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  private Optional<Path> file(Setting own, Setting general) {
    Setting setting = specific(own, general);
    return reader.text(setting).map(text -> {
      Path file = Path.of(text.strip());
      if (!Files.isReadable(file)) {
        throw reader.wrong(setting, text, "the path of a file that can be read");
      }
      return file;
    });
  }

  /** Credentials of the tracking server go to its own origin only. */
  private Optional<String> authorization(URI endpoint) {
    Optional<String> server = reader.text(Setting.TRACKING_URI).map(String::strip);
    if (server.isPresent() && !sameOrigin(endpoint, server.get())) {
      return Optional.empty();
    }
    Optional<String> token = reader.text(Setting.TOKEN);
    if (token.isPresent()) {
      return Optional.of("Bearer " + token.get());
    }
    return reader
        .text(Setting.USERNAME)
        .flatMap(user -> reader.text(Setting.PASSWORD).map(password -> user + ":" + password))
        .map(pair ->
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  private static boolean sameOrigin(URI endpoint, String server) {
    try {
      return origin(endpoint).equals(origin(new URI(server)));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String origin(URI uri) {
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    return (uri.getScheme() + "://" + uri.getHost() + ":" + port).toLowerCase(Locale.ROOT);
  }

  private Setting specific(Setting own, Setting general) {
    return reader.text(own).isPresent() ? own : general;
  }
}
