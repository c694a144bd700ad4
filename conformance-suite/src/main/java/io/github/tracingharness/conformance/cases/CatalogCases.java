package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.json;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.CaseSpan.text;
import static io.github.tracingharness.conformance.cases.Catalog.INFOS;
import static io.github.tracingharness.conformance.cases.Catalog.OTHER;
import static io.github.tracingharness.conformance.cases.Catalog.PREFIXED;
import static io.github.tracingharness.conformance.cases.Catalog.SPANS;
import static io.github.tracingharness.conformance.cases.Catalog.TRACES;
import static io.github.tracingharness.conformance.cases.Catalog.spansTo;
import static io.github.tracingharness.conformance.cases.Steps.await;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.Requests.requests;
import static io.github.tracingharness.conformance.check.Requests.traceUploads;
import static io.github.tracingharness.conformance.check.SpanStatement.span;
import static io.github.tracingharness.conformance.check.TraceInfoField.metadata;
import static io.github.tracingharness.conformance.check.TraceInfoField.tag;
import static io.github.tracingharness.conformance.check.TraceInfoField.traceInfo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.tracingharness.conformance.check.Batches;
import io.github.tracingharness.conformance.check.Catalogs;
import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Endpoints;
import io.github.tracingharness.conformance.check.Links;
import io.github.tracingharness.conformance.check.Requests;
import io.github.tracingharness.conformance.check.Secrets;
import io.github.tracingharness.conformance.check.Shapes;
import io.github.tracingharness.conformance.check.SizeStatistics;
import io.github.tracingharness.conformance.check.Times;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Traces in Unity Catalog: ids, tables, the trace info of version 4, prompts. */
final class CatalogCases {

  private static final String EXPORT = "UCT-EXPORT-01";
  private static final String NO_UPLOAD = "UCT-EXPORT-02";
  private static final String INFO = "UCT-INFO-01";
  private static final String TABLE = "UCT-TABLE-01";
  private static final int MOST_PROMPTS = 25;
  private static final long START = 1_700_000_000_123_456_789L;
  private static final long END = 1_700_000_001_357_456_789L;

