package io.github.tracingharness.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTimeTest {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);

  @Test
  void millisAndSeconds_ofRandomTimes_areThoseOfTheJdk() {
    Random random = new Random(20260102);
    for (int i = 0; i < 2_000; i++) {
      long millis = random.nextLong(-62_000_000_000_000L, 260_000_000_000_000L);
      String text = MILLIS.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));

      assertThat(UtcTime.millis(text)).as(text).isEqualTo(millis);
      assertThat(UtcTime.seconds(millis)).isEqualTo(text.substring(0, text.length() - 5));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.678901Z",
        "2026-01-02T03:04:05.678+02:00",
        "0000-02-29T00:00:00.000Z",
        "2024-02-29T23:59:59.999Z"
      })
  void millis_ofOtherForms_areThoseOfTheJdk(String text) {
    assertThat(UtcTime.millis(text))
        .isEqualTo(OffsetDateTime.parse(text).toInstant().toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T03:04:05.678Z",
        "2026-13-01T00:00:00.000Z",
        "2026-01-02T24:00:00.000Z",
        "2026-01-02T03:04:60.000Z",
        "2026-01-02 03:04:05.678Z",
        "2026-01-02T03:04:05.67xZ",
        "T"
      })
  void millis_ofNoTime_isRefused(String text) {
    assertThatThrownBy(() -> UtcTime.millis(text)).isInstanceOf(DateTimeException.class);
  }
}
