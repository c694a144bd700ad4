package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.json;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.CaseSpan.text;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.TraceInfoField.traceInfo;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.ArrayList;
import java.util.List;

/** How inputs and outputs of the root become previews. */
final class PreviewCases {

  private static final String REQUEST = "/request_preview";
  private static final String RESPONSE = "/response_preview";
  private static final String ROCKET = "🚀";

  private PreviewCases() {}

  static List<ConformanceCase> all() {
    return List.of(requestShapes(), responseShapes(), cut(), codePoints(), absent(), explicit());
  }

  /** A value and the preview that it has. */
  private record Shape(String name, JsonNode value, String preview) {

    static Shape of(String name, String value, String preview) {
      return new Shape(name, json(value), preview.replace('\'', '"'));
    }
  }

  private static ConformanceCase requestShapes() {
    return shapes(
        "MLF-PREVIEW-001",
        "Inputs that hold messages are shown as the last message of the user",
        REQUEST,
        List.of(
            Shape.of("string", "'hello'", "'hello'"),
            Shape.of("number", "5", "5"),
            Shape.of(
                "plain-object",
                "{'q': 'x', 'n': [1, true, null]}",
                "{'q': 'x', 'n': [1, true, null]}"),
            Shape.of(
                "last-user",
                "{'messages': [{'role': 'user', 'content': 'first'}, {'role': 'user', 'content': 'second'},"
                    + " {'role': 'assistant', 'content': 'a'}]}",
                "second"),
            Shape.of(
                "text-part",
                "{'messages': [{'role': 'user', 'content': [{'type': 'image_url'}, {'type': 'text', 'text': 'look'}]}]}",
                "look"),
            Shape.of("input-list", "{'input': [{'role': 'user', 'content': 'q'}]}", "q"),
            Shape.of(
                "request-member",
                "{'request': {'input': [{'role': 'user', 'content': 'wrapped'}]}}",
                "wrapped"),
            Shape.of(
                "no-user",
                "{'messages': [{'role': 'system', 'content': 'only system'}]}",
                "only system"),
            Shape.of("no-messages", "{'messages': []}", "{'messages': []}"),
            Shape.of("no-message-items", "{'messages': [{'x': 1}]}", "{'messages': [{'x': 1}]}"),
            Shape.of(
                "null-content",
                "{'messages': [{'role': 'user', 'content': null}]}",
                "{'messages': [{'role': 'user', 'content': null}]}"),
            Shape.of(
                "bare-list",
                "[{'role': 'user', 'content': 'bare'}]",
                "[{'role': 'user', 'content': 'bare'}]")));
  }

  private static ConformanceCase responseShapes() {
    return shapes(
        "MLF-PREVIEW-002",
        "Outputs that hold messages are shown as the last message of the assistant",
        RESPONSE,
        List.of(
            Shape.of("string", "'bye'", "'bye'"),
            Shape.of(
                "choices",
                "{'choices': [{'message': {'role': 'assistant', 'content': 'answer'}}]}",
                "answer"),
            Shape.of(
                "output-text",
                "{'output': [{'role': 'assistant', 'content': [{'type': 'output_text', 'text': 'resp'}]}]}",
                "resp"),
            Shape.of("output-list", "{'output': [{'role': 'assistant', 'content': 'r'}]}", "r"),
            Shape.of(
                "last-assistant",
                "{'messages': [{'role': 'assistant', 'content': 'mine'}, {'role': 'user', 'content': 'yours'}]}",
                "mine"),
            Shape.of("no-assistant", "{'messages': [{'role': 'user', 'content': 'u'}]}", "u"),
            Shape.of("no-choices", "{'choices': []}", "{'choices': []}"),
            Shape.of("strings", "{'output': ['x']}", "{'output': ['x']}"),
            Shape.of("empty-list", "[]", "[]")));
  }

