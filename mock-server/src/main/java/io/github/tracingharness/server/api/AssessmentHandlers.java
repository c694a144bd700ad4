package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.Assessment;
import io.github.tracingharness.server.state.Assessment.Kind;
import io.github.tracingharness.server.state.TrackingException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** {@code /api/3.0/mlflow/traces/{id}/assessments}. */
final class AssessmentHandlers {

  private static final BodyReader CREATE =
      BodyReader.of(Schema.of(Schema.message("assessment", AssessmentJson.SCHEMA)), "assessment");
  private static final BodyReader UPDATE = BodyReader.of(
      Schema.of(Schema.message("assessment", AssessmentJson.SCHEMA), Schema.value("update_mask")),
      "assessment",
      "update_mask");

  private AssessmentHandlers() {}

  static Reply create(Call call) {
    String traceId = call.variable("trace_id");
    Assessment added =
        AssessmentJson.read(CREATE.read(call.request()).message("assessment"), traceId);
    if (!call.state().assessments().add(added)) {
      throw TrackingException.absent("Trace with ID '" + traceId + "' not found.");
    }
    return wrapped(added);
  }

  static Reply get(Call call) {
    return wrapped(find(call));
  }

  static Reply update(Call call) {
    Message said = UPDATE.read(call.request());
    Set<String> paths = paths(said);
    Message sent = said.message("assessment");
    if (paths.contains(Kind.EXPECTATION.member())) {
      AssessmentJson.content(Kind.EXPECTATION, sent.message(Kind.EXPECTATION.member()));
    }
    if (paths.contains("valid")) {
      throw new BodyReader.CrashException();
    }
    Assessment known = find(call);
    if (paths.containsAll(Set.of(Kind.EXPECTATION.member(), Kind.FEEDBACK.member()))) {
      throw TrackingException.invalid(
          "Cannot specify both `expectation` and `feedback` parameters.");
    }
    for (Kind other : Kind.values()) {
      if (other != known.kind() && paths.contains(other.member())) {
        throw TrackingException.invalid("Cannot update " + other.member() + " value on "
            + (known.kind() == Kind.FEEDBACK ? "a " : "an ") + known.kind().title()
            + " assessment.");
      }
    }
    long now = System.currentTimeMillis();
    call.state().assessments().change(known.traceId(), known.id(), old -> {
      JsonNode content = paths.contains(old.kind().member())
          ? AssessmentJson.content(old.kind(), sent.message(old.kind().member()))
          : old.content();
      return old.changed(
          paths.contains("assessmentName") ? sent.text("assessment_name") : old.name(),
          content,
          paths.contains("rationale") && old.kind() == Kind.FEEDBACK
              ? sent.text("rationale")
              : old.rationale(),
          paths.contains("metadata") ? sent.map("metadata") : Map.of(),
          now);
    });
    return wrapped(find(call));
  }

  static Reply delete(Call call) {
    call.state().assessments().delete(call.variable("trace_id"), call.variable("assessment_id"));
    return Replies.emptyObject();
  }

  /** A mask is a text; in any other form it names nothing. */
  private static Set<String> paths(Message said) {
    return said.node("update_mask")
        .filter(JsonNode::isTextual)
        .<Set<String>>map(mask -> new HashSet<>(Arrays.asList(mask.textValue().split(",", -1))))
        .orElse(Set.of());
  }

  private static Assessment find(Call call) {
    String traceId = call.variable("trace_id");
    String id = call.variable("assessment_id");
    if (call.state().traces().find(traceId).isEmpty()) {
      throw TrackingException.absent("Trace with request_id '" + traceId + "' not found");
    }
    return call.state()
        .assessments()
        .find(traceId, id)
        .orElseThrow(() -> TrackingException.absent(
            "Assessment with ID '" + id + "' not found for trace '" + traceId + "'"));
  }

  private static Reply wrapped(Assessment assessment) {
    ObjectNode answer = Json.object();
    answer.set("assessment", AssessmentJson.write(assessment));
    return Replies.pretty(answer);
  }
}
