package io.github.tracingharness.conformance.check;

import static io.github.tracingharness.conformance.check.CheckAssertions.assertMet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnmet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnobservable;

import io.github.tracingharness.conformance.history.CaseHistory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RepliesTest {

  private static final Requests STARTS = Requests.requests(Endpoints.START_TRACE);

  @Test
  void answered_error_showsIt() {
    assertMet(Replies.answered("emit", 1), new HandMadeHistory().emit("a").build());
    assertUnmet(
        Replies.answered("emit", 2),
        new HandMadeHistory().emit("a").refused("emit", "no").build(),
        """
        expected an ok answer to emit 2
           found none
         nearest answers to emit: [OK {"refs":{"a":{"trace":"tr-11111111111111111111111111111111","span":"1111111111111111"}}}, ERROR {"kind":"subject","type":"E","message":"no"}]""");
  }

  @Test
  void result_otherOrUnknown_isToldApart() {
    assertMet(Replies.result("flush", 1, "success"), flushed("success"));
    assertMet(Replies.sameResult("flush"), flushed("success", "success"));
    assertUnmet(Replies.result("flush", 1, "failure", "timeout"), flushed("success"), """
        expected result of flush 1 to be failure or timeout
           found success
         nearest answers to flush: [OK {"result":"success"}]""");
    assertUnobservable(
        Replies.result("flush", 1, "success"),
        flushed("unknown"),
        "the subject's flush tells no result");
    assertUnmet(Replies.result("flush", 2, "success"), flushed("success"), """
        expected result of flush 2 to be success
           found no ok answer
         nearest answers to flush: [OK {"result":"success"}]""");
  }

  @Test
  void sameResult_differs_isNotMet() {
    assertUnmet(Replies.sameResult("flush"), flushed("success", "failure"), """
        expected the second flush to tell the first one's result, success
           found failure
         nearest answers to flush: [OK {"result":"success"}, OK {"result":"failure"}]""");
    assertUnobservable(
        Replies.sameResult("flush"),
        flushed("unknown", "success"),
        "the subject's flush tells no result");
  }

  private static CaseHistory flushed(String... results) {
    HandMadeHistory history = new HandMadeHistory();
    for (String result : results) {
      history.command("flush", "{}", "{'result': '%s'}".formatted(result));
    }
    return history.build();
  }

  @Test
  void lastActiveTrace_otherTrace_isNotMet() {
    CaseHistory observed = new HandMadeHistory()
        .emit("a")
        .emit("b")
        .command("observe", "{}", "{'trace.last_active': '%s'}".formatted(HandMadeHistory.trace(2)))
        .build();
    assertMet(Replies.lastActiveTrace(1, "b"), observed);
    assertUnmet(Replies.lastActiveTrace(1, "a"), observed, """
        expected the last active trace to be that of a, tr-11111111111111111111111111111111
           found tr-22222222222222222222222222222222
         nearest answers to observe: [OK {"trace.last_active":"tr-22222222222222222222222222222222"}]""");
    assertUnmet(Replies.lastActiveTrace(1, "a"), new HandMadeHistory().emit("a").build(), """
        expected the last active trace to be that of a, tr-11111111111111111111111111111111
           found none
         nearest no answer to observe""");
  }

  @Test
  void callerNotHeld_answeredAfterRelease_isNotMet() {
    assertMet(
        Replies.callerNotHeld(1, "h"),
        new HandMadeHistory().emit("a").released("h", "step").build());
    assertUnmet(
        Replies.callerNotHeld(1, "h"),
        new HandMadeHistory().start(1).released("h", "limit").pause(7).emit("a").build(),
        """
        expected emit 1 to be answered while the server held its answers
           found answered 9 ms after the release (limit)
         nearest all requests: #1 POST /api/3.0/mlflow/traces -> 200""");
    assertUnmet(Replies.callerNotHeld(1, "h"), new HandMadeHistory().emit("a").build(), """
        expected emit 1 to be answered while the server held its answers
           found no release of h
         nearest answers to emit: [OK {"refs":{"a":{"trace":"tr-11111111111111111111111111111111","span":"1111111111111111"}}}]""");
  }

  @Test
  void holdWasFelt_answeredBefore_isNotMet() {
    CaseHistory early = new HandMadeHistory().start(1).released("h", "step").build();
    assertUnmet(Replies.holdWasFelt(STARTS, "h"), early, """
        expected a request to START_TRACE whose answer was held
           found none
         nearest all requests: #1 POST /api/3.0/mlflow/traces -> 200""");
  }

  @Test
  void callersTogetherBelow_longer_isNotMet() {
    CaseHistory history = new HandMadeHistory()
        .command("emit", "{}", "{'caller_total_ns': '1500000000'}")
        .build();
    assertMet(Replies.callersTogetherBelow(1, Duration.ofSeconds(2)), history);
    assertUnmet(Replies.callersTogetherBelow(1, Duration.ofSeconds(1)), history, """
        expected callers to be done in less than 1000 ms
           found 1500 ms
         nearest all requests: no request at all""");
    assertUnobservable(
        Replies.callersTogetherBelow(2, Duration.ofSeconds(1)),
        history,
        "the answer to emit has no caller_total_ns");
  }

  @Test
  void statsBalance_missingTrace_isNotMet() {
    assertMet(
        Replies.statsBalance(1),
        stats("{'created': 3, 'delivered': 1, 'dropped': 1, 'queued': 1}"));
    assertMet(Replies.stat(1, "created", 3), stats("{'created': 3}"));
    assertUnmet(
        Replies.statsBalance(1),
        stats("{'created': 3, 'delivered': 1, 'dropped': 1, 'queued': 0}"),
        """
        expected created = delivered + dropped + queued
           found 3 against 2
         nearest {"created":3,"delivered":1,"dropped":1,"queued":0}""");
    assertUnmet(Replies.stat(1, "created", 4), stats("{'created': 3}"), """
        expected stats to tell created = 4
           found 3
         nearest answers to stats: [OK {"created":3}]""");
    assertUnobservable(
        Replies.statsBalance(1), stats("{'created': 3}"), "the subject's stats have no delivered");
    assertUnobservable(
        Replies.stat(1, "queued", 0),
        stats("{'created': 3}"),
        "the subject's stats have no queued");
  }

  private static CaseHistory stats(String counts) {
    return new HandMadeHistory().command("stats", "{}", counts).build();
  }
}
