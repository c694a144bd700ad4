package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.JsonLayout;
import io.github.tracingharness.server.state.Assessment;
import io.github.tracingharness.server.state.Assessment.Kind;
import io.github.tracingharness.server.state.TrackingException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Assessments in JSON, both ways. */
final class AssessmentJson {

  static final Schema SCHEMA = Schema.of(
          Schema.text("assessment_id"),
          Schema.text("assessment_name"),
          Schema.text("trace_id"),
          Schema.text("span_id"),
          Schema.message(
              "source",
              Schema.of(
                  Schema.enumeration("source_type", SourceType.values()),
                  Schema.text("source_id"))),
          Schema.timestamp("create_time"),
          Schema.timestamp("last_update_time"),
          Schema.message(
              "feedback",
              Schema.of(
                  Schema.value("value"),
                  Schema.message(
                      "error",
                      Schema.of(
                          Schema.text("error_code"),
                          Schema.text("error_message"),
                          Schema.text("stack_trace"))))),
          Schema.message(
              "expectation",
              Schema.of(
                  Schema.value("value"),
                  Schema.message(
                      "serialized_value",
                      Schema.of(Schema.text("serialization_format"), Schema.text("value"))))),
          Schema.message("issue", Schema.of(Schema.text("issue_name"))),
          Schema.text("rationale"),
          Schema.stringMap("metadata"),
          Schema.text("overrides"),
          Schema.bool("valid"))
      .withOneOf("feedback", "expectation", "issue");

  private static final String JSON_FORMAT = "JSON_FORMAT";

  /** Who judged, in the order of the numbers. */
  enum SourceType {
    SOURCE_TYPE_UNSPECIFIED,
    HUMAN,
    LLM_JUDGE,
    CODE
  }

  private AssessmentJson() {}

  /** A new assessment of a trace. */
  static Assessment read(Message said, String traceId) {
    Kind kind = kind(said);
    long now = System.currentTimeMillis();
    Message source = said.message("source");
    boolean expectation = kind == Kind.EXPECTATION;
    return new Assessment(
        said.optionalText("assessment_id")
            .filter(id -> !id.isEmpty())
            .orElseGet(() -> "a-" + UUID.randomUUID().toString().replace("-", "")),
        said.text("assessment_name"),
        traceId,
        given(said, "span_id"),
        source.optionalText("source_type").orElse(SourceType.SOURCE_TYPE_UNSPECIFIED.name()),
        source.text("source_id"),
        said.number("create_time").filter(time -> time != 0).orElse(now),
        said.number("last_update_time").filter(time -> time != 0).orElse(now),
        kind,
        content(kind, said.message(kind.member())),
        expectation ? null : given(said, "rationale"),
        said.map("metadata"),
        kind == Kind.FEEDBACK ? given(said, "overrides") : null,
        true);
  }

  private static @Nullable String given(Message said, String member) {
    return said.optionalText(member).filter(text -> !text.isEmpty()).orElse(null);
  }

  static JsonNode content(Kind kind, Message said) {
    return switch (kind) {
      case FEEDBACK -> feedback(said);
      case EXPECTATION -> expectation(said);
      case ISSUE -> issue(said);
    };
  }

  static ObjectNode write(Assessment assessment) {
    ObjectNode json = Json.object();
    json.put("assessment_id", assessment.id());
    json.put("assessment_name", assessment.name());
    json.put("trace_id", assessment.traceId());
    if (assessment.spanId() != null) {
      json.put("span_id", assessment.spanId());
    }
    ObjectNode source = json.putObject("source");
    source.put("source_type", assessment.sourceType());
    if (!assessment.sourceId().isEmpty()) {
      source.put("source_id", assessment.sourceId());
    }
    json.put("create_time", ProtoTexts.timestamp(assessment.createMillis()));
    json.put("last_update_time", ProtoTexts.timestamp(assessment.updateMillis()));
    boolean issue = assessment.kind() == Kind.ISSUE;
    if (!issue) {
      json.set(assessment.kind().member(), assessment.content());
    }
    if (assessment.rationale() != null) {
      json.put("rationale", assessment.rationale());
    }
    if (!assessment.metadata().isEmpty()) {
      ObjectNode metadata = json.putObject("metadata");
      assessment.metadata().forEach(metadata::put);
    }
    if (assessment.overrides() != null) {
      json.put("overrides", assessment.overrides());
    }
    json.put("valid", assessment.valid());
    if (issue) {
      // The newest kind has the highest number in the protocol, so it comes last.
      json.set(assessment.kind().member(), assessment.content());
    }
    return json;
  }

  private static Kind kind(Message said) {
    for (Kind kind : Kind.values()) {
      if (said.has(kind.member())) {
        return kind;
      }
    }
    throw TrackingException.invalid("Unknown assessment type: None");
  }

  private static JsonNode feedback(Message said) {
    ObjectNode content = Json.object();
    content.set("value", said.node("value").orElse(NullNode.instance));
    if (said.has("error")) {
      ObjectNode error = content.putObject("error");
      Message sent = said.message("error");
      for (String member : List.of("error_code", "error_message", "stack_trace")) {
        sent.optionalText(member).ifPresent(text -> error.put(member, text));
      }
    }
    return content;
  }

  private static JsonNode issue(Message said) {
    ObjectNode content = Json.object();
    said.optionalText("issue_name").ifPresent(name -> content.put("issue_name", name));
    return content;
  }

  private static JsonNode expectation(Message said) {
    JsonNode value = said.node("value").orElse(NullNode.instance);
    if (said.has("serialized_value")) {
      Message serialized = said.message("serialized_value");
      String format = serialized.text("serialization_format");
      if (!format.equals(JSON_FORMAT)) {
        throw TrackingException.invalid(
            "Unknown serialization format: " + format + ". Only JSON_FORMAT is supported.");
      }
      value = Json.read(serialized.text("value")).orElseThrow(BodyReader.CrashException::new);
    }
    if (value.isNull()) {
      throw TrackingException.invalid("The `value` field must be specified.");
    }
    ObjectNode content = Json.object();
    if (value.isContainerNode()) {
      ObjectNode serialized = content.putObject("serialized_value");
      serialized.put("serialization_format", JSON_FORMAT);
      serialized.put("value", JsonLayout.SPACED.write(value));
    } else {
      content.set("value", value);
    }
    return content;
  }
}
