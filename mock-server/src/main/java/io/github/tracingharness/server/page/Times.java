package io.github.tracingharness.server.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times in the form that people read. */
final class Times {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final long LAST_YEAR_9999 = 253_402_300_799_999L;

  private Times() {}

  static String moment(long millis) {
    return millis < 0 || millis > LAST_YEAR_9999
        ? millis + " ms"
        : MOMENT.format(Instant.ofEpochMilli(millis));
  }

  static String length(double nanos) {
    double millis = nanos / 1e6;
    if (Math.abs(millis) >= 1000) {
      return String.format(Locale.ROOT, "%.2f s", millis / 1000);
    }
    return String.format(Locale.ROOT, Math.abs(millis) >= 10 ? "%.0f ms" : "%.2f ms", millis);
  }
}
