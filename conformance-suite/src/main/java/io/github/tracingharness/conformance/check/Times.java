package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.history.SpanIds;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Statements about {@code request_time} and {@code execution_duration}, compared as times:
 * protobuf's JSON form allows 0, 3, 6 and 9 digits of fraction.
 */
public final class Times {

  private static final Pattern DURATION = Pattern.compile("-?[0-9]+(\\.[0-9]{1,9})?s");
  private static final BigDecimal MILLI = new BigDecimal("0.001");

  private Times() {}

  /** The request time is this one, cut to milliseconds or not. */
  public static Check requestTime(String ref, String time) {
    Instant expected = Instant.parse(time);
    return TraceInfoField.traceInfo(ref, "/request_time")
        .that("\"%s\" to the millisecond below".formatted(time), v -> {
          try {
            Instant found = Instant.parse(v.asText());
            return v.isTextual()
                && !found.isBefore(expected)
                && found.isBefore(expected.plusMillis(1));
          } catch (DateTimeParseException e) {
            return false;
          }
        });
  }

  /** The duration is so many seconds, cut to milliseconds or not. */
  public static Check duration(String ref, String seconds) {
    BigDecimal expected = new BigDecimal(seconds);
    return duration(
        ref,
        "\"%ss\" to the millisecond below".formatted(seconds),
        d -> d.compareTo(expected) >= 0 && d.compareTo(expected.add(MILLI)) < 0);
  }

  /**
   * Request time and duration are those of the root span as it was delivered, cut to milliseconds
   * or not.
   */
  public static Check thoseOfRoot(String ref) {
    return history -> {
      SpanIds ids = history.refs().get(ref);
      List<WireSpan> roots = ids == null ? List.of() : WireSpan.of(history, ids);
      if (roots.isEmpty() || roots.get(0).start() == null || roots.get(0).end() == null) {
        return Finding.unmet(
            "the root span %s with start and end".formatted(ref),
            roots.isEmpty() ? "no such span" : roots.get(0).describe(),
            Finding.requests(history));
      }
      long start = roots.get(0).start();
      long took = roots.get(0).end() - start;
      Instant time = Instant.ofEpochSecond(0, start - Math.floorMod(start, 1_000_000L));
      String seconds = BigDecimal.valueOf(Math.floorDiv(took, 1_000_000L), 3).toPlainString();
      return requestTime(ref, time.toString()).and(duration(ref, seconds)).judge(history);
    };
  }

  /** The duration is absent, or not negative. */
  public static Check durationNotNegative(String ref) {
    return TraceInfoField.traceInfo(ref, "/execution_duration")
        .that("absent or not negative", v -> v.isMissingNode() || is(v, d -> d.signum() >= 0));
  }

  private static Check duration(String ref, String words, Predicate<BigDecimal> statement) {
    return TraceInfoField.traceInfo(ref, "/execution_duration").that(words, v -> is(v, statement));
  }

  private static boolean is(JsonNode value, Predicate<BigDecimal> statement) {
    String text = value.asText();
    return value.isTextual()
        && DURATION.matcher(text).matches()
        && statement.test(new BigDecimal(text.substring(0, text.length() - 1)));
  }
}
