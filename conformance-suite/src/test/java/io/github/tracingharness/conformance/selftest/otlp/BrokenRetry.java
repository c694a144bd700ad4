package io.github.tracingharness.conformance.selftest.otlp;

import static io.github.tracingharness.conformance.selftest.otlp.BrokenModel.broken;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Broken decisions about other attempts and about time. */
final class BrokenRetry {

  private BrokenRetry() {}

  static List<BrokenModel> all() {
    return Stream.of(
            IntStream.of(429, 502, 503, 504).mapToObj(BrokenRetry::doesNotRetry),
            IntStream.of(400, 401, 403, 404, 405, 408, 409, 413, 415, 422, 425)
                .mapToObj(status -> retries(status, "OTLP-RETRY-006")),
            IntStream.of(500, 501, 505, 507, 511)
                .mapToObj(status -> retries(status, "OTLP-RETRY-007")),
            attempts().stream(),
            waits().stream(),
            limits().stream())
        .flatMap(models -> models)
        .toList();
  }

  private static BrokenModel doesNotRetry(int status) {
    int number = List.of(429, 502, 503, 504).indexOf(status) + 1;
    return broken(
        "does not try again after " + status,
        new RetryRules() {
          @Override
          boolean retryable(int answered) {
            return answered != status && super.retryable(answered);
          }
        },
        "OTLP-RETRY-00" + number + "/two-attempts",
        "OTLP-RETRY-00" + number + "/success",
        (status == 503 ? "OTLP-JSON-RETRY-003" : "OTLP-RETRY-00" + number) + "/two-attempts");
  }

  private static BrokenModel retries(int status, String killer) {
    return broken(
        "exports again after " + status,
        new RetryRules() {
          @Override
          boolean retryable(int answered) {
            return answered == status || super.retryable(answered);
          }
        },
        killer + "/not-" + status);
  }

