package io.github.tracingharness.conformance.cases;

import static io.github.tracingharness.conformance.cases.Otlp.TRACES;
import static io.github.tracingharness.conformance.cases.Otlp.work;
import static io.github.tracingharness.conformance.cases.Steps.emit;
import static io.github.tracingharness.conformance.cases.Steps.flush;
import static io.github.tracingharness.conformance.cases.Steps.shutdown;
import static io.github.tracingharness.conformance.check.OtlpSpans.sent;

import io.github.tracingharness.conformance.check.Logs;
import io.github.tracingharness.conformance.model.ConformanceCase;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Limits of attributes, events and links, and what counts the drops. */
final class OtlpLimitCases {

  private static final String GENERAL = "OTEL_ATTRIBUTE_COUNT_LIMIT";
  private static final String OF_SPANS = "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT";
  private static final String ORDER = "OTEL-SDK-LIM-05";
  private static final String NESTED = "OTEL-SDK-LIM-04";
  private static final String REMOTE_TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final int RESOURCE_ATTRIBUTES = 50;
  private static final int DEFAULT = 128;

  private OtlpLimitCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        count(),
        length(),
        events(),
        links(),
        attributesOfAnEvent(),
        attributesOfALink(),
        generalLimit(),
        limitOfSpans(),
        defaultLimit(),
        resource(),
        loggedOnce());
  }

  private static ConformanceCase count() {
    return limits("LIMITS-001", "Above the limit new attributes are dropped and counted")
        .requirement("OTEL-SDK-LIM-01")
        .config(OF_SPANS, "2")
        .when(emit(withAttributes(5)), flush(), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("first-kept", sent("work").attributeKeys(List.of("a0", "a1"), 3))
        .build();
  }

  private static CaseSpan withAttributes(int count) {
    CaseSpan span = work();
    IntStream.range(0, count).forEach(i -> span.attribute("a" + i, "v"));
    return span;
  }

  private static ConformanceCase length() {
    return limits("LIMITS-002", "Long texts are cut, also in lists, and nothing else is")
        .requirement("OTEL-SDK-LIM-02")
        .config("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "5")
        .when(
            emit(work()
                .attribute("text", "abcdefgh")
                .attribute("list", CaseSpan.json("['abcdefgh', 'ab']"))
                .attribute("number", CaseSpan.json("1234567"))
                .attribute("astral", "\uD83D\uDE00".repeat(8))),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("text", sent("work").attribute("text", "abcde"))
        .then("list", sent("work").attribute("list", List.of("abcde", "ab")))
        .then("number", sent("work").attribute("number", 1_234_567L))
        .then(
            "whole-characters",
            sent("work").text("astral", "of whole characters", OtlpLimitCases::isWholeSmileys))
        .build();
  }

  private static boolean isWholeSmileys(String text) {
    int count = text.codePointCount(0, text.length());
    return count >= 1 && count <= 5 && text.equals("\uD83D\uDE00".repeat(count));
  }

  private static ConformanceCase events() {
    return limits("LIMITS-003", "Above the limit events are dropped and counted")
        .requirement("OTEL-SDK-LIM-03")
        .config("OTEL_SPAN_EVENT_COUNT_LIMIT", "1")
        .when(
            emit(work()
                .event("one", 1, Map.of())
                .event("two", 2, Map.of())
                .event("three", 3, Map.of())),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("counted", sent("work").events(1, 2))
        .build();
  }

  private static ConformanceCase links() {
    return limits("LIMITS-004", "Above the limit links are dropped and counted")
        .requirement("OTEL-SDK-LIM-03")
        .config("OTEL_SPAN_LINK_COUNT_LIMIT", "1")
        .when(
            emit(work()
                .remoteLink(REMOTE_TRACE, "b7ad6b7169203331", "")
                .remoteLink(REMOTE_TRACE, "b7ad6b7169203332", "")
                .remoteLink(REMOTE_TRACE, "b7ad6b7169203333", "")),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("counted", sent("work").links(1, 2))
        .build();
  }

  private static ConformanceCase attributesOfAnEvent() {
    return limits("LIMITS-005", "Above the limit attributes of an event are dropped and counted")
        .requirement(NESTED)
        .config("OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "1")
        .when(
            emit(work().event("tick", 1, Map.of("a", "1", "b", "2", "c", "3"))),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("counted", sent("work").eventAttributes(1, 2))
        .build();
  }

  private static ConformanceCase attributesOfALink() {
    return limits("LIMITS-006", "Above the limit attributes of a link are dropped and counted")
        .requirement(NESTED)
        .config("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "1")
        .when(
            emit(work()
                .remoteLink(REMOTE_TRACE, "b7ad6b7169203331", "")
                .linkAttributes(Map.of("a", "1", "b", "2", "c", "3"))),
            flush(),
            shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("counted", sent("work").linkAttributes(1, 1, 2))
        .build();
  }

  private static ConformanceCase generalLimit() {
    return limits("LIMITS-007", "The general limit of attributes holds for spans")
        .requirement(ORDER)
        .config(GENERAL, "1")
        .when(emit(withAttributes(3)), flush(), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("one", sent("work").attributeCount(1))
        .build();
  }

  private static ConformanceCase limitOfSpans() {
    return limits("LIMITS-008", "The limit of spans goes before the general one")
        .requirement(ORDER)
        .config(GENERAL, "1")
        .config(OF_SPANS, "2")
        .when(emit(withAttributes(3)), flush(), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("two", sent("work").attributeCount(2))
        .build();
  }

  private static ConformanceCase defaultLimit() {
    return limits("LIMITS-009", "A span has 128 attributes at most by default")
        .requirement(ORDER)
        .when(emit(withAttributes(DEFAULT + 2)), flush(), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("default", sent("work").attributeCount(DEFAULT))
        .build();
  }

  private static ConformanceCase resource() {
    String attributes = IntStream.range(0, RESOURCE_ATTRIBUTES)
        .mapToObj(i -> "r%d=%d".formatted(i, i))
        .collect(Collectors.joining(","));
    return limits("LIMITS-010", "Resource attributes are exempt from the limits")
        .requirement("OTEL-SDK-LIM-06")
        .config(GENERAL, "2")
        .config("OTEL_RESOURCE_ATTRIBUTES", attributes)
        .when(emit(work()), flush(), shutdown())
        .control("seen", TRACES.atLeast(1))
        .then("first", sent("work").resource("r0", "0"))
        .then("last", sent("work").resource("r" + (RESOURCE_ATTRIBUTES - 1), "49"))
        .build();
  }

  private static ConformanceCase loggedOnce() {
    return limits("LIMITS-011", "A hundred drops of one span are logged once at most")
        .requirement("OTEL-SDK-LIM-07")
        .config(OF_SPANS, "2")
        .when(emit(withAttributes(102)), flush(), shutdown())
        .control("seen", TRACES.atLeast(1))
        .control("dropped", sent("work").attributeCount(2))
        .never("one-line", Logs.loggedAtMost(Pattern.compile("(?i)dropp|discard|left out"), 1))
        .build();
  }

  private static ConformanceCase.Builder limits(String id, String title) {
    return Otlp.batch("limits", id, title);
  }
}
