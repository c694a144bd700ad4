package io.github.tracingharness.core.trace;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times and durations as protobuf's JSON mapping writes them with millisecond precision: 0 or 3
 * fraction digits.
 */
final class WireTime {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private WireTime() {}

  static String timestamp(long epochMillis) {
    return SECONDS.format(Instant.ofEpochMilli(epochMillis))
        + fraction(Math.floorMod(epochMillis, 1000)) + "Z";
  }

  static String duration(long millis) {
    long magnitude = Math.abs(millis);
    return (millis < 0 ? "-" : "") + magnitude / 1000 + fraction((int) (magnitude % 1000)) + "s";
  }

  private static String fraction(int millis) {
    return millis == 0 ? "" : "." + Integer.toString(1000 + millis).substring(1);
  }
}