  private static ConformanceCase shapes(String id, String title, String field, List<Shape> shapes) {
    List<CaseSpan> roots = new ArrayList<>();
    for (Shape shape : shapes) {
      CaseSpan span = root(shape.name());
      roots.add(field.equals(REQUEST) ? span.inputs(shape.value()) : span.outputs(shape.value()));
    }
    ConformanceCase.Builder preview = conformanceCase(id)
        .title(title)
        .family("preview")
        .requirement("MLF-SEM-PREVIEW-01")
        .when(emit(roots.toArray(CaseSpan[]::new)), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(shapes.size()));
    for (Shape shape : shapes) {
      preview.then(shape.name(), traceInfo(shape.name(), field).is(shape.preview()));
    }
    return preview.build();
  }

  private static ConformanceCase cut() {
    return preview("MLF-PREVIEW-003", "A preview has at most 1000 characters, the last three dots")
        .requirement("MLF-SEM-PREVIEW-01")
        .when(
            emit(
                root("fits").inputs("x".repeat(998)).outputs("y".repeat(998)),
                root("long")
                    .inputs("x".repeat(999))
                    .outputs(json("{'a': '%s'}".formatted("y".repeat(2000)))),
                root("message")
                    .inputs(json("{'messages': [{'role': 'user', 'content': '%s'}]}"
                        .formatted("m".repeat(1001))))),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(3))
        .then("fits", traceInfo("fits", REQUEST).is("\"" + "x".repeat(998) + "\""))
        .then("fits-too", traceInfo("fits", RESPONSE).is("\"" + "y".repeat(998) + "\""))
        .then("cut", traceInfo("long", REQUEST).is("\"" + "x".repeat(996) + "..."))
        .then("cut-too", traceInfo("long", RESPONSE).is("{\"a\": \"" + "y".repeat(990) + "..."))
        .then("message", traceInfo("message", REQUEST).is("m".repeat(997) + "..."))
        .build();
  }

  private static ConformanceCase codePoints() {
    return preview("MLF-PREVIEW-004", "Characters of a preview are counted as code points")
        .requirement("MLF-SEM-PREVIEW-01")
        .when(
            emit(
                root("fits").inputs(ROCKET.repeat(998)).outputs("é".repeat(998)),
                root("long").inputs(ROCKET.repeat(1200)).outputs("é".repeat(1200))),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(2))
        .then("fits", traceInfo("fits", REQUEST).is("\"" + ROCKET.repeat(998) + "\""))
        .then("fits-too", traceInfo("fits", RESPONSE).is("\"" + "é".repeat(998) + "\""))
        .then("cut", traceInfo("long", REQUEST).is("\"" + ROCKET.repeat(996) + "..."))
        .then("cut-too", traceInfo("long", RESPONSE).is("\"" + "é".repeat(996) + "..."))
        .build();
  }

  private static ConformanceCase absent() {
    return preview("MLF-PREVIEW-005", "Without inputs there is no preview; null and empty have one")
        .requirement("MLF-SEM-PREVIEW-02")
        .when(
            emit(
                root("none"),
                root("null").inputs(json("null")).outputs(json("null")),
                root("empty").inputs(text("")).outputs(json("{}"))),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(3))
        .then("no-request", traceInfo("none", REQUEST).absent())
        .then("no-response", traceInfo("none", RESPONSE).absent())
        .then("null-request", traceInfo("null", REQUEST).is("null"))
        .then("null-response", traceInfo("null", RESPONSE).is("null"))
        .then("empty-request", traceInfo("empty", REQUEST).is("\"\""))
        .then("empty-response", traceInfo("empty", RESPONSE).is("{}"))
        .build();
  }

  private static ConformanceCase explicit() {
    return preview("MLF-PREVIEW-006", "A preview that the application sets is sent as it is")
        .requirement("MLF-SEM-PREVIEW-03")
        .when(
            emit(root("work")
                .inputs("in")
                .outputs("out")
                .trace("request_preview", "p".repeat(1500))
                .trace("response_preview", "custom")),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).exactly(1))
        .then("request", traceInfo("work", REQUEST).is("p".repeat(1500)))
        .then("response", traceInfo("work", RESPONSE).is("custom"))
        .build();
  }

  private static ConformanceCase.Builder preview(String id, String title) {
    return conformanceCase(id).title(title).family("preview");
  }
}
