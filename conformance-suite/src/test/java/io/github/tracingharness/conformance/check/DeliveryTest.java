package io.github.tracingharness.conformance.check;

import static io.github.tracingharness.conformance.check.CheckAssertions.assertMet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnmet;
import static io.github.tracingharness.conformance.check.HandMadeHistory.otlpSpan;
import static io.github.tracingharness.conformance.check.HandMadeHistory.uploaded;

import io.github.tracingharness.conformance.history.CaseHistory;
import org.junit.jupiter.api.Test;

class DeliveryTest {

  private static final String STARTED =
      "all requests: #1 POST /api/3.0/mlflow/traces -> 200, #2 POST /api/3.0/mlflow/traces -> 200";

  @Test
  void everyTraceOnce_retriedAndAccepted_isMet() {
    CaseHistory retried = new HandMadeHistory()
        .emit("a")
        .emit("b")
        .start(1, 503, "")
        .start(1)
        .start(2)
        .build();
    assertMet(Delivery.everyTraceOnce(), retried);
  }

  @Test
  void everyTraceOnce_lostTwiceOrUnknown_namesThem() {
    assertUnmet(
        Delivery.everyTraceOnce(),
        new HandMadeHistory().emit("a").emit("b").start(1).start(1).build(),
        "expected each of 2 traces in exactly one accepted start-trace request\n"
            + "   found 1 missing: b (tr-22222222222222222222222222222222);"
            + " 1 more than once: tr-11111111111111111111111111111111\n nearest "
            + STARTED);
    assertUnmet(
        Delivery.everyTraceOnce(),
        new HandMadeHistory().emit("a").start(1).start(7).build(),
        "expected each of 1 traces in exactly one accepted start-trace request\n"
            + "   found 1 never asked for: tr-77777777777777777777777777777777\n nearest "
            + STARTED);
  }

  @Test
  void everyTraceOnce_refNotTold_countsAsMissing() {
    assertUnmet(
        Delivery.everyTraceOnce(),
        new HandMadeHistory()
            .command(
                "emit",
                "{'spans': [{'ref': 'a'}], 'concurrency': {'threads': 2, 'repeat': 1}}",
                "{'refs': {'a#0': {'trace': 'tr-11111111111111111111111111111111', 'span': '1111111111111111'}}}")
            .start(1)
            .build(),
        """
        expected each of 2 traces in exactly one accepted start-trace request
           found 1 missing: a#1 (no id told)
         nearest all requests: #1 POST /api/3.0/mlflow/traces -> 200""");
  }

  @Test
  void everySpanOnce_eitherStorage_isMet() {
    CaseHistory both = new HandMadeHistory()
        .emit("a", "kid")
        .otlp(200, otlpSpan(1, 2, ""))
        .otlp(200, otlpSpan(1, 1, ""))
        .upload(1, uploaded(1, 1, "null", ""), uploaded(1, 2, "1111111111111111", ""))
        .build();
    assertMet(Delivery.everySpanOnce(), both);
    assertMet(Delivery.uploadsAreComplete(), both);
    assertUnmet(Delivery.spansStoredOnce(), both, """
        expected each span stored once, in the tracking store or as an artifact
           found #3 PUT /api/2.0/mlflow-artifacts/artifacts/1/traces/tr-11111111111111111111111111111111/artifacts/traces.json -> 200: span 1111111111111111 "s1" of trace 11111111111111111111111111111111
         nearest the same span in #2 POST /v1/traces -> 200""");
  }

  @Test
  void everySpanOnce_twiceByOneWay_isNotMet() {
    CaseHistory twice = new HandMadeHistory()
        .emit("a")
        .otlp(200, otlpSpan(1, 1, ""))
        .otlp(200, otlpSpan(1, 1, ""))
        .build();
    assertMet(Delivery.spansStoredOnce(), twice);
    assertUnmet(Delivery.everySpanOnce(), twice, """
        expected each of 1 spans in one accepted delivery
           found more than once by OTLP: 1111111111111111
         nearest all requests: #1 POST /v1/traces -> 200, #2 POST /v1/traces -> 200""");
  }

  @Test
  void everySpanOnce_onlyRefused_isMissing() {
    assertUnmet(
        Delivery.everySpanOnce(),
        new HandMadeHistory().emit("a").otlp(503, otlpSpan(1, 1, "")).build(),
        """
        expected each of 1 spans in exactly one accepted delivery
           found 1 missing: a (1111111111111111)
         nearest all requests: #1 POST /v1/traces -> 503""");
  }

  @Test
  void everySpanOnce_neverEndedSpan_mayBeMissingOrThere() {
    HandMadeHistory open = new HandMadeHistory()
        .command(
            "emit",
            "{'spans': [{'ref': 'a'}, {'ref': 'leak', 'parent': 'a', 'end': null}]}",
            "{'refs': {'a': {'trace': 'tr-11111111111111111111111111111111', 'span': '1111111111111111'},"
                + " 'leak': {'trace': 'tr-11111111111111111111111111111111', 'span': '2222222222222222'}}}")
        .otlp(200, otlpSpan(1, 1, ""));
    assertMet(Delivery.everySpanOnce(), open.build());
    assertMet(Delivery.everySpanOnce(), open.otlp(200, otlpSpan(1, 2, "")).build());
  }

  @Test
  void everySpanOnce_generatedSpans_countAll() {
    assertUnmet(
        Delivery.everySpanOnce(),
        new HandMadeHistory()
            .command("emit", "{'gen': {'template': {'ref': 'r'}, 'count': 2}}", "{'refs': {}}")
            .build(),
        """
        expected each of 2 spans in exactly one accepted delivery
           found 2 missing: r-0 (no id told), r-1 (no id told)
         nearest all requests: no request at all""");
  }

  @Test
  void uploadsAreComplete_spanMissing_tellsCounts() {
    assertUnmet(
        Delivery.uploadsAreComplete(),
        new HandMadeHistory()
            .emit("a", "kid")
            .upload(1, uploaded(1, 1, "null", ""))
            .build(),
        """
        expected an upload with all 2 spans of tr-11111111111111111111111111111111
           found uploads with [1] spans
         nearest all requests: #1 PUT /api/2.0/mlflow-artifacts/artifacts/1/traces/tr-11111111111111111111111111111111/artifacts/traces.json -> 200""");
  }
}
