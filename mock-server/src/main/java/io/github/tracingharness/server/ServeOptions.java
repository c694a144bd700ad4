package io.github.tracingharness.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.server.ServerProfile.ArtifactService;
import io.github.tracingharness.server.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@link ServeCommand} plays, and how badly. Wrong options are IllegalArgumentExceptions. */
final class ServeOptions {

  static final String TLS_PASSWORD_VARIABLE = "HARNESS_TLS_PASSWORD";

  private static final int MAX_LATENCY_MS = 3_600_000;

  @Option(
      names = "--databricks",
      description = "Play a Databricks workspace instead of a server of MLflow's own.")
  private boolean databricks;

  @Option(
      names = "--basic-auth",
      paramLabel = "USER:PASSWORD",
      description = "Ask for this login, as mlflow server --app-name basic-auth does.")
  private @Nullable String basicAuth;

  @Option(
      names = "--allowed-hosts",
      paramLabel = "NAMES",
      split = ",",
      description = "What the Host header may be, * for any text. Default: names of this machine"
          + " and private addresses.")
  private List<String> allowedHosts = new ArrayList<>();

  @Option(
      names = "--cors-allowed-origins",
      paramLabel = "ORIGINS",
      split = ",",
      description = "Origins whose pages may make changes, beside those of this machine.")
  private List<String> allowedOrigins = new ArrayList<>();

  @Option(names = "--no-serve-artifacts", description = "Neither take nor give files.")
  private boolean noArtifacts;

  @Option(names = "--artifacts-only", description = "Take and give files and do nothing else.")
  private boolean artifactsOnly;

  @Option(
      names = "--tls-keystore",
      paramLabel = "FILE",
      description = "Speak HTTPS with the key of this PKCS12 file; its password is the value of"
          + " the environment variable " + TLS_PASSWORD_VARIABLE + ".")
  private @Nullable Path tlsKeyStore;

  @Option(
      names = "--enable-workspaces",
      description = "Take calls that name a workspace; all workspaces share what is stored.")
  private boolean workspaces;

  @Option(
      names = "--latency",
      paramLabel = "MS",
      defaultValue = "0",
      description = "Delay each answer so long, but for endpoints with a --fault.")
  private int latencyMs;

  @Option(
      names = "--fault",
      paramLabel = "ENDPOINT=SCRIPT",
      description = "Spoil calls of an endpoint (ANY: of all others) by a script in JSON, see"
          + " docs/server.md: --fault 'START_TRACE={\"steps\":[{\"status\":503,\"times\":2}]}'")
  private Map<String, String> faults = new LinkedHashMap<>();

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "Begin with the state in this file, as GET /__harness/state gave it.")
  private @Nullable Path state;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Append each call to this file, one line of JSON, without credentials.")
  private @Nullable Path record;

  @Option(
      names = "--max-items",
      paramLabel = "N",
      defaultValue = "" + FakeTrackingServer.DEFAULT_MAX_ITEMS,
      description = "Hold so many traces, experiments, runs, models and files, of each."
          + " Default: ${DEFAULT-VALUE}.")
  private int maxItems;

  boolean databricks() {
    return databricks;
  }

  int maxItems() {
    return maxItems;
  }

  ServerProfile profile() {
    ServerProfile profile =
        databricks ? ServerProfile.databricksWorkspace() : ServerProfile.standard();
    if (basicAuth != null) {
      int colon = basicAuth.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException(
            "--basic-auth must be a user and a password with a colon between them");
      }
      profile = profile.withLogin(basicAuth.substring(0, colon), basicAuth.substring(colon + 1));
    }
    if (noArtifacts && artifactsOnly) {
      throw new IllegalArgumentException(
          "--no-serve-artifacts and --artifacts-only exclude each other");
    }
    return (workspaces ? profile.withWorkspaces() : profile)
        .withArtifacts(
            noArtifacts
                ? ArtifactService.NOT_SERVED
                : artifactsOnly ? ArtifactService.ONLY : ArtifactService.SERVED)
        .withAllowedHosts(allowedHosts)
        .withAllowedOrigins(allowedOrigins);
  }

  Optional<TlsKeys> tls(Map<String, String> environment) {
    if (tlsKeyStore == null) {
      return Optional.empty();
    }
    String password = environment.get(TLS_PASSWORD_VARIABLE);
    if (password == null) {
      throw new IllegalArgumentException("--tls-keystore needs the password of " + tlsKeyStore
          + " in the environment variable " + TLS_PASSWORD_VARIABLE);
    }
    if (!Files.isReadable(tlsKeyStore)) {
      throw new IllegalArgumentException("--tls-keystore: cannot read " + tlsKeyStore);
    }
    return Optional.of(new TlsKeys(tlsKeyStore, password));
  }

  /** The state to begin with, or empty. */
  Optional<String> state() {
    if (state == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(state));
    } catch (IOException e) {
      throw new IllegalArgumentException("--state: cannot read " + state + ": " + e, e);
    }
  }

  /** The file for the calls, or empty. */
  Optional<CallLog> record() {
    if (record == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(CallLog.append(record));
    } catch (IOException e) {
      throw new IllegalArgumentException("--record: cannot write " + record + ": " + e, e);
    }
  }

  /** The scripts of each space. */
  Map<Endpoint, JsonNode> scripts() {
    if (latencyMs < 0 || latencyMs > MAX_LATENCY_MS) {
      throw new IllegalArgumentException(
          "--latency must be from 0 to " + MAX_LATENCY_MS + ", not " + latencyMs);
    }
    Map<Endpoint, JsonNode> scripts = new LinkedHashMap<>();
    faults.forEach((name, json) -> {
      try {
        JsonNode script = Json.read(json)
            .orElseThrow(() -> new IllegalArgumentException("the script must be JSON"));
        FaultJson.check(FaultScope.CALLS, script);
        scripts.put(AdminApi.endpoint(name), script);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("--fault " + name + ": " + e.getMessage(), e);
      }
    });
    return scripts;
  }

  /** Gives a space its scripts. */
  void prepare(TrackingSpace space, Map<Endpoint, JsonNode> scripts) {
    if (latencyMs > 0) {
      space.on(Endpoint.ANY).thenForever(Fault.delay(Duration.ofMillis(latencyMs)));
    }
    scripts.forEach((endpoint, script) -> FaultJson.addTo(space.on(endpoint), script));
  }
}
