package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.json;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Steps.await;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.exit;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.Requests.traceUploads;
import static io.github.tracingharness.conformance.check.TraceInfoField.tag;
import static io.github.tracingharness.conformance.model.ConformanceCase.conformanceCase;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Exits;
import io.github.tracingharness.conformance.check.Links;
import io.github.tracingharness.conformance.check.Logs;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import java.util.List;
import java.util.regex.Pattern;

/** Prompts that a trace used: the tag, the linking request, and what happens when linking fails. */
final class PromptCases {

  private static final String TAG = "mlflow.linkedPrompts";
  private static final String LINKED = "MLF-SEM-PROMPT-01";
  private static final JsonNode TWO =
      json("[{'name': 'greet', 'version': '1'}, {'name': 'answer', 'version': '2'}]");
  private static final Fault REFUSED = Fault.status(400);

  private PromptCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        linked("MLF-PROMPT-001", false),
        linked("MLF-PROMPT-002", true),
        none("MLF-PROMPT-003", false),
        none("MLF-PROMPT-004", true),
        linkingFails(),
        linkRefused(),
        repeated(),
        linkedAtExit());
  }

  private static ConformanceCase linked(String id, boolean async) {
    return conformanceCase(id)
        .title("Two prompts of a trace are tagged and linked once, %s"
            .formatted(async ? "async" : "sync"))
        .family("prompt")
        .requirement(LINKED)
        .config("async", async)
        .given(Servers::withoutSpanStorage)
        .when(emit(twoPrompts()), flush(), await(Endpoints.LINK_PROMPTS, 1), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then("tag", tag("work", TAG).isTextOf(TWO))
        .then("one-link", requests(Endpoints.LINK_PROMPTS).exactly(1))
        .then(
            "content-type",
            requests(Endpoints.LINK_PROMPTS)
                .header("Content-Type", Pattern.compile("application/json(;.*)?")))
        .then("linked", Links.linked("work", TWO))
        .then("one-start", requests(Endpoints.START_TRACE).exactly(1))
        .then("one-upload", traceUploads().exactly(1))
        .build();
  }

  private static ConformanceCase none(String id, boolean async) {
    return conformanceCase(id)
        .title("A trace without prompts links nothing, %s".formatted(async ? "async" : "sync"))
        .family("prompt")
        .requirement("MLF-SEM-PROMPT-02")
        .config("async", async)
        .given(Servers::withoutSpanStorage)
        .when(emit(root("work").inputs("in")), flush(), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .control("uploaded", traceUploads().atLeast(1))
        .never("no-link", requests(Endpoints.LINK_PROMPTS).none())
        .never("no-tag", tag("work", TAG).absent())
        .build();
  }

  private static ConformanceCase linkingFails() {
    return conformanceCase("MLF-PROMPT-005")
        .title("When linking fails, that is logged and the trace is exported all the same")
        .family("prompt")
        .requirement("MLF-SEM-PROMPT-03")
        .config("async", false)
        .config("retry.max_attempts", 1)
        .given(Servers.always(Endpoint.GET_TRACE_INFO, REFUSED))
        .given(Servers.always(Endpoint.LINK_PROMPTS, REFUSED))
        .when(emit(twoPrompts()), await(Endpoints.GET_TRACE_INFO, 1), flush(), shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .control("tried", Links.attempted())
        .then("logged", Logs.logged("WARN", Pattern.compile("(?i)link.*prompt|prompt.*link")))
        .then("one-start", requests(Endpoints.START_TRACE).accepted().exactly(1))
        .then("spans-once", Delivery.everySpanOnce())
        .then("app-unharmed", Replies.answered("emit", 1))
        .build();
  }

  private static ConformanceCase linkRefused() {
    return conformanceCase("MLF-PROMPT-006")
        .title("A refused linking request is logged as a warning")
        .family("prompt")
        .requirement("MLF-SEM-PROMPT-04")
        .config("async", false)
        .config("retry.max_attempts", 1)
        .given(Servers.always(Endpoint.LINK_PROMPTS, REFUSED))
        .when(emit(twoPrompts()), await(Endpoints.LINK_PROMPTS, 1), flush(), shutdown())
        .control("tried", requests(Endpoints.LINK_PROMPTS).atLeast(1))
        .then("logged", Logs.logged("WARN", Pattern.compile("(?i)link.*prompt|prompt.*link")))
        .then("one-start", LINKED, requests(Endpoints.START_TRACE).accepted().exactly(1))
        .build();
  }

  private static ConformanceCase repeated() {
    return conformanceCase("MLF-PROMPT-007")
        .title("A prompt that was used twice is named once")
        .family("prompt")
        .requirement("MLF-SEM-PROMPT-05")
        .when(
            emit(root("work")
                .inputs("in")
                .prompt("greet", "1")
                .prompt("answer", "2")
                .prompt("greet", "1")),
            flush(),
            await(Endpoints.LINK_PROMPTS, 1),
            shutdown())
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then("tag", tag("work", TAG).isTextOf(TWO))
        .then("linked", Links.linked("work", TWO))
        .build();
  }

  private static ConformanceCase linkedAtExit() {
    return conformanceCase("MLF-PROMPT-008")
        .title("Prompts are linked although the application ends at once")
        .family("prompt")
        .requirement("MLF-LIFE-EXIT-03")
        .config("async", true)
        .when(emit(twoPrompts()), exit("return"))
        .control("seen", requests(Endpoints.START_TRACE).atLeast(1))
        .then("linked", Links.linked("work", TWO))
        .then("exit-code", "MLF-LIFE-EXIT-04", Exits.normally())
        .build();
  }

  private static CaseSpan twoPrompts() {
    return root("work").inputs("in").outputs("out").prompt("greet", "1").prompt("answer", "2");
  }
}
