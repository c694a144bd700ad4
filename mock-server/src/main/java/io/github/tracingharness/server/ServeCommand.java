package io.github.tracingharness.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs the fake tracking server alone until it is interrupted.
 *
 * <p>Exit codes: 130 after Ctrl-C and 143 after SIGTERM, as usual; 2 if an option is wrong or the
 * port cannot be had.
 *
 * @since 0.1.0
 */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs the fake MLflow tracking server until it is interrupted.")
public final class ServeCommand implements Callable<Integer> {

  private static final int DEFAULT_PORT = 5000;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "" + DEFAULT_PORT,
      description = "Port to listen to, 0 for a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "H",
      defaultValue = "127.0.0.1",
      description = "Address to bind to. Default: ${DEFAULT-VALUE}, this machine only.")
  private String host = "127.0.0.1";

  @Mixin
  private ServeOptions options = new ServeOptions();

  @Mixin
  private FrontOptions frontOptions = new FrontOptions();

  private Optional<TcpFront> front = Optional.empty();
  private Optional<CallLog> log = Optional.empty();

  /** Makes the command; picocli fills in its options. */
  public ServeCommand() {}

  /**
   * Runs the command in a process of its own.
   *
   * @param args the options
   */
  public static void main(String... args) {
    System.exit(new CommandLine(new ServeCommand()).execute(args));
  }

  /**
   * Starts the server, prints how to point clients to it, and waits until the thread is interrupted
   * or the JVM ends.
   */
  @Override
  public Integer call() {
    if (port < 0 || port > 65_535) {
      throw new ParameterException(
          spec.commandLine(), "--port must be from 0 to 65535, not " + port);
    }
    try (FakeTrackingServer server = start()) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "serve-stop"));
      if (options.databricks()) {
        announceWorkspace(server.url());
      } else {
        announce(server.url());
      }
      new CountDownLatch(1).await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      log.ifPresent(CallLog::close);
    }
    return 0;
  }

  private FakeTrackingServer start() {
    try {
      Map<Endpoint, JsonNode> scripts = options.scripts();
      Optional<JsonNode> connectionFaults = frontOptions.script();
      Optional<String> state = options.state();
      log = options.record();
      FakeTrackingServer.Builder builder = FakeTrackingServer.builder()
          .host(host)
          .port(port)
          .spacesOnDemand(true)
          .maxItems(options.maxItems())
          .profile(options.profile())
          .everySpace(space -> {
            options.prepare(space, scripts);
            log.ifPresent(
                lines -> space.onCall(call -> lines.write(space.trackingUri().getPath(), call)));
          });
      options.tls(System.getenv()).ifPresent(builder::tls);
      FakeTrackingServer server = builder.start();
      state.ifPresent(json -> restore(server, json));
      startFront(server, connectionFaults);
      return server;
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void startFront(FakeTrackingServer server, Optional<JsonNode> faults) {
    try {
      front = frontOptions.start(server, host, faults);
    } catch (UncheckedIOException e) {
      server.close();
      throw new IllegalArgumentException("--front-port: " + e.getMessage(), e);
    }
  }

  private static void restore(FakeTrackingServer server, String json) {
    try {
      server.rootSpace().importState(json);
    } catch (IllegalArgumentException e) {
      server.close();
      throw new IllegalArgumentException("--state: " + e.getMessage(), e);
    }
  }

  private void announceWorkspace(URI url) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Fake Databricks workspace at " + url);
    out.println("  MLflow clients:  MLFLOW_TRACKING_URI=databricks DATABRICKS_HOST=" + url
        + " DATABRICKS_TOKEN=any");
    out.println("  Unity Catalog:   MLFLOW_TRACING_DESTINATION=catalog.schema");
    announceFront(out);
    out.println("Experiment 0 exists. Nothing is stored on disk. Stop with Ctrl-C.");
    out.flush();
  }

  private void announceFront(PrintWriter out) {
    front.ifPresent(
        port -> out.println("  The same at      " + port.url() + ", with faults of connections"));
  }

  private void announce(URI url) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "Fake MLflow tracking server (MLflow " + ServerProfile.DEFAULT_VERSION + ") at " + url);
    out.println("  MLflow clients:  MLFLOW_TRACKING_URI=" + url);
    out.println("  OTLP exporters:  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=" + url + "/v1/traces");
    out.println("                   OTEL_EXPORTER_OTLP_TRACES_HEADERS=x-mlflow-experiment-id=0");
    out.println("  A server apart:  " + url
        + "/r/NAME for any NAME, with experiments and traces of its own");
    out.println("  In a browser:    " + url + "/");
    out.println("  Test suites:     " + url + "/__harness/ for state, calls and faults");
    out.println("  WireMock admin:  " + url + "/__admin");
    announceFront(out);
    out.println("Experiment 0 exists. Nothing is stored on disk. Stop with Ctrl-C.");
    out.flush();
  }
}
