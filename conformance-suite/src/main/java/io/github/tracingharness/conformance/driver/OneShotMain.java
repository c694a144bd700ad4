package io.github.tracingharness.conformance.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.conformance.subject.ExporterSubject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a subject on the JVM as a one-shot program: {@code DriverMain --subject … --one-shot}. */
final class OneShotMain {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SESSION = "s1";

  private final DriverService service;
  private final ObjectNode refs = JsonNodeFactory.instance.objectNode();

  OneShotMain(ExporterSubject subject) {
    this.service = new DriverService(subject, true, event -> System.err.println(event));
  }

  /**
   * A program that is done.
   *
   * @param code exit code
   * @param how how the application ends after that; empty: at once, without exit hooks
   */
  record End(int code, Optional<String> how) {}

  /** Does the steps of the file that {@code EDP_CONTEXT} names. */
  End run(Map<String, String> environment) throws IOException {
    @Nullable String file = environment.get("EDP_CONTEXT");
    if (file == null || environment.getOrDefault("EDP_SCENARIO", "x-").startsWith("x-")) {
      return new End(OneShotDriver.UNSUPPORTED, Optional.empty());
    }
    JsonNode context = MAPPER.readTree(Files.readString(Path.of(file)));
    Optional<String> how = Optional.empty();
    int code = step("open", (ObjectNode) context);
    for (JsonNode step : context.path("steps")) {
      String op = step.path("op").asText();
      if (code != 0) {
        break;
      }
      if (op.equals("exit")) {
        how = Optional.of(step.path("how").asText());
      } else {
        code = step(op, (ObjectNode) step);
      }
    }
    @Nullable String told = environment.get("EDP_REFS");
    if (told != null) {
      Files.writeString(Path.of(told), MAPPER.writeValueAsString(refs));
    }
    return new End(code, how);
  }

  /** Returns the exit code that follows from the answer; 0: go on. */
  private int step(String op, ObjectNode members) {
    ObjectNode command = members.deepCopy().put("id", 1).put("op", op).put("session", SESSION);
    ObjectNode answer = service.answer(command);
    if (answer.at("/ok/refs") instanceof ObjectNode told) {
      refs.setAll(told);
    }
    if (answer.has("error")) {
      System.err.println(op + " failed: " + answer.get("error"));
      return 1;
    }
    return answer.has("ok") ? 0 : OneShotDriver.UNSUPPORTED;
  }
}
