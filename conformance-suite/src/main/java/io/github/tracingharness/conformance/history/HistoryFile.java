package io.github.tracingharness.conformance.history;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code run.ndjson}: one JSON object a line.
 *
 * <pre>
 * {"line": "run", "format": 1, "suite": "…", "subject": {…}, "seed": 7, …}
 * {"line": "case", "case": "MLF-EXPORT-001", "attempt": 1, "capabilities": {…}, "durationMs": 31}
 * {"line": "event", "event": "command", "at": 1200, …}
 * {"line": "case-end", "case": "MLF-EXPORT-001", "attempt": 1, "events": 14}
 * {"line": "not-run", "case": "MLF-LIFE-009", "verdict": "UNSUPPORTED", "message": "…"}
 * {"line": "end", "cases": 50, …}
 * </pre>
 *
 * <p>The lines of one run of a case stand together. A file without the last line is that of a run
 * that was cut off.
 */
public final class HistoryFile {

  // Escaped, because a case may send a lone surrogate, which has no UTF-8 form.
  private static final ObjectMapper MAPPER = JsonMapper.builder()
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
      .build();

  private HistoryFile() {}

  /**
   * The content of a file.
   *
   * @param head the first line
   * @param histories in the order of the file
   * @param notRun the cases that were not run, with verdict and message
   * @param end the last line; empty when the run was cut off
   */
  public record Content(
      ObjectNode head,
      List<CaseHistory> histories,
      List<ObjectNode> notRun,
      Optional<ObjectNode> end) {}

  /** Writes a file while the run goes on; what was written is in the file at once. */
  public static final class Appender implements Closeable {

    private final Object lock = new Object();
    private final Writer out;

    /** Creates the file, and its directory. */
    public Appender(Path file, ObjectNode head) throws IOException {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      this.out = Files.newBufferedWriter(file);
      write("run", head.put("format", 1));
      out.flush();
    }

    /** Adds one run of a case. */
    public void add(CaseHistory history) throws IOException {
      synchronized (lock) {
        ObjectNode start = JsonNodeFactory.instance.objectNode();
        start.put("case", history.caseId()).put("attempt", history.attempt());
        start.set("capabilities", history.capabilities());
        write("case", start.put("durationMs", history.durationMs()));
        for (HistoryEvent event : history.events()) {
          write("event", MAPPER.valueToTree(event));
        }
        ObjectNode end = JsonNodeFactory.instance.objectNode();
        end.put("case", history.caseId()).put("attempt", history.attempt());
        write("case-end", end.put("events", history.events().size()));
        out.flush();
      }
    }

    /** Adds a case that is not run. */
    public void notRun(String caseId, String verdict, String message) throws IOException {
      synchronized (lock) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        write("not-run", line.put("case", caseId).put("verdict", verdict).put("message", message));
        out.flush();
      }
    }

    /** Adds the last line. */
    public void end(ObjectNode end) throws IOException {
      synchronized (lock) {
        write("end", end);
        out.flush();
      }
    }

    private void write(String line, ObjectNode body) throws IOException {
      ObjectNode whole = JsonNodeFactory.instance.objectNode().put("line", line);
      whole.setAll(body);
      out.write(MAPPER.writeValueAsString(whole));
      out.write('\n');
    }

    @Override
    public void close() throws IOException {
      synchronized (lock) {
        out.close();
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or with a sentence that names the line that is
   *     damaged
   */
  public static Content read(Path file) throws IOException {
    @Nullable ObjectNode head = null;
    @Nullable ObjectNode end = null;
    @Nullable JsonNode open = null;
    List<HistoryEvent> events = new ArrayList<>();
    List<CaseHistory> histories = new ArrayList<>();
    List<ObjectNode> notRun = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        ObjectNode json = parse(file, number, line);
        String kind = json.path("line").asText();
        json.remove("line");
        switch (kind) {
          case "run" -> head = json;
          case "case" -> {
            open = json;
            events = new ArrayList<>();
          }
          case "event" -> events.add(MAPPER.treeToValue(json, HistoryEvent.class));
          case "case-end" -> {
            if (open == null || json.path("events").asInt() != events.size()) {
              throw damaged(file, number, "the number of events is wrong");
            }
            histories.add(history(open, events));
            open = null;
          }
          case "not-run" -> notRun.add(json);
          case "end" -> end = json;
          default -> throw damaged(file, number, "unknown kind of line '" + kind + "'");
        }
      }
    }
    if (head == null) {
      throw damaged(file, 1, "the first line must be {\"line\": \"run\", …}");
    }
    return new Content(head, histories, notRun, Optional.ofNullable(end));
  }

  private static CaseHistory history(JsonNode open, List<HistoryEvent> events) {
    return new CaseHistory(
        open.path("case").asText(),
        open.path("attempt").asInt(1),
        (ObjectNode) open.path("capabilities"),
        events,
        open.path("durationMs").asLong());
  }

  private static ObjectNode parse(Path file, int number, String line) throws IOException {
    try {
      if (MAPPER.readTree(line) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw damaged(file, number, "it is not JSON");
    }
    throw damaged(file, number, "it is not a JSON object");
  }

  private static IOException damaged(Path file, int number, String what) {
    return new IOException("%s, line %d: %s; a file that ./harness run wrote is expected"
        .formatted(file, number, what));
  }
}
