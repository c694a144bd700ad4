package io.github.tracingharness.conformance.check;

import static io.github.tracingharness.conformance.check.CheckAssertions.assertMet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnmet;
import static io.github.tracingharness.conformance.check.HandMadeHistory.json;
import static io.github.tracingharness.conformance.check.HandMadeHistory.otlpSpan;
import static io.github.tracingharness.conformance.check.HandMadeHistory.uploaded;
import static io.github.tracingharness.conformance.check.SpanStatement.span;

import io.github.tracingharness.conformance.history.CaseHistory;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpanStatementTest {

  private static final String WHERE =
      "#1 PUT /api/2.0/mlflow-artifacts/artifacts/1/traces/tr-11111111111111111111111111111111/artifacts/traces.json -> 200:"
          + " span 2222222222222222 \"s2\" of trace 11111111111111111111111111111111";

  private static final CaseHistory UPLOADED = new HandMadeHistory()
      .emit("a", "kid")
      .upload(
          1,
          uploaded(1, 1, "null", ""),
          uploaded(
              1,
              2,
              "1111111111111111",
              ", 'attributes': {'n': '42', 'half': '1.5', 's': '\\'x\\'', 'o': '{\\'a\\': [1]}'},"
                  + " 'events': [{'name': 'ev', 'time_unix_nano': 15, 'attributes': {'k': 'v'}}]"))
      .build();

  @Test
  void statements_uploadedSpan_hold() {
    assertMet(span("kid").delivered(), UPLOADED);
    assertMet(span("kid").named("s2"), UPLOADED);
    assertMet(span("kid").childOf("a"), UPLOADED);
    assertMet(span("a").root(), UPLOADED);
    assertMet(span("kid").times(10, 20), UPLOADED);
    assertMet(span("kid").status("OK"), UPLOADED);
    assertMet(span("kid").notStatus("ERROR"), UPLOADED);
    assertMet(span("kid").statusMessage(""), UPLOADED);
    assertMet(span("kid").attribute("n", json("42")), UPLOADED);
    assertMet(span("kid").attribute("half", json("1.5")), UPLOADED);
    assertMet(span("kid").attribute("s", json("'x'")), UPLOADED);
    assertMet(span("kid").attribute("o", json("{'a': [1]}")), UPLOADED);
    assertMet(span("kid").events("ev", 1), UPLOADED);
    assertMet(span("kid").event("ev", 15, Map.of("k", json("'v'"))), UPLOADED);
    assertMet(span("kid").event("ev", Map.of()), UPLOADED);
  }

  @Test
  void statements_otherValue_tellWhatWasFound() {
    fails(span("kid").named("x"), "span kid named \"x\"", "\"s2\"");
    fails(
        span("kid").childOf("kid"),
        "span kid child of kid (2222222222222222)",
        "parent 1111111111111111");
    fails(span("kid").root(), "span kid without a parent", "parent 1111111111111111");
    fails(span("kid").times(10, 21), "span kid from 10 to 21", "from 10 to 20");
    fails(span("kid").status("ERROR"), "span kid with status ERROR", "OK");
    fails(span("kid").notStatus("OK"), "span kid with another status than OK", "OK");
    fails(span("kid").statusMessage("m"), "span kid with the status message \"m\"", "\"\"");
    fails(span("kid").attribute("n", json("'42'")), "span kid with attribute n = \"42\"", "42");
    fails(span("kid").attribute("n", json("42.0")), "span kid with attribute n = 42.0", "42");
    fails(
        span("kid").attribute("q", json("1")),
        "span kid with attribute q = 1",
        "no such attribute among [n, half, s, o]");
    fails(span("kid").events("ev", 2), "span kid with 2 events named ev", "events [ev]");
    fails(
        span("kid").event("ev", 16, Map.of("k", json("'v'"))),
        "span kid with an event ev at 16 with {k=\"v\"}",
        "[Event[name=ev, time=15, attributes={k=\"v\"}]]");
    fails(
        span("kid").event("ev", Map.of("k", json("'w'"))),
        "span kid with an event ev with {k=\"w\"}",
        "[Event[name=ev, time=15, attributes={k=\"v\"}]]");
  }

  private static void fails(Check check, String expected, String found) {
    assertUnmet(
        check, UPLOADED, "expected %s%n   found %s%n nearest %s".formatted(expected, found, WHERE));
  }

  @Test
  void attribute_otlp_typedAndTextFormsAreRead() {
    String id =
        ", 'attributes': [{'key': 'mlflow.traceRequestId', 'value': {'stringValue': '%s'}},";
    CaseHistory typed = new HandMadeHistory()
        .emit("a")
        .otlp(
            200,
            otlpSpan(1, 1, id.formatted("tr-1") + "{'key': 'n', 'value': {'intValue': '42'}}]"))
        .build();
    CaseHistory texts = new HandMadeHistory()
        .emit("a")
        .otlp(
            200,
            otlpSpan(
                1, 1, id.formatted("\\'tr-1\\'") + "{'key': 'n', 'value': {'stringValue': '42'}}]"))
        .build();
    CaseHistory wrong = new HandMadeHistory()
        .emit("a")
        .otlp(
            200,
            otlpSpan(1, 1, id.formatted("tr-1") + "{'key': 'n', 'value': {'stringValue': '42'}}]"))
        .build();
    assertMet(span("a").attribute("n", json("42")), typed);
    assertMet(span("a").attribute("n", json("42")), texts);
    assertUnmet(span("a").attribute("n", json("42")), wrong, """
        expected span a with attribute n = 42
           found "42"
         nearest #1 POST /v1/traces -> 200: span 1111111111111111 "s1" of trace 11111111111111111111111111111111""");
  }

  @Test
  void delivered_otherSpanOnly_namesIt() {
    assertUnmet(
        span("kid").delivered(),
        new HandMadeHistory().emit("a", "kid").otlp(200, otlpSpan(1, 1, "")).build(),
        """
        expected span kid to be delivered
           found no span 2222222222222222 of tr-11111111111111111111111111111111
         nearest #1 POST /v1/traces -> 200: span 1111111111111111 "s1" of trace 11111111111111111111111111111111""");
    assertUnmet(span("a").delivered(), new HandMadeHistory().emit("a").build(), """
        expected span a to be delivered
           found no span 1111111111111111 of tr-11111111111111111111111111111111
         nearest no span at all; all requests: no request at all""");
    assertUnmet(span("b").delivered(), new HandMadeHistory().emit("a").build(), """
        expected span b to be delivered
           found no ids for it in the answers to emit
         nearest refs [a]""");
  }
}
