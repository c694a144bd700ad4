package io.github.tracingharness.conformance.selftest.otlp;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** When an export is tried again. Mutants override single methods. */
class RetryRules {

  private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);

  /** The first wait, before jitter. */
  static final Duration BASE = Duration.ofMillis(200);

  /** The longest wait, before jitter. */
  static final Duration CAP = Duration.ofSeconds(5);

  /** Part of a wait by which it may be longer or shorter. */
  static final double JITTER = 0.2;

  /** Four statuses say that another attempt may succeed; all others end the export. */
  boolean retryable(int status) {
    return RETRYABLE.contains(status);
  }

  /** Attempts are limited by time, not by number. */
  boolean mayTryAgain(int attempts) {
    return true;
  }

  /** An answer above the limit would come again. */
  boolean retriesTooLargeAnswers() {
    return false;
  }

  /** A connection that failed, or ended without an answer, is tried again. */
  boolean retriesLostConnections() {
    return true;
  }

  /** The wait after the n-th attempt, counted from 1: it doubles, and never is the same twice. */
  Duration backoff(int attempts) {
    double growth = Math.pow(2, Math.min(attempts - 1, 30));
    double millis = Math.min(BASE.toMillis() * growth, (double) CAP.toMillis());
    return Duration.ofNanos((long) (millis * 1e6 * jitter()));
  }

  /** A factor about 1. */
  double jitter() {
    return ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER);
  }

  /** What Retry-After says: seconds or a date; anything else says nothing. */
  Optional<Duration> retryAfter(String value) {
    if (value.trim().matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value.trim())));
    }
    return retryAfterDate(value.trim());
  }

  /** The time to a date; nothing if it is over. */
  Optional<Duration> retryAfterDate(String value) {
    try {
      Instant date =
          ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(Instant.now(), date)).filter(d -> !d.isNegative());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** What the server asks for is no reason to come earlier than the back-off. */
  Duration wait(int attempts, Optional<Duration> asked) {
    Duration own = backoff(attempts);
    return asked.filter(a -> a.compareTo(own) > 0).orElse(own);
  }

  /** A wait that ends after the deadline is not begun. */
  boolean fits(Duration wait, Deadline deadline) {
    return deadline.leaves(wait);
  }

  /** The wait that a server asked for holds for the next batches too. */
  boolean throttlesLaterExports() {
    return true;
  }

  /** Each attempt sends the same bytes. */
  byte[] body(byte[] body, int attempt) {
    return body;
  }

  /** The limit of one attempt is what is left of the export's. */
  Deadline attempt(Deadline export, long timeoutMillis) {
    return export;
  }
}
