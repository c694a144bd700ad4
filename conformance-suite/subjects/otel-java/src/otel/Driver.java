package otel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

/** EDP/1 driver (docs/driver-protocol.md) for the OTLP/HTTP exporter of OpenTelemetry Java; one session. */
final class Driver {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger SDK = Logger.getLogger("io.opentelemetry");
  private static PrintStream protocol;

  private final String name;
  private Pipeline pipeline;

  private Driver(String name) {
    this.name = name;
  }

  /** What the SDK cannot do. */
  private static final class Unsupported extends Exception {
    Unsupported(String reason) {
      super(reason);
    }
  }

  public static void main(String[] arguments) throws IOException {
    // The protocol owns standard output; whatever else prints goes to stderr.
    protocol = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    System.setOut(System.err);
    SDK.addHandler(new LogEvents());
    Driver driver = new Driver(arguments[0]);
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = commands.readLine()) != null; ) {
      JsonNode command = JSON.readTree(line);
      if (command.path("op").asText().equals("exit")) {
        switch (command.path("how").asText()) {
          case "throw" -> throw new IllegalStateException("the application fails");
          case "exit0" -> System.exit(0);
          default -> {
            return;
          }
        }
      }
      send(driver.answer(command).set("id", command.get("id")));
    }
    Runtime.getRuntime().halt(0);
  }

  private static synchronized void send(JsonNode message) {
    protocol.println(message);
    protocol.flush();
  }

  private ObjectNode answer(JsonNode command) {
    ObjectNode answer = JSON.createObjectNode();
    try {
      answer.set("ok", run(command));
    } catch (Unsupported e) {
      answer.putObject("unsupported").put("reason", e.getMessage());
    } catch (Exception thrown) {
      Throwable e = thrown instanceof ExecutionException ? thrown.getCause() : thrown;
      e.printStackTrace();
      boolean own = Stream.of(e.getStackTrace())
          .map(StackTraceElement::getClassName)
          .filter(name -> !name.startsWith("java."))
          .findFirst()
          .orElse("")
          .startsWith("otel.");
      String kind = own ? "driver" : command.path("op").asText().equals("open") ? "config" : "subject";
      answer.putObject("error")
          .put("kind", kind)
          .put("type", e.getClass().getName())
          .put("message", e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause()));
    }
    return answer;
  }

  private ObjectNode run(JsonNode command) throws Exception {
    long millis = command.path("timeout_ms").asLong(command.path("deadline_ms").asLong(60_000));
    return switch (command.path("op").asText()) {
      case "hello" -> Capabilities.hello(name);
      case "open" -> open(command);
      case "emit" -> pipeline.emit(command);
      case "export" -> pipeline.export(command, command.path("deadline_ms").asLong(60_000));
      case "flush" -> pipeline.flush(millis);
      case "shutdown" -> pipeline.shutdown(millis);
      case "close" -> JSON.createObjectNode();
      default -> throw new Unsupported("unknown op " + command.path("op").asText());
    };
  }

  private ObjectNode open(JsonNode command) throws Unsupported {
    if (pipeline != null) {
      throw new Unsupported("one session for each process");
    }
    if (!command.at("/destination/type").asText().equals("otlp-http-protobuf")) {
      throw new Unsupported("destination " + command.at("/destination/type").asText());
    }
    Settings settings = Settings.of(command);
    pipeline = new Pipeline(settings);
    ObjectNode answer = JSON.createObjectNode();
    List<String> ignored = new ArrayList<>();
    command.path("config").fieldNames().forEachRemaining(ignored::add);
    ignored.removeAll(Settings.keys());
    List<String> applied = new ArrayList<>();
    command.path("config").fieldNames().forEachRemaining(applied::add);
    applied.removeAll(ignored);
    return JSON.valueToTree(answer.putPOJO("applied", applied).putPOJO("ignored", ignored));
  }

  private static final class LogEvents extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();

    @Override
    public void publish(LogRecord log) {
      int level = log.getLevel().intValue();
      String text = formatter.formatMessage(log) + (log.getThrown() == null ? "" : ": " + log.getThrown());
      send(JSON.createObjectNode()
          .put("event", "log")
          .put("level", level >= Level.SEVERE.intValue() ? "ERROR"
              : level >= Level.WARNING.intValue() ? "WARN"
              : level >= Level.INFO.intValue() ? "INFO" : "DEBUG")
          .put("logger", log.getLoggerName())
          .put("text", text.substring(0, Math.min(text.length(), 65_536))));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
