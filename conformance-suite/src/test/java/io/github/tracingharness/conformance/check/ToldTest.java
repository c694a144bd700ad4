package io.github.tracingharness.conformance.check;

import static io.github.tracingharness.conformance.check.CheckAssertions.assertMet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnmet;

import io.github.tracingharness.conformance.history.CaseHistory;
import org.junit.jupiter.api.Test;

/** Checks of what the application saw while a span was current. */
class ToldTest {

  private static CaseHistory told(String told) {
    return new HandMadeHistory()
        .command(
            "emit",
            "{'spans': [{'ref': 'a'}]}",
            "{'refs': {'a': {'trace': 'tr-%s', 'span': '%s', 'told': %s}}}"
                .formatted("1".repeat(32), "2".repeat(16), told))
        .build();
  }

  @Test
  void activeSpanIsItself_anotherOrNone_isNotMet() {
    assertMet(Replies.activeSpanIsItself("a"), told("{'active_span': '2222222222222222'}"));
    assertUnmet(Replies.activeSpanIsItself("a"), told("{}"), """
        expected the active span inside of a to be 2222222222222222
           found nothing was told
         nearest answers to emit: [OK {"refs":{"a":{"trace":"tr-11111111111111111111111111111111","span":"2222222222222222","told":{}}}}]""");
  }

  @Test
  void headersNameTheSpan_notSampledOrAnotherSpan_isNotMet() {
    String header = "00-11111111111111111111111111111111-2222222222222222-";
    assertMet(
        Replies.headersNameTheSpan("a"), told("{'headers': {'traceparent': '" + header + "03'}}"));
    assertUnmet(
        Replies.headersNameTheSpan("a"),
        told("{'headers': {'traceparent': '" + header + "00'}}"),
        """
        expected the header traceparent inside of a to match 00-11111111111111111111111111111111-2222222222222222-[0-9a-f][13579bdf]
           found {"traceparent":"00-11111111111111111111111111111111-2222222222222222-00"}
         nearest answers to emit: [OK {"refs":{"a":{"trace":"tr-11111111111111111111111111111111","span":"2222222222222222","told":{"headers":{"traceparent":"00-11111111111111111111111111111111-2222222222222222-00"}}}}}]""");
  }
}
