package io.github.tracingharness.conformance.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.history.SpanIds;
import io.github.tracingharness.conformance.subject.Destination;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import io.github.tracingharness.conformance.subject.SessionConfig;
import io.github.tracingharness.conformance.subject.SpanSpec;
import io.github.tracingharness.conformance.subject.UnsupportedCommandException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Serves the driver protocol for a subject on the JVM: a command in, an answer out. */
final class DriverService {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ExporterSubject subject;
  private final boolean ownProcess;
  private final Consumer<ObjectNode> events;
  private final Map<String, ExporterSubject.Session> sessions = new ConcurrentHashMap<>();

  /**
   * Serves a subject.
   *
   * @param ownProcess whether the process ends with the subject, so that {@code exit} can be served
   * @param events takes lines without an id
   */
  DriverService(ExporterSubject subject, boolean ownProcess, Consumer<ObjectNode> events) {
    this.subject = subject;
    this.ownProcess = ownProcess;
    this.events = events;
  }

  /** Answers a command; never throws. */
  ObjectNode answer(JsonNode command) {
    ObjectNode answer = JSON.objectNode();
    answer.set("id", command.path("id"));
    // The threads that a session starts inherit this, so their log lines find the way to this
    // driver.
    try {
      ObjectNode ok = SessionLog.with(this::log, () -> dispatch(command));
      if (ok == null) {
        ObjectNode unsupported = JSON.objectNode();
        unsupported.put("reason", "no operation " + command.path("op").asText());
        answer.set("unsupported", unsupported);
      } else {
        answer.set("ok", ok);
      }
    } catch (UnsupportedCommandException e) {
      answer.set("unsupported", JSON.objectNode().put("reason", String.valueOf(e.getMessage())));
    } catch (IllegalArgumentException e) {
      answer.set("error", error("config", e));
    } catch (RuntimeException | LinkageError e) {
      answer.set("error", error("subject", e));
    }
    return answer;
  }

  private @Nullable ObjectNode dispatch(JsonNode command) {
    return switch (command.path("op").asText()) {
      case "hello" -> hello();
      case "open" -> open(command);
      case "emit" -> emit(command);
      case "export" -> export(command);
      case "flush" -> result(session(command).flush(timeout(command)));
      case "shutdown" -> result(session(command).shutdown(timeout(command)));
      case "race" -> Race.run(session(command), command);
      case "fork" -> fork(command);
      case "observe" -> observe(command);
      case "stats" -> MAPPER.valueToTree(session(command).stats());
      case "close" -> close(command);
      default -> null;
    };
  }

  private ObjectNode hello() {
    String version = Versions.suite();
    ObjectNode ok = JSON.objectNode().put("protocol", 1);
    ok.putObject("subject")
        .put("name", subject.name())
        .put("version", subject.version())
        .put("language", "java");
    ok.putObject("driver").put("name", "tracing-harness").put("version", version);
    ok.putObject("runtime")
        .put("name", System.getProperty("java.vm.name"))
        .put("version", System.getProperty("java.version"));
    ObjectNode capabilities = subject.capabilities();
    if (SessionLogProvider.isInstalled()) {
      capabilities.withArray("signals").add("log");
    }
    ArrayNode ops = capabilities.withArray("ops").add("race");
    if (ownProcess) {
      ops.add("exit");
    }
    ok.set("capabilities", capabilities);
    return ok;
  }

  private ObjectNode open(JsonNode command) {
    JsonNode destination = command.path("destination");
    ObjectNode settings = JSON.objectNode();
    ArrayNode applied = JSON.arrayNode();
    ArrayNode ignored = JSON.arrayNode();
    for (Map.Entry<String, JsonNode> setting : command.path("config").properties()) {
      if (canSet(setting.getKey())) {
        settings.set(setting.getKey(), setting.getValue());
        applied.add(setting.getKey());
      } else {
        ignored.add(setting.getKey());
      }
    }
    SessionConfig config = new SessionConfig(
        destination.path("endpoint").asText(), Destination.of(destination), settings);
    sessions.put(command.path("session").asText(), subject.open(config));
    ObjectNode ok = JSON.objectNode();
    ok.set("applied", applied);
    ok.set("ignored", ignored);
    return ok;
  }

