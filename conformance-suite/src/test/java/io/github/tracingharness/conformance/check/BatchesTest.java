package io.github.tracingharness.conformance.check;

import static io.github.tracingharness.conformance.check.CheckAssertions.assertMet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnmet;
import static io.github.tracingharness.conformance.check.HandMadeHistory.otlpSpan;

import io.github.tracingharness.conformance.history.CaseHistory;
import org.junit.jupiter.api.Test;

class BatchesTest {

  private static final Requests SPANS = Requests.requests(Endpoints.UC_SPANS);
  private static final CaseHistory TWO_AND_ONE = new HandMadeHistory()
      .table("a", otlpSpan(1, 1, ""), otlpSpan(1, 2, ""))
      .table("b", otlpSpan(2, 3, ""))
      .build();

  @Test
  void sizes_otherOrder_isNotMet() {
    assertMet(Batches.sizes(SPANS, 2, 1), TWO_AND_ONE);
    assertUnmet(Batches.sizes(SPANS, 1, 2), TWO_AND_ONE, """
        expected requests to UC_SPANS with [1, 2] spans, in this order
           found [2, 1] spans
         nearest #1 POST /api/2.0/otel/v1/traces -> 200, #2 POST /api/2.0/otel/v1/traces -> 200; all requests: #1 POST /api/2.0/otel/v1/traces -> 200, #2 POST /api/2.0/otel/v1/traces -> 200""");
  }

  @Test
  void sizesInAnyOrder_otherSizes_areNotMet() {
    assertMet(Batches.sizesInAnyOrder(SPANS, 1, 2), TWO_AND_ONE);
    assertUnmet(Batches.sizesInAnyOrder(SPANS, 3), TWO_AND_ONE, """
        expected requests to UC_SPANS with [3] spans, in any order
           found [2, 1] spans
         nearest #1 POST /api/2.0/otel/v1/traces -> 200, #2 POST /api/2.0/otel/v1/traces -> 200; all requests: #1 POST /api/2.0/otel/v1/traces -> 200, #2 POST /api/2.0/otel/v1/traces -> 200""");
  }

  @Test
  void inOrder_turnedRoundOrMissing_isNotMet() {
    assertMet(Batches.inOrder(Catalogs.spansTo("a"), Catalogs.spansTo("b")), TWO_AND_ONE);
    assertUnmet(Batches.inOrder(Catalogs.spansTo("b"), Catalogs.spansTo("a")), TWO_AND_ONE, """
        expected requests in the order [UC_SPANS for table b, UC_SPANS for table a]
           found #1 POST /api/2.0/otel/v1/traces -> 200, #2 POST /api/2.0/otel/v1/traces -> 200
         nearest all requests: #1 POST /api/2.0/otel/v1/traces -> 200, #2 POST /api/2.0/otel/v1/traces -> 200""");
    assertUnmet(Batches.inOrder(Catalogs.spansTo("c")), new HandMadeHistory().build(), """
        expected requests in the order [UC_SPANS for table c]
           found none
         nearest all requests: no request at all""");
  }
}
