package io.github.tracingharness.conformance.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tracingharness.conformance.judge.Verdict;
import io.github.tracingharness.conformance.report.SubjectIdentity;
import io.github.tracingharness.conformance.requirement.Level;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a {@code report.json}: that of a run, or the lean form that is kept. */
public final class ReportReader {

  private static final String OF_A_RUN = "tracing-harness/report/1";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RequirementRegistry requirements;

  /**
   * A reader.
   *
   * @param requirements where the report of a run leaves out what a requirement says
   */
  public ReportReader(RequirementRegistry requirements) {
    this.requirements = requirements;
  }

  /**
   * Reads a file.
   *
   * @param label name of the result in a comparison
   * @throws UnreadableReportException if there is none, or it is damaged
   */
  public SubjectResult read(Path file, String label) {
    JsonNode json = parse(file);
    String schema = json.path("schema").asText();
    if (!schema.equals(OF_A_RUN) && !schema.equals(ResultFile.SCHEMA)) {
      throw new UnreadableReportException(
          "%s has the schema '%s', but %s or %s is expected; ./harness run writes it"
              .formatted(file, schema, OF_A_RUN, ResultFile.SCHEMA));
    }
    try {
      return result(json, label);
    } catch (IllegalArgumentException e) {
      throw new UnreadableReportException("%s is damaged: %s".formatted(file, e.getMessage()));
    }
  }

  private static JsonNode parse(Path file) {
    try {
      return JSON.readTree(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new UnreadableReportException("there is no file " + file);
    } catch (JsonProcessingException e) {
      throw new UnreadableReportException(file + " is not JSON");
    } catch (IOException e) {
      throw new UnreadableReportException("cannot read %s: %s".formatted(file, e.getMessage()));
    }
  }

  private SubjectResult result(JsonNode json, String label) {
    List<CaseLine> cases = new ArrayList<>();
    json.path("cases").forEach(c -> cases.add(caseLine(c)));
    cases.sort(CaseLine.ORDER);
    Map<String, Statement> statements = new TreeMap<>();
    for (CaseLine c : cases) {
      if (c.isNoteworthy()) {
        statement(statements, json, c.requirement(), c.level());
        c.unmet().forEach(k -> statement(statements, json, k.requirement(), k.level()));
      }
    }
    return new SubjectResult(
        label,
        subject(json.path("subject")),
        json.path("suite").asText(),
        json.path("seed").asLong(),
        json.path("startedAt").asText(),
        json.path("durationMs").asLong(),
        cases,
        statements);
  }

  private static SubjectIdentity subject(JsonNode json) {
    return new SubjectIdentity(
        json.path("name").asText(),
        json.path("version").asText(),
        json.path("language").asText(),
        json.path("runtime").asText(),
        json.path("driver").asText());
  }

  private void statement(
      Map<String, Statement> statements, JsonNode json, String key, Level level) {
    JsonNode kept = json.path("statements").path(key);
    statements.put(
        key,
        kept.isObject()
            ? new Statement(
                key,
                Level.valueOf(kept.path("level").asText()),
                kept.path("text").asText(),
                kept.path("source").asText())
            : requirements
                .find(key)
                .map(r -> new Statement(key, r.level(), r.text(), r.source()))
                .orElse(new Statement(key, level, "", "")));
  }

  private CaseLine caseLine(JsonNode c) {
    String requirement = c.path("requirement").asText();
    List<CaseLine.UnmetCheck> unmet = new ArrayList<>();
    for (JsonNode check : c.path("checks")) {
      Verdict verdict = Verdict.valueOf(check.path("verdict").asText());
      if (verdict == Verdict.FAIL || verdict == Verdict.WARN) {
        unmet.add(new CaseLine.UnmetCheck(
            check.path("id").asText(),
            Level.valueOf(check.path("level").asText()),
            check.path("requirement").asText(),
            check.path("message").asText()));
      }
    }
    List<String> excerpt = new ArrayList<>();
    c.path("excerpt").forEach(line -> excerpt.add(line.asText()));
    return new CaseLine(
        c.path("id").asText(),
        c.path("title").asText(),
        c.path("family").asText(),
        c.path("set").asText(),
        c.path("destination").asText(),
        Verdict.valueOf(c.path("verdict").asText()),
        c.path("kind").asText(),
        Level.valueOf(c.path("level").asText()),
        requirement,
        c.path("message").asText(),
        unmet,
        known(c.path("known")),
        excerpt,
        c.path("repro").asText());
  }

  private static CaseLine.@Nullable Known known(JsonNode json) {
    return json.isObject()
        ? new CaseLine.Known(
            json.path("reason").asText(), json.has("url") ? json.path("url").asText() : null)
        : null;
  }
}
