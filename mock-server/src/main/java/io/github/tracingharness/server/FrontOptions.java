package io.github.tracingharness.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.server.http.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The port of {@link ServeCommand} for faults of connections. */
final class FrontOptions {

  private static final int NO_PORT = -1;

  @Option(
      names = "--front-port",
      paramLabel = "N",
      defaultValue = "" + NO_PORT,
      description = "Listen there, too, 0 for a free port, for faults of connections; what comes is"
          + " passed on to --port.")
  private int port;

  @Option(
      names = "--connection-fault",
      paramLabel = "SCRIPT",
      description = "Spoil connections to --front-port by a script in JSON, see docs/server.md:"
          + " --connection-fault '{\"steps\":[{\"end_after_request_bytes\":100}]}'")
  private @Nullable String script;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      defaultValue = "" + TcpFront.DEFAULT_MAX_CONNECTIONS,
      description = "Close connections to --front-port at once if there are so many already."
          + " Default: ${DEFAULT-VALUE}.")
  private int maxConnections;

  /** Refuses options that do not fit together, before anything is started. */
  Optional<JsonNode> script() {
    if (port == NO_PORT && (script != null || maxConnections != TcpFront.DEFAULT_MAX_CONNECTIONS)) {
      throw new IllegalArgumentException(
          "--connection-fault and --max-connections are for connections to --front-port, which is"
              + " missing");
    }
    if (port < NO_PORT || port > 65_535) {
      throw new IllegalArgumentException("--front-port must be from 0 to 65535, not " + port);
    }
    if (maxConnections < 0) {
      throw new IllegalArgumentException(
          "--max-connections must not be negative, but is " + maxConnections);
    }
    if (script == null) {
      return Optional.empty();
    }
    try {
      JsonNode json = Json.read(script)
          .orElseThrow(() -> new IllegalArgumentException("the script must be JSON"));
      FaultJson.check(FaultScope.CONNECTIONS, json);
      return Optional.of(json);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("--connection-fault: " + wrong.getMessage(), wrong);
    }
  }

  /** Starts the front, if there is to be one; the server closes it. */
  Optional<TcpFront> start(FakeTrackingServer server, String host, Optional<JsonNode> faults) {
    if (port == NO_PORT) {
      return Optional.empty();
    }
    // Refusing until the script is written.
    TcpFront front = TcpFront.before(server)
        .host(host)
        .port(port)
        .maxConnections(maxConnections)
        .refusing()
        .start();
    faults.ifPresent(json -> FaultJson.addTo(front.onConnections(), json));
    front.listen();
    return Optional.of(front);
  }
}
