package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.CaseSpan.child;
import static io.github.tracingharness.conformance.cases.CaseSpan.root;
import static io.github.tracingharness.conformance.cases.Otlp.TRACES;
import static io.github.tracingharness.conformance.cases.Otlp.work;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.export;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.OtlpSpans.sent;

import io.github.tracingharness.conformance.cases.Otlp.Encoding;
import io.github.tracingharness.conformance.check.AttributeKeys;
import io.github.tracingharness.conformance.check.Delivery;
import io.github.tracingharness.conformance.check.Envelopes;
import io.github.tracingharness.conformance.check.OtlpRequests;
import io.github.tracingharness.conformance.check.Replies;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a request says of spans: the fields of the messages, in both encodings. */
final class OtlpPayloadCases {

  private static final String RESOURCE = "OTLP-PAY-02";
  private static final String SCOPE = "OTLP-PAY-04";
  private static final String REMOTE_TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String REMOTE_SPAN = "b7ad6b7169203331";
  private static final String TRACEPARENT = "00-%s-%s-01".formatted(REMOTE_TRACE, REMOTE_SPAN);
  private static final long START = 1_700_000_000_123_456_789L;
  private static final long EVENT = 1_700_000_000_123_456_790L;
  private static final long END = 1_700_000_001_987_654_321L;

  private OtlpPayloadCases() {}

  static List<ConformanceCase> all() {
    return Stream.of(Encoding.values()).flatMap(OtlpPayloadCases::of).toList();
  }

  private static Stream<ConformanceCase> of(Encoding encoding) {
    return Stream.of(
        defaultResource(encoding),
        resourceAttributes(encoding),
        serviceName(encoding),
        grouped(encoding),
        scope(encoding),
        scopeAttributes(encoding),
        ids(encoding),
        traceState(encoding),
        flags(encoding),
        kinds(encoding),
        times(encoding),
        status(encoding),
        repeatedKey(encoding),
        nothing(encoding),
        smallValues(encoding),
        whole64(encoding),
        nonNumbers(encoding),
        nested(encoding),
        invalidText(encoding));
  }

