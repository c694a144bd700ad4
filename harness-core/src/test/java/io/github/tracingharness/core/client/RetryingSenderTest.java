package io.github.tracingharness.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryingSenderTest {

  private static final HttpCall CALL = new HttpCall(
      "POST", URI.create("http://127.0.0.1/x"), List.of(), new byte[0], Duration.ofSeconds(9));
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final List<Duration> waits = new ArrayList<>();
  private final Deque<Object> script = new ArrayDeque<>();
  private final Listener listener = new Listener();
  private int attempts;
  private double random;
  private Deadline limit = Deadline.never();

  @Test
  void send_alwaysFailing_waitsAsMlflow() throws Exception {
    RetryingSender.Outcome outcome = send(RetryPolicy.ofDefaults(), answer(500));

    assertThat(outcome.attempts()).isEqualTo(8);
    assertThat(waits)
        .extracting(Duration::toSeconds)
        .containsExactly(0L, 4L, 8L, 16L, 32L, 64L, 120L);
  }

  @Test
  void send_largestJitter_addsOneSecondBelowTheCap() throws Exception {
    random = 1;

    send(RetryPolicy.ofDefaults(), answer(503));

    assertThat(waits)
        .extracting(Duration::toSeconds)
        .containsExactly(0L, 5L, 9L, 17L, 33L, 65L, 120L);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void send_retriedStatusThenSuccess_succeeds(int status) throws Exception {
    script.add(answer(status));

    RetryingSender.Outcome outcome = send(RetryPolicy.ofDefaults(), answer(200));

    assertThat(outcome.answer().status()).isEqualTo(200);
    assertThat(outcome.attempts()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 400, 401, 403, 404, 409, 413, 425, 501, 505})
  void send_otherStatus_isNotRetried(int status) throws Exception {
    assertThat(send(RetryPolicy.ofDefaults(), answer(status)).attempts()).isEqualTo(1);
    assertThat(waits).isEmpty();
  }

  @Test
  void send_413WithRetryAfter_isRetried() throws Exception {
    script.add(answer(413, "2"));

    assertThat(send(RetryPolicy.ofDefaults(), answer(200)).attempts()).isEqualTo(2);
    assertThat(waits).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void send_retryAfterInSecondsOrDate_isObeyed() throws Exception {
    script.add(answer(429, "7"));
    script.add(answer(503, "Sun, 22 Nov 2026 10:00:09 GMT"));
    script.add(answer(503, "Sun, 22 Nov 2020 10:00:09 GMT"));
    script.add(answer(429, "999999999"));
    script.add(answer(429, "Sunday, 22-Nov-26 10:00:11 GMT"));
    script.add(answer(503, "Sun Nov 22 10:00:12 2026"));

    send(RetryPolicy.ofDefaults(), answer(200));

    assertThat(waits)
        .containsExactly(
            Duration.ofSeconds(7),
            Duration.ofSeconds(9),
            Duration.ZERO,
            Duration.ofHours(6),
            Duration.ofSeconds(11),
            Duration.ofSeconds(12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "1.5", "", "99999999999999999999"})
  void send_unreadableRetryAfter_fallsBackToBackoff(String value) throws Exception {
    script.add(answer(429, value));
    script.add(answer(429, value));

    send(RetryPolicy.ofDefaults(), answer(200));

    assertThat(waits).extracting(Duration::toSeconds).containsExactly(0L, 4L);
  }

  @Test
  void send_retryAfterOfOtherStatusOrSwitchedOff_isIgnored() throws Exception {
    script.add(answer(500, "7"));
    send(RetryPolicy.ofDefaults(), answer(200));
    script.add(answer(429, "7"));
    send(new RetryPolicy(7, 2, 1, false), answer(200));

    assertThat(waits).containsOnly(Duration.ZERO);
  }

  @Test
  void send_connectionError_isRetriedAndNamedAtTheEnd() {
    RetryPolicy policy = new RetryPolicy(2, 0, 0, true);

    assertThatThrownBy(() -> send(policy, new IOException("connection reset")))
        .isInstanceOf(TrackingException.class)
        .hasMessage(
            "POST http://127.0.0.1/x failed after 3 attempts: java.io.IOException: connection reset");
    assertThat(waits).hasSize(2);
  }

  @Test
  void send_waitBeyondTheDeadline_givesUpWithTheLastAnswer() throws Exception {
    RetryingSender sender = sender(answer(500));

    RetryingSender.Outcome outcome = sender.send(
        CALL, RetryPolicy.ofDefaults(), CallScope.until(Deadline.after(Duration.ofSeconds(3))));

    assertThat(outcome.answer().status()).isEqualTo(500);
    assertThat(outcome.attempts()).isEqualTo(2);
    assertThat(sender.retries()).isEqualTo(1);
  }

  @Test
  void send_limitOfAllCalls_givesUpWithTheLastAnswer() throws Exception {
    RetryingSender sender = sender(answer(500));
    sender.finishBy(Deadline.after(Duration.ofSeconds(3)));

    assertThat(sender
            .send(CALL, RetryPolicy.ofDefaults(), CallScope.ofWorker(listener))
            .attempts())
        .isEqualTo(2);
  }

  @Test
  void send_deadlinePassed_makesNoAttempt() {
    assertThatThrownBy(() -> sender(answer(200))
            .send(CALL, RetryPolicy.ofDefaults(), CallScope.until(Deadline.now())))
        .hasMessageContaining("failed after 0 attempts: its time limit had passed");
    assertThat(attempts).isZero();
  }

  @Test
  void send_threadThatWasInterruptedBefore_sendsAndStaysInterrupted() throws Exception {
    Thread.currentThread().interrupt();

    RetryingSender.Outcome outcome = send(RetryPolicy.ofDefaults(), answer(200));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome.answer().status()).isEqualTo(200);
  }

  @Test
  void send_interruptedWorker_triesAgain() throws Exception {
    script.add(new InterruptedException());

    RetryingSender.Outcome outcome =
        sender(answer(200)).send(CALL, RetryPolicy.ofDefaults(), CallScope.ofWorker(listener));

    assertThat(outcome.attempts()).isEqualTo(2);
    assertThat(listener.calls).containsExactly("begins", "ends");
  }

  @Test
  void send_interruptedCaller_givesUpAndStaysInterrupted() {
    script.add(new InterruptedException());

    assertThatThrownBy(() -> send(RetryPolicy.ofDefaults(), answer(200)))
        .hasMessage("POST http://127.0.0.1/x was interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void monotonicPause_limitSetWhileWaiting_endsTheWait() throws Exception {
    MonotonicPause pause = new MonotonicPause();
    pause.limit(Deadline.after(Duration.ofSeconds(1)));

    assertThat(pause.waitFor(Duration.ofMinutes(2), Deadline.never())).isFalse();
    assertThat(pause.waitFor(Duration.ofMillis(1), Deadline.never())).isTrue();
  }

  private static final class Listener implements CallScope.WaitListener {

    private final List<String> calls = new ArrayList<>();

    @Override
    public void waitBegins() {
      calls.add("begins");
    }

    @Override
    public void waitEnds() {
      calls.add("ends");
    }
  }

  private RetryingSender.Outcome send(RetryPolicy policy, Object last) throws TrackingException {
    return sender(last).send(CALL, policy, CallScope.CALLER);
  }

  private RetryingSender sender(Object last) {
    return new RetryingSender(
        call -> {
          attempts++;
          Object next = script.isEmpty() ? last : script.poll();
          if (next instanceof IOException failure) {
            throw failure;
          }
          if (next instanceof InterruptedException interruption) {
            throw interruption;
          }
          return (HttpAnswer) next;
        },
        new VirtualPause(),
        Clock.fixed(NOW, ZoneOffset.UTC),
        () -> random);
  }

  private static HttpAnswer answer(int status) {
    return new HttpAnswer(status, Map.of(), new byte[0]);
  }

  private static HttpAnswer answer(int status, String retryAfter) {
    return new HttpAnswer(status, Map.of("retry-after", List.of(retryAfter)), new byte[0]);
  }

  /** Notes the waits instead of waiting. */
  private final class VirtualPause implements Pause {

    @Override
    public boolean waitFor(Duration time, Deadline deadline) {
      waits.add(time);
      return time.toNanos() <= bounded(deadline).remainingNanos();
    }

    @Override
    public void limit(Deadline deadline) {
      limit = deadline;
    }

    @Override
    public Deadline bounded(Deadline deadline) {
      return deadline.earlier(limit);
    }
  }
}
