package io.github.tracingharness.conformance.selftest.otlp;

import static io.github.tracingharness.conformance.selftest.otlp.BrokenModel.broken;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Broken readings of answers. */
final class BrokenAnswers {

  private BrokenAnswers() {}

  static List<BrokenModel> all() {
    return List.of(
        broken(
            "warns of every answer",
            new WireRules() {
              @Override
              Meaning partialSuccess(long rejected, String message, Diagnostics log) {
                log.warn("the collector rejected " + rejected + " spans: " + message);
                return Meaning.ACCEPTED;
              }
            },
            "OTLP-RESPONSE-001/quiet",
            "OTLP-JSON-RESPONSE-001/quiet",
            "OTLP-RESPONSE-004/quiet",
            "OTLP-JSON-RESPONSE-004/quiet"),
        broken(
            "does not tell partial success",
            new WireRules() {
              @Override
              Meaning partialSuccess(long rejected, String message, Diagnostics log) {
                return Meaning.ACCEPTED;
              }
            },
            "OTLP-RESPONSE-002/told",
            "OTLP-JSON-RESPONSE-002/told",
            "OTLP-JSON-FORM-007/told",
            "OTLP-JSON-FORM-008/told"),
        broken(
            "fails for a message of partial success",
            new WireRules() {
              @Override
              Meaning partialSuccess(long rejected, String message, Diagnostics log) {
                return message.isEmpty() ? Meaning.ACCEPTED : Meaning.FAILED;
              }
            },
            "OTLP-RESPONSE-003/success",
            "OTLP-JSON-RESPONSE-003/success"),
        broken(
            "fails for an accepting answer",
            new WireRules() {
              @Override
              Meaning partialSuccess(long rejected, String message, Diagnostics log) {
                return Meaning.FAILED;
              }
            },
            "OTLP-RESPONSE-001/success",
            "OTLP-JSON-RESPONSE-001/success",
            "OTLP-RESPONSE-004/success",
            "OTLP-JSON-RESPONSE-004/success",
            "OTLP-RESPONSE-006/success",
            "OTLP-JSON-RESPONSE-006/success",
            "OTLP-RESPONSE-011/success"),
        broken(
            "sends again what was taken",
            Rules.SOUND
                .with(new WireRules() {
                  @Override
                  Meaning partialSuccess(long rejected, String message, Diagnostics log) {
                    return Meaning.SENT_AGAIN;
                  }

                  @Override
                  Meaning unreadable(String why, Diagnostics log) {
                    return Meaning.SENT_AGAIN;
                  }
                })
                .with(twoAttempts()),
            "OTLP-RESPONSE-001/one-request",
            "OTLP-JSON-RESPONSE-001/one-request",
            "OTLP-RESPONSE-002/one-request",
            "OTLP-JSON-RESPONSE-002/one-request",
            "OTLP-RESPONSE-003/one-request",
            "OTLP-JSON-RESPONSE-003/one-request",
            "OTLP-RESPONSE-005/not-retried",
            "OTLP-JSON-RESPONSE-005/not-retried",
            "OTLP-RESPONSE-005/goes-on",
            "OTLP-JSON-RESPONSE-005/goes-on",
            "OTLP-RESPONSE-006/one-request",
            "OTLP-JSON-RESPONSE-006/one-request",
            "OTLP-COMPRESSION-003/not-retried",
            "OTLP-JSON-FORM-007/not-retried",
            "OTLP-JSON-FORM-008/not-retried"),
        broken(
            "reads rejected spans as a number only, and fails otherwise",
            new WireRules() {
              @Override
              long rejectedSpans(JsonNode number) {
                return number.isMissingNode() ? 0 : number.isNumber() ? number.asLong() : -1;
              }

              @Override
              Meaning partialSuccess(long rejected, String message, Diagnostics log) {
                return rejected < 0 ? Meaning.FAILED : super.partialSuccess(rejected, message, log);
              }
            },
            "OTLP-JSON-FORM-007/told"),
        broken(
            "reads rejected spans as a string only, and tells nothing otherwise",
            new WireRules() {
              @Override
              long rejectedSpans(JsonNode number) {
                return number.isNumber() ? -1 : super.rejectedSpans(number);
              }

              @Override
              Meaning partialSuccess(long rejected, String message, Diagnostics log) {
                return rejected < 0
                    ? Meaning.ACCEPTED
                    : super.partialSuccess(rejected, message, log);
              }
            },
            "OTLP-JSON-FORM-008/told"),
        broken(
            "asks for compressed answers and cannot read them",
            new WireRules() {
              @Override
              boolean decompresses() {
                return false;
              }

              @Override
              Meaning unreadable(String why, Diagnostics log) {
                return Meaning.FAILED;
              }
            },
            "OTLP-COMPRESSION-003/success"),
        broken(
            "takes a web page in silence",
            new WireRules() {
              @Override
              Meaning foreign(String contentType, Diagnostics log) {
                return Meaning.ACCEPTED;
              }
            },
            "OTLP-RESPONSE-007/not-silent"),
        broken(
            "follows a redirect by GET",
            new WireRules() {
              @Override
              boolean followsRedirects() {
                return true;
              }
            },
            "OTLP-RESPONSE-009/no-false-success",
            "OTLP-RESPONSE-010/no-false-success",
            "OTLP-SECURITY-003/authorization",
            "OTLP-SECURITY-003/other-headers"),
        broken(
            "sends again after statuses of success that it does not know",
            Rules.SOUND
                .with(new WireRules() {
                  @Override
                  boolean isSuccess(int status) {
                    return status == 200;
                  }
                })
                .with(new RetryRules() {
                  @Override
                  boolean retryable(int status) {
                    return status < 300 || super.retryable(status);
                  }

                  @Override
                  boolean mayTryAgain(int attempts) {
                    return attempts < 2;
                  }
                }),
            "OTLP-RESPONSE-013/one-request",
            "OTLP-RESPONSE-014/one-request"),
        broken(
            "reads answers of any size",
            new WireRules() {
              @Override
              long responseLimit() {
                return 1L << 30;
              }
            },
            "OTLP-RESPONSE-017/failure"),
        broken(
            "sends again after an answer that is too large",
            new RetryRules() {
              @Override
              boolean retriesTooLargeAnswers() {
                return true;
              }
            },
            "OTLP-RESPONSE-017/one-request",
            "OTLP-RESPONSE-018/one-request"));
  }

  private static RetryRules twoAttempts() {
    return new RetryRules() {
      @Override
      boolean mayTryAgain(int attempts) {
        return attempts < 2;
      }
    };
  }
}
