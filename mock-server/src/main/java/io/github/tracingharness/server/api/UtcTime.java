package io.github.tracingharness.server.api;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * RFC 3339 texts. Each call has some, so the usual form, {@code 2026-01-02T03:04:05.678Z}, is read
 * and written without a formatter.
 */
final class UtcTime {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
  private static final String USUAL = "0000-00-00T00:00:00.000Z";
  private static final int NANOS_PER_MILLI = 1_000_000;

  private UtcTime() {}

  /**
   * Milliseconds since 1970.
   *
   * @throws DateTimeException if the text is none
   */
  static long millis(String text) {
    return (isUsual(text) ? usual(text).atOffset(ZoneOffset.UTC) : OffsetDateTime.parse(text))
        .toInstant()
        .toEpochMilli();
  }

  /** To the second; what follows is left to the caller. */
  static String seconds(long millis) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), 0, ZoneOffset.UTC);
    if (time.getYear() < 1000 || time.getYear() > 9999) {
      return SECONDS.format(time);
    }
    StringBuilder text = new StringBuilder(USUAL.length()).append(time.getYear());
    append('-', time.getMonthValue(), text);
    append('-', time.getDayOfMonth(), text);
    append('T', time.getHour(), text);
    append(':', time.getMinute(), text);
    append(':', time.getSecond(), text);
    return text.toString();
  }

  private static void append(char mark, int twoDigits, StringBuilder text) {
    text.append(mark).append((char) ('0' + twoDigits / 10)).append((char) ('0' + twoDigits % 10));
  }

  private static boolean isUsual(String text) {
    if (text.length() != USUAL.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char wanted = USUAL.charAt(i);
      char c = text.charAt(i);
      if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
        return false;
      }
    }
    return true;
  }

  private static LocalDateTime usual(String text) {
    return LocalDateTime.of(
        number(text, 0, 4),
        number(text, 5, 7),
        number(text, 8, 10),
        number(text, 11, 13),
        number(text, 14, 16),
        number(text, 17, 19),
        number(text, 20, 23) * NANOS_PER_MILLI);
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