  private static ConformanceCase defaultResource(Encoding encoding) {
    return payload(encoding, "PAYLOAD-001", "The resource names the service and the SDK by default")
        .requirement("OTLP-PAY-01")
        .when(emit(work()), flush(), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then(
            "service",
            sent("work")
                .resource("service.name", "unknown_service…", s -> s.startsWith("unknown_service")))
        .then(
            "sdk-name",
            sent("work").resource("telemetry.sdk.name", "of any text", s -> !s.isEmpty()))
        .then(
            "sdk-language",
            sent("work").resource("telemetry.sdk.language", "of any text", s -> !s.isEmpty()))
        .then(
            "sdk-version",
            sent("work").resource("telemetry.sdk.version", "of any text", s -> !s.isEmpty()))
        .build();
  }

  private static ConformanceCase resourceAttributes(Encoding encoding) {
    return payload(encoding, "PAYLOAD-002", "Resource attributes are percent-decoded strings")
        .requirement(RESOURCE)
        .config("OTEL_RESOURCE_ATTRIBUTES", "team=a%2Cb%3Dc,uni=h%C3%A9,number=12")
        .when(emit(work()), flush(), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("comma-and-equals", sent("work").resource("team", "a,b=c"))
        .then("unicode", sent("work").resource("uni", "hé"))
        .then("string", sent("work").resource("number", "12"))
        .build();
  }

  private static ConformanceCase serviceName(Encoding encoding) {
    return payload(encoding, "PAYLOAD-003", "OTEL_SERVICE_NAME wins over resource attributes")
        .requirement(RESOURCE)
        .config("OTEL_RESOURCE_ATTRIBUTES", "service.name=other,team=a")
        .config("OTEL_SERVICE_NAME", "shop")
        .when(emit(work()), flush(), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("name", sent("work").resource("service.name", "shop"))
        .then("rest", sent("work").resource("team", "a"))
        .build();
  }

  private static ConformanceCase grouped(Encoding encoding) {
    return payload(encoding, "PAYLOAD-004", "Spans of two scopes that alternate form two groups")
        .requirement("OTLP-PAY-03")
        .when(
            emit(
                root("a").scope("one", "1", ""),
                root("b").scope("two", "1", ""),
                root("c").scope("one", "1", ""),
                root("d").scope("two", "1", ""),
                root("e").scope("one", "1", "")),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("grouped", Envelopes.grouped())
        .then("once", Delivery.everySpanOnce())
        .then("right-scope", sent("d").scope("two", "1", ""))
        .build();
  }

  private static ConformanceCase scope(Encoding encoding) {
    String schema = "https://opentelemetry.io/schemas/1.30.0";
    return payload(encoding, "PAYLOAD-005", "Name, version and schema URL of a scope are sent")
        .requirement(SCOPE)
        .when(emit(work().scope("lib", "1.2.3", schema)), flush(), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("scope", sent("work").scope("lib", "1.2.3", schema))
        .build();
  }

  private static ConformanceCase scopeAttributes(Encoding encoding) {
    return payload(encoding, "PAYLOAD-019", "The attributes of a scope are sent")
        .requirement(SCOPE)
        .when(
            emit(work().scope("lib", "1", "").scopeAttribute("part", "core")), flush(), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("attribute", sent("work").scopeAttribute("part", "core"))
        .build();
  }

  private static ConformanceCase ids(Encoding encoding) {
    return payload(encoding, "PAYLOAD-006", "Ids are whole, and parents are right")
        .requirement("OTLP-PAY-05")
        .when(
            emit(
                work(), child("kid", "work"), root("far").remoteParent("traceparent", TRACEPARENT)),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("ids", sent("work").wholeIds().and(sent("kid").wholeIds()))
        .then("root", sent("work").root())
        .then("parent", sent("kid").parent("work"))
        .then("remote-parent", sent("far").parentId(REMOTE_SPAN))
        .then("remote-trace", sent("far").trace(REMOTE_TRACE))
        .build();
  }

  private static ConformanceCase traceState(Encoding encoding) {
    return payload(encoding, "PAYLOAD-007", "The trace state of a span and of a link is sent")
        .requirement("OTLP-PAY-06")
        .when(
            emit(work()
                .remoteParent("traceparent", TRACEPARENT)
                .remoteParent("tracestate", "k=v")
                .remoteLink(REMOTE_TRACE, REMOTE_SPAN, "l=w")),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("span", sent("work").traceState("k=v"))
        .then("link", sent("work").linkTraceState(1, "l=w"))
        .build();
  }

  private static ConformanceCase flags(Encoding encoding) {
    return payload(
            encoding, "PAYLOAD-008", "Flags say that a span is sampled and its parent remote")
        .requirement("OTLP-PAY-07")
        .when(
            emit(
                root("far")
                    .remoteParent("traceparent", TRACEPARENT)
                    .remoteLink(REMOTE_TRACE, REMOTE_SPAN, ""),
                child("near", "far")),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("remote", sent("far").flags(true))
        .then("local", sent("near").flags(false))
        .then("link", sent("far").linkFlags(1, true))
        .build();
  }

  private static ConformanceCase kinds(Encoding encoding) {
    return payload(encoding, "PAYLOAD-009", "Kinds have their numbers, INTERNAL by default")
        .requirement("OTLP-PAY-08")
        .when(
            emit(
                root("default"),
                root("internal").kind("INTERNAL"),
                root("server").kind("SERVER"),
                root("client").kind("CLIENT"),
                root("producer").kind("PRODUCER"),
                root("consumer").kind("CONSUMER")),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("default", sent("default").kind(1))
        .then("internal", sent("internal").kind(1))
        .then("server", sent("server").kind(2))
        .then("client", sent("client").kind(3))
        .then("producer", sent("producer").kind(4))
        .then("consumer", sent("consumer").kind(5))
        .build();
  }

  private static ConformanceCase times(Encoding encoding) {
    return payload(encoding, "PAYLOAD-010", "Times keep their nanoseconds")
        .requirement("OTLP-PAY-09")
        .when(emit(work().times(START, END).event("tick", EVENT, Map.of())), flush(), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("span", sent("work").times(START, END))
        .then("event", sent("work").event("tick", EVENT))
        .build();
  }

  private static ConformanceCase status(Encoding encoding) {
    return payload(encoding, "PAYLOAD-011", "Status codes and the message of an error are sent")
        .requirement("OTLP-PAY-10")
        .when(
            emit(root("error").status("ERROR", "boom"), root("ok").status("OK"), root("unset")),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("error", sent("error").status(2, "boom"))
        .then("ok", sent("ok").status(1, ""))
        .then("unset", sent("unset").status(0, ""))
        .build();
  }

  private static ConformanceCase repeatedKey(Encoding encoding) {
    return payload(encoding, "PAYLOAD-012", "An attribute that is set twice is sent once")
        .requirement("OTLP-PAY-11")
        .when(
            emit(work()
                .typed("k", "{'intValue': '1'}")
                .typed("other", "{'boolValue': true}")
                .typed("k", "{'intValue': '2'}")),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("unique", AttributeKeys.unique())
        .then("later-wins", sent("work").attribute("k", 2L))
        .build();
  }

  private static ConformanceCase nothing(Encoding encoding) {
    return encoding
        .direct("payload", "PAYLOAD-013", "An empty batch makes no request and succeeds")
        .requirement("OTLP-PAY-12")
        .when(export(), export(work()))
        .control("works", TRACES.atLeast(1))
        .never("no-request", TRACES.atMost(1))
        .then("once", Delivery.everySpanOnce())
        .then("success", Replies.result("export", 1, "success"))
        .build();
  }

  private static ConformanceCase smallValues(Encoding encoding) {
    return payload(encoding, "PAYLOAD-014", "Empty, zero and false values are sent as such")
        .requirement("OTLP-PAY-13")
        .when(
            emit(work()
                .typed("text", "{'stringValue': ''}")
                .typed("false", "{'boolValue': false}")
                .typed("zero", "{'intValue': '0'}")
                .typed("three", "{'doubleValue': 3.0}")
                .typed("list", "{'arrayValue': {'values': []}}")
                .typed("texts", "{'arrayValue': {'values': [{'stringValue': ''}]}}")
                .typed("astral", "{'stringValue': '\\uD83D\\uDE00 e\\u0301'}")),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("empty-text", sent("work").attribute("text", ""))
        .then("false", sent("work").attribute("false", false))
        .then("zero", sent("work").attribute("zero", 0L))
        .then("double", sent("work").attribute("three", 3.0))
        .then("empty-list", sent("work").attribute("list", List.of()))
        .then("list-of-empty", sent("work").attribute("texts", List.of("")))
        .then("unicode", sent("work").attribute("astral", "\uD83D\uDE00 e\u0301"))
        .build();
  }

  private static ConformanceCase whole64(Encoding encoding) {
    return payload(encoding, "PAYLOAD-015", "Whole numbers of 64 bits keep their value")
        .requirement("OTLP-PAY-13")
        .when(
            emit(work()
                .typed("above-double", "{'intValue': '9007199254740993'}")
                .typed("largest", "{'intValue': '9223372036854775807'}")
                .typed("smallest", "{'intValue': '-9223372036854775808'}")),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("above-double", sent("work").attribute("above-double", 9_007_199_254_740_993L))
        .then("largest", sent("work").attribute("largest", Long.MAX_VALUE))
        .then("smallest", sent("work").attribute("smallest", Long.MIN_VALUE))
        .build();
  }

  private static ConformanceCase nonNumbers(Encoding encoding) {
    return payload(encoding, "PAYLOAD-016", "NaN and the infinities are sent")
        .requirement("OTLP-PAY-13")
        .when(
            emit(work()
                .typed("nan", "{'doubleValue': 'NaN'}")
                .typed("plus", "{'doubleValue': 'Infinity'}")
                .typed("minus", "{'doubleValue': '-Infinity'}")),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("nan", sent("work").attribute("nan", Double.NaN))
        .then("plus", sent("work").attribute("plus", Double.POSITIVE_INFINITY))
        .then("minus", sent("work").attribute("minus", Double.NEGATIVE_INFINITY))
        .build();
  }

  private static ConformanceCase nested(Encoding encoding) {
    return payload(encoding, "PAYLOAD-017", "Bytes and maps are sent")
        .requirement("OTLP-PAY-13")
        .when(
            emit(work()
                .typed("bytes", "{'bytesValue': 'AP8QgA=='}")
                .typed(
                    "map",
                    "{'kvlistValue': {'values': [{'key': 'n', 'value': {'intValue': '7'}}]}}")),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("bytes", sent("work").attribute("bytes", new byte[] {0, (byte) 0xff, 0x10, (byte) 0x80
        }))
        .then("map", sent("work").attribute("map", Map.of("n", 7L)))
        .build();
  }

  private static ConformanceCase invalidText(Encoding encoding) {
    return payload(
            encoding, "PAYLOAD-018", "A text that is not Unicode does not sink the other spans")
        .requirement("OTLP-ERR-01")
        .when(
            emit(root("bad").typed("k", "{'invalidString': true}"), root("good")),
            flush(),
            shutdown())
        .control("answered", Replies.answered("emit", 1))
        .then("good", sent("good").wholeIds())
        .then("decodes", OtlpRequests.decode())
        .build();
  }

  private static ConformanceCase.Builder payload(Encoding encoding, String id, String title) {
    return encoding.batch("payload", id, title);
  }
}
