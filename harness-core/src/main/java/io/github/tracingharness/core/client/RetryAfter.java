package io.github.tracingharness.core.client;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code Retry-After}: seconds, or a date in any of the three forms of HTTP. Anything else is
 * as good as no header.
 */
final class RetryAfter {

  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
  private static final List<DateTimeFormatter> DATES = List.of(
      DateTimeFormatter.RFC_1123_DATE_TIME,
      obsolete("EEEE, dd-MMM-uu HH:mm:ss 'GMT'"),
      obsolete("EEE MMM ppd HH:mm:ss uuuu"));

  private RetryAfter() {}

  static Optional<Duration> of(HttpAnswer answer, Clock clock) {
    return answer.header("Retry-After").map(String::strip).flatMap(value -> parse(value, clock));
  }

  private static Optional<Duration> parse(String value, Clock clock) {
    if (SECONDS.matcher(value).matches()) {
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(value))));
    }
    return DATES.stream()
        .map(form -> moment(form, value))
        .flatMap(Optional::stream)
        .findFirst()
        .map(moment -> Duration.between(clock.instant(), moment))
        .map(wait -> wait.isNegative() ? Duration.ZERO : bounded(wait));
  }

  private static Optional<Instant> moment(DateTimeFormatter form, String value) {
    try {
      return Optional.of(Instant.from(form.parse(value)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static DateTimeFormatter obsolete(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  private static Duration bounded(Duration wait) {
    return wait.compareTo(RetryPolicy.LONGEST_RETRY_AFTER) > 0
        ? RetryPolicy.LONGEST_RETRY_AFTER
        : wait;
  }
}