  private boolean canSet(String key) {
    if (key.equals("environment") || key.equals("pipeline")) {
      return true;
    }
    for (JsonNode known : subject.capabilities().path("config")) {
      if (known.asText().equals(key)) {
        return true;
      }
    }
    return false;
  }

  private ObjectNode emit(JsonNode command) {
    List<SpanSpec> specs = SpanSpec.listOf(command);
    Emission emission = Emission.run(
        session(command),
        specs,
        command.path("concurrency").path("threads").asInt(0),
        command.path("concurrency").path("repeat").asInt(1));
    ObjectNode ok = JSON.objectNode();
    ok.set("refs", refs(emission.refs()));
    ok.put("accepted", emission.refs().size());
    ok.put("caller_max_ns", Long.toString(emission.callerMaxNanos()));
    ok.put("caller_total_ns", Long.toString(emission.callerTotalNanos()));
    return ok;
  }

  private ObjectNode export(JsonNode command) {
    ExporterSubject.Exported exported = session(command).export(SpanSpec.listOf(command));
    ObjectNode ok = result(exported.outcome());
    ok.set("refs", refs(exported.refs()));
    if (!exported.error().isEmpty()) {
      ok.put("error", exported.error());
    }
    return ok;
  }

  private ObjectNode fork(JsonNode command) {
    ObjectNode ok = JSON.objectNode();
    ok.set("refs", refs(session(command).fork(SpanSpec.listOf(command), timeout(command))));
    return ok;
  }

  private static ObjectNode refs(Map<String, SpanIds> idsByRef) {
    ObjectNode refs = JSON.objectNode();
    for (Map.Entry<String, SpanIds> ref : idsByRef.entrySet()) {
      ObjectNode ids = refs.putObject(ref.getKey())
          .put("trace", ref.getValue().trace())
          .put("span", ref.getValue().span());
      if (!ref.getValue().told().isEmpty()) {
        ids.putObject("told").setAll(ref.getValue().told());
      }
    }
    return refs;
  }

  private ObjectNode observe(JsonNode command) {
    List<String> what = new ArrayList<>();
    command.path("what").forEach(name -> what.add(name.asText()));
    ObjectNode ok = JSON.objectNode();
    ok.setAll(session(command).observe(what));
    return ok;
  }

  private ObjectNode close(JsonNode command) {
    ExporterSubject.Session session = sessions.remove(command.path("session").asText());
    if (session != null) {
      session.close();
    }
    return JSON.objectNode();
  }

  /** Forgets all sessions without flushing. */
  void closeAll() {
    sessions.values().forEach(ExporterSubject.Session::close);
    sessions.clear();
  }

  private ExporterSubject.Session session(JsonNode command) {
    String name = command.path("session").asText();
    ExporterSubject.Session session = sessions.get(name);
    if (session == null) {
      throw new IllegalStateException("no session " + name + " is open");
    }
    return session;
  }

  private void log(String level, String logger, String text) {
    events.accept(JSON.objectNode()
        .put("event", "log")
        .put("level", level)
        .put("logger", logger)
        .put("text", text));
  }

  private static Duration timeout(JsonNode command) {
    return Duration.ofMillis(command.path("timeout_ms").asLong(5_000));
  }

  private static ObjectNode result(ExporterSubject.Outcome outcome) {
    return JSON.objectNode().put("result", outcome.name().toLowerCase(Locale.ROOT));
  }

  private static ObjectNode error(String kind, Throwable e) {
    return JSON.objectNode()
        .put("kind", kind)
        .put("type", e.getClass().getSimpleName())
        .put("message", String.valueOf(e.getMessage()));
  }
}