  private CatalogCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        exported("UCT-EXPORT-001", false),
        exported("UCT-EXPORT-002", true),
        noUpload("UCT-EXPORT-003", false),
        noUpload("UCT-EXPORT-004", true),
        infoAlone(),
        info(),
        prefix(),
        ownTable(),
        everyDestinationFlushed(),
        prompts(),
        userAndSession(),
        previewLimit(),
        sizes());
  }

  private static ConformanceCase exported(String id, boolean async) {
    return uc(id, "A span goes to its table by one request, %s", async)
        .requirement(EXPORT)
        .config("batch.max_size", 1)
        .when(
            emit(root("work")
                .times(START, END)
                .inputs(json("{'q': 'x'}"))
                .outputs("out")
                .attribute("k", json("7"))
                .event("ev", START, Map.of("attr1", "val1"))),
            flush(),
            shutdown())
        .control("seen", SPANS.atLeast(1))
        .then("one-request", SPANS.exactly(1))
        .then("one-span", Batches.sizes(spansTo(TRACES), 1))
        .then("spans-once", Delivery.everySpanOnce())
        .then("traces-once", Delivery.everyTraceOnce())
        .then("ids", Catalogs.traceIdsNameTheLocation())
        .then("method", SPANS.method("POST"))
        .then("content-type", SPANS.header("Content-Type", "application/x-protobuf"))
        .then("bearer", "MLF-REST-AUTH-01", Catalog.bearer(SPANS).and(Catalog.bearer(INFOS)))
        .never("no-leak", "SEC-SECRET-01", Secrets.onlyInAuthorization())
        .then("bare-ids", Shapes.spanIdsAreBare())
        .then("root", span("work").root())
        .then("times", span("work").times(START, END))
        .then("status", span("work").status("OK"))
        .then("request-id", Shapes.requestIdIsTraceId("work"))
        .then("inputs", span("work").attribute("mlflow.spanInputs", json("{'q': 'x'}")))
        .then("outputs", span("work").attribute("mlflow.spanOutputs", text("out")))
        .then("attribute", span("work").attribute("k", json("7")))
        .then("event", span("work").event("ev", START, Map.of("attr1", text("val1"))))
        .build();
  }

  private static ConformanceCase noUpload(String id, boolean async) {
    return uc(id, "A trace info is sent, but no data are uploaded, %s", async)
        .requirement(NO_UPLOAD)
        .when(emit(root("work").inputs("in"), child("part", "work")), flush(), shutdown())
        .control("info", INFOS.accepted().atLeast(1))
        .control("spans", SPANS.accepted().atLeast(1))
        .then("one-info", INFOS.exactly(1))
        .never("no-upload", traceUploads().none())
        .never("no-credentials", requests(Endpoints.UPLOAD_CREDENTIALS).none())
        .never("no-start-of-version-3", requests(Endpoints.START_TRACE).none())
        .never("no-otlp-of-mlflow", requests(Endpoints.OTLP_TRACES).none())
        .then("spans-once", Delivery.everySpanOnce())
        .then("traces-once", Delivery.everyTraceOnce())
        .build();
  }

  private static ConformanceCase infoAlone() {
    return uc("UCT-EXPORT-005", "Sending a trace info sends no spans that wait in a batch", true)
        .requirement("UCT-EXPORT-03")
        .config("batch.max_size", 10)
        .config("batch.interval_ms", 60_000)
        .when(
            emit(root("work").inputs("in"), child("part", "work")),
            await(Endpoints.UC_TRACE_INFO, 1),
            flush(),
            shutdown())
        .control("info", INFOS.accepted().atLeast(1))
        .never("none-with-the-info", SPANS.beforeCommand("flush").none())
        .then("one-batch", Batches.sizes(SPANS, 2))
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase info() {
    return uc("UCT-INFO-001", "The trace info of version 4 is the bare body at its own path", false)
        .requirement(INFO)
        .when(
            emit(root("work").times(START, END).inputs("in").outputs("out").tag("foo", "bar")),
            shutdown())
        .control("seen", INFOS.atLeast(1))
        .then("method", INFOS.method("POST"))
        .then("path", Catalogs.infoPath("work"))
        .then(
            "content-type", INFOS.header("Content-Type", Pattern.compile("application/json(;.*)?")))
        .then("length", INFOS.bodyLengthDeclared())
        .then("bare", Catalogs.infoIsBare("work"))
        .then("location", Catalogs.infoNamesTheLocation("work"))
        .then("version", metadata("work", "mlflow.trace_schema.version").is("4"))
        .then("state", traceInfo("work", "/state").is("OK"))
        .then("time", Times.requestTime("work", "2023-11-14T22:13:20.123Z"))
        .then("duration", Times.duration("work", "1.234"))
        .then("tag", tag("work", "foo").is("bar"))
        .then("request", traceInfo("work", "/request_preview").is("\"in\""))
        .then("response", traceInfo("work", "/response_preview").is("\"out\""))
        .then("ids", Catalogs.traceIdsNameTheLocation())
        .build();
  }

  private static ConformanceCase prefix() {
    return uc("UCT-TABLE-001", "Tables with a prefix are named in id, path, info and header", false)
        .destination(PREFIXED)
        .requirement(TABLE)
        .when(emit(root("work").inputs("in"), child("part", "work")), shutdown())
        .control("info", INFOS.atLeast(1))
        .control("spans", SPANS.atLeast(1))
        .then("ids", INFO, Catalogs.traceIdsNameTheLocation())
        .then("path", INFO, Catalogs.infoPath("work"))
        .then("location", INFO, Catalogs.infoNamesTheLocation("work"))
        .then("table", Catalogs.eachSpanToItsTable())
        .then("spans-once", Delivery.everySpanOnce())
        .build();
  }

  private static ConformanceCase ownTable() {
    return uc("UCT-TABLE-002", "Spans go to the table of the trace in which they began", true)
        .requirement("UCT-TABLE-02")
        .config("batch.max_size", 1)
        .when(
            emit(
                root("here").inputs("in").endOrder(4),
                child("here-part", "here").endOrder(2),
                root("there").destination(OTHER).inputs("in").endOrder(3),
                child("there-part", "there").endOrder(1)),
            flush(),
            shutdown())
        .control("spans", SPANS.accepted().atLeast(1))
        .control("infos", INFOS.atLeast(1))
        .then("tables", Catalogs.eachSpanToItsTable())
        .then("ids", Catalogs.traceIdsNameTheLocation())
        .then("here", Batches.sizes(spansTo(TRACES), 1, 1))
        .then("there", Batches.sizes(spansTo(OTHER), 1, 1))
        .then("spans-once", Delivery.everySpanOnce())
        .then("traces-once", Delivery.everyTraceOnce())
        .build();
  }

  private static ConformanceCase everyDestinationFlushed() {
    return uc("UCT-TABLE-003", "Flush delivers what waits for each destination used so far", true)
        .requirement("UCT-FLUSH-01")
        .config("batch.max_size", 10)
        .config("batch.interval_ms", 60_000)
        .when(
            emit(root("here").inputs("in")),
            emit(root("there").destination(OTHER).inputs("in")),
            flush(),
            shutdown())
        .control("spans", SPANS.accepted().atLeast(1))
        .then("here", spansTo(TRACES).accepted().beforeReplyTo("flush").exactly(1))
        .then("there", spansTo(OTHER).accepted().beforeReplyTo("flush").exactly(1))
        .then("infos", INFOS.accepted().beforeReplyTo("flush").exactly(2))
        .build();
  }

  private static ConformanceCase prompts() {
    CaseSpan work = root("work").inputs("in");
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    for (int n = 1; n <= MOST_PROMPTS + 5; n++) {
      work.prompt("main.traces.p" + n, Integer.toString(n));
      names.addObject().put("name", "main.traces.p" + n).put("version", Integer.toString(n));
    }
    Requests links = requests(Endpoints.UC_LINK_PROMPTS);
    return uc("UCT-PROMPT-001", "30 prompts are linked by requests of 25 and 5", false)
        .requirement("UCT-PROMPT-01")
        .when(emit(work), flush(), await(Endpoints.UC_LINK_PROMPTS, 2), shutdown())
        .control("seen", INFOS.atLeast(1))
        .then("requests", links.exactly(2))
        .then("bearer", "MLF-REST-AUTH-01", Catalog.bearer(links))
        .then("linked", Links.linkedInCatalog("work", names, MOST_PROMPTS))
        .then("tag", tag("work", "mlflow.linkedPrompts").isTextOf(names))
        .build();
  }

  private static ConformanceCase userAndSession() {
    return uc("UCT-SPAN-001", "User and session are attributes of the root span alone", false)
        .requirement("UCT-SPAN-01")
        .when(
            emit(
                root("work").inputs("in").trace("user", "u-1").trace("session", "s-1"),
                child("part", "work")),
            shutdown())
        .control("root", span("work").delivered())
        .control("child", span("part").delivered())
        .then("user", span("work").attribute("user.id", text("u-1")))
        .then("session", span("work").attribute("session.id", text("s-1")))
        .never("no-user-below", span("part").withoutAttribute("user.id"))
        .never("no-session-below", span("part").withoutAttribute("session.id"))
        .then("user-in-info", metadata("work", "mlflow.trace.user").is("u-1"))
        .then("session-in-info", metadata("work", "mlflow.trace.session").is("s-1"))
        .build();
  }

  private static ConformanceCase previewLimit() {
    String whole = "x".repeat(9_998);
    return uc("UCT-INFO-002", "A preview may have 10000 characters on Databricks", false)
        .requirement("UCT-INFO-02")
        .when(emit(root("work").inputs(whole).outputs(whole + "y")), shutdown())
        .control("seen", INFOS.atLeast(1))
        .then("longest", traceInfo("work", "/request_preview").is("\"" + whole + "\""))
        .then("cut", traceInfo("work", "/response_preview").is("\"" + whole.substring(2) + "..."))
        .build();
  }

  private static ConformanceCase sizes() {
    return uc(
            "UCT-INFO-003",
            "Sizes count the long trace id, though the body has the bare one",
            false)
        .requirement("UCT-INFO-03")
        .when(
            emit(
                root("work").inputs(json("{'q': 'é'}")).outputs("out").trace("user", "u-1"),
                child("part", "work").attribute("k", "v")),
            flush(),
            shutdown())
        .control("seen", INFOS.atLeast(1))
        .then("sizes", SizeStatistics.exactSizes("work"))
        .then("span-count", SizeStatistics.spanCount("work", 2))
        .then("percentiles", SizeStatistics.percentilesOrdered("work"))
        .build();
  }

  private static ConformanceCase.Builder uc(String id, String title, boolean async) {
    return Catalog.uc("uc", id, title.formatted(async ? "async" : "sync")).config("async", async);
  }
}