  private static List<BrokenModel> attempts() {
    return List.of(
        broken(
            "tries twice at most",
            new RetryRules() {
              @Override
              boolean mayTryAgain(int attempts) {
                return attempts < 2;
              }
            },
            "OTLP-RETRY-005/delivered"),
        broken(
            "does not try again after lost connections",
            new RetryRules() {
              @Override
              boolean retriesLostConnections() {
                return false;
              }
            },
            "OTLP-RETRY-011/again",
            "OTLP-RETRY-012/again",
            "OTLP-RETRY-013/again",
            "OTLP-RETRY-011/success",
            "OTLP-RETRY-012/success",
            "OTLP-RETRY-013/success",
            "OTLP-RETRY-014/delivered",
            "OTLP-RETRY-014/success",
            "OTLP-RETRY-015/delivered",
            "OTLP-RETRY-015/success"),
        broken(
            "sends something else at the second attempt",
            new RetryRules() {
              @Override
              byte[] body(byte[] body, int attempt) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                for (int i = 0; i < attempt; i++) {
                  bytes.writeBytes(body);
                }
                return bytes.toByteArray();
              }
            },
            "OTLP-COMPRESSION-004/same",
            "OTLP-RETRY-016/same"),
        broken(
            "tries again after 400 when told when",
            new RetryRules() {
              @Override
              boolean retryable(int status) {
                return status == 400 || super.retryable(status);
              }

              @Override
              boolean mayTryAgain(int attempts) {
                return attempts < 2;
              }
            },
            "OTLP-THROTTLE-007/one-request"));
  }

  private static List<BrokenModel> waits() {
    return List.of(
        broken(
            "waits equally long each time",
            new RetryRules() {
              @Override
              Duration backoff(int attempts) {
                return super.backoff(1);
              }
            },
            "OTLP-RETRY-008/grow"),
        broken(
            "has no jitter",
            new RetryRules() {
              @Override
              Duration backoff(int attempts) {
                return Duration.ofSeconds(2).multipliedBy(attempts);
              }
            },
            "OTLP-RETRY-009/differ"),
        doesNotWait("a reset", "OTLP-RETRY-011/back-off"),
        doesNotWait("a close", "OTLP-RETRY-012/back-off"),
        doesNotWait("half a head", "OTLP-RETRY-013/back-off"),
        doesNotWait("a Retry-After that it cannot read", "OTLP-THROTTLE-005/back-off"),
        broken(
            "takes seconds of Retry-After for milliseconds",
            new RetryRules() {
              @Override
              Optional<Duration> retryAfter(String value) {
                return super.retryAfter(value).map(d -> d.dividedBy(1000));
              }

              @Override
              boolean throttlesLaterExports() {
                return false;
              }
            },
            "OTLP-THROTTLE-001/waited",
            "OTLP-THROTTLE-002/waited",
            "OTLP-THROTTLE-008/waited"),
        broken(
            "cannot read dates of Retry-After",
            new RetryRules() {
              @Override
              Optional<Duration> retryAfterDate(String value) {
                return Optional.empty();
              }
            },
            "OTLP-THROTTLE-003/waited"),
        broken(
            "gives up when it has to wait for longer than a second",
            new RetryRules() {
              @Override
              boolean fits(Duration wait, Deadline deadline) {
                return wait.toSeconds() < 1 && super.fits(wait, deadline);
              }
            },
            "OTLP-THROTTLE-001/delivered",
            "OTLP-THROTTLE-002/delivered",
            "OTLP-THROTTLE-003/delivered"),
        broken(
            "gives up at a Retry-After that it cannot use",
            new RetryRules() {
              @Override
              Optional<Duration> retryAfter(String value) {
                return Optional.of(
                    super.retryAfter(value).filter(d -> !d.isZero()).orElse(Duration.ofDays(1)));
              }
            },
            "OTLP-THROTTLE-004/delivered",
            "OTLP-THROTTLE-005/delivered"),
        broken(
            "shortens a Retry-After beyond its time",
            new RetryRules() {
              @Override
              Optional<Duration> retryAfter(String value) {
                return super.retryAfter(value)
                    .map(d -> d.toSeconds() > 10 ? Duration.ofSeconds(1) : d);
              }

              @Override
              boolean throttlesLaterExports() {
                return false;
              }
            },
            "OTLP-THROTTLE-006/no-early-retry"),
        broken(
            "waits out more than its time",
            new RetryRules() {
              @Override
              Duration wait(int attempts, Optional<Duration> asked) {
                return asked.isPresent() ? Duration.ofSeconds(8) : super.wait(attempts, asked);
              }

              @Override
              boolean fits(Duration wait, Deadline deadline) {
                return true;
              }
            },
            "OTLP-THROTTLE-006/in-time"));
  }

  /** One for each check, because its few milliseconds show only if little else is going on. */
  private static BrokenModel doesNotWait(String after, String killer) {
    return broken(
        "does not wait after " + after,
        new RetryRules() {
          @Override
          Duration wait(int attempts, Optional<Duration> asked) {
            return Duration.ZERO;
          }
        },
        killer);
  }

  private static List<BrokenModel> limits() {
    return List.of(
        broken(
            "limits each attempt instead of the export",
            new RetryRules() {
              @Override
              Deadline attempt(Deadline export, long timeoutMillis) {
                return Deadline.in(timeoutMillis);
              }

              @Override
              boolean fits(Duration wait, Deadline deadline) {
                return true;
              }

              @Override
              boolean mayTryAgain(int attempts) {
                return attempts < 6;
              }
            },
            "OTLP-TIMEOUT-002/in-time"),
        broken(
            "has no limit of an attempt",
            new RetryRules() {
              @Override
              Deadline attempt(Deadline export, long timeoutMillis) {
                return Deadline.in(timeoutMillis + 3_500);
              }
            },
            "OTLP-TIMEOUT-001/given-up",
            "OTLP-TIMEOUT-003/given-up",
            "OTLP-TIMEOUT-005/in-time"));
  }
}
