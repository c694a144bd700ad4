package io.github.tracingharness.server.api;

import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.state.StartTrace;
import io.github.tracingharness.server.state.TraceState;
import io.github.tracingharness.server.state.TrackingException;

/** {@code POST /api/3.0/mlflow/traces}. */
final class StartTraceHandler implements Handler {

  static final Schema EXPERIMENT = Schema.of(Schema.text("experiment_id"));
  static final Schema LOCATION = Schema.of(
      Schema.enumeration("type", LocationType.values()),
      Schema.message("mlflow_experiment", EXPERIMENT),
      Schema.message("inference_table", Schema.of(Schema.text("full_table_name"))),
      Schema.message(
          "uc_schema", Schema.of(Schema.text("catalog_name"), Schema.text("schema_name"))));
  private static final BodyReader BODY = BodyReader.of(
      Schema.of(
          Schema.message("trace", Schema.of(Schema.message("trace_info", infoSchema(LOCATION))))),
      "trace");

  enum LocationType {
    TRACE_LOCATION_TYPE_UNSPECIFIED,
    MLFLOW_EXPERIMENT,
    INFERENCE_TABLE,
    UC_SCHEMA
  }

  @Override
  public Reply handle(Call call) {
    Message info = BODY.read(call.request()).message("trace").message("trace_info");
    StartTrace said = said(info, experimentId(info.message("trace_location")));
    return Replies.compact(TraceJson.wrapped(call.state().traces().start(said)));
  }

  /** The shape of a trace info with a shape of locations. */
  static Schema infoSchema(Schema location) {
    return Schema.of(
        Schema.text("trace_id"),
        Schema.text("client_request_id"),
        Schema.message("trace_location", location),
        Schema.text("request_preview"),
        Schema.text("response_preview"),
        Schema.timestamp("request_time"),
        Schema.duration("execution_duration"),
        Schema.enumeration("state", TraceState.values()),
        Schema.stringMap("trace_metadata"),
        Schema.message("assessments", AssessmentJson.SCHEMA).list(),
        Schema.stringMap("tags"));
  }

  static StartTrace said(Message info, String experimentId) {
    return new StartTrace(
        info.text("trace_id"),
        experimentId,
        info.optionalText("client_request_id").orElse(null),
        info.number("request_time").orElse(0L),
        info.number("execution_duration").orElse(null),
        TraceState.valueOf(info.optionalText("state").orElse(TraceState.STATE_UNSPECIFIED.name())),
        info.map("trace_metadata"),
        info.map("tags"),
        info.optionalText("request_preview").orElse(null),
        info.optionalText("response_preview").orElse(null),
        info.messages("assessments").stream()
            .map(assessment -> AssessmentJson.read(assessment, info.text("trace_id")))
            .toList());
  }

  private static String experimentId(Message location) {
    String type =
        location.optionalText("type").orElse(LocationType.TRACE_LOCATION_TYPE_UNSPECIFIED.name());
    if (!location.has("mlflow_experiment")) {
      throw TrackingException.internal(
          "int() argument must be a string, a bytes-like object or a real number, not 'NoneType'");
    }
    String id = location.message("mlflow_experiment").text("experiment_id");
    if (!type.equals(LocationType.MLFLOW_EXPERIMENT.name())) {
      throw TrackingException.invalid("Trace location type TraceLocationType."
          + type
          + " does not match the provided location MlflowExperimentLocation(experiment_id='"
          + id
          + "').");
    }
    if (id.isEmpty()) {
      throw TrackingException.internal("invalid literal for int() with base 10: ''");
    }
    return id;
  }
}
