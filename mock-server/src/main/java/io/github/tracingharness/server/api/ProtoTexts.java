package io.github.tracingharness.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.server.http.PythonValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The proto3-JSON forms of times and 64-bit numbers. Times are milliseconds here; smaller fractions
 * are cut.
 */
final class ProtoTexts {

  private static final Pattern DURATION = Pattern.compile("-?[0-9]+(\\.[0-9]{1,9})?s");
  private static final long MAX_DURATION_SECONDS = 315_576_000_000L;

  private ProtoTexts() {}

  /** A 64-bit number. */
  static Optional<Long> integer(JsonNode value) {
    return PythonValues.wholeNumber(value)
        .filter(number -> number.bitLength() < Long.SIZE)
        .map(BigInteger::longValue);
  }

  /** A number or a boolean as a whole number, fractions cut; empty for anything else. */
  static Optional<BigInteger> cut(JsonNode value) {
    if (value.isBoolean()) {
      return Optional.of(value.booleanValue() ? BigInteger.ONE : BigInteger.ZERO);
    }
    return value.isNumber() && Double.isFinite(value.doubleValue())
        ? Optional.of(value.decimalValue().toBigInteger())
        : Optional.empty();
  }

  static Optional<Long> timestampMillis(JsonNode value) {
    if (!value.isTextual() || !value.textValue().contains("T")) {
      return Optional.empty();
    }
    try {
      return Optional.of(UtcTime.millis(value.textValue()));
    } catch (DateTimeException | ArithmeticException notATime) {
      return Optional.empty();
    }
  }

  static Optional<Long> durationMillis(JsonNode value) {
    if (!value.isTextual() || !DURATION.matcher(value.textValue()).matches()) {
      return Optional.empty();
    }
    String text = value.textValue();
    BigDecimal seconds = new BigDecimal(text.substring(0, text.length() - 1));
    if (seconds.abs().compareTo(BigDecimal.valueOf(MAX_DURATION_SECONDS)) > 0) {
      return Optional.empty();
    }
    return Optional.of(seconds.movePointRight(3).setScale(0, RoundingMode.DOWN).longValueExact());
  }

  /** RFC 3339 in UTC with no or three decimals. */
  static String timestamp(long millis) {
    return UtcTime.seconds(millis) + decimals(Math.floorMod(millis, 1000L)) + "Z";
  }

  /** Seconds with no or three decimals. */
  static String duration(long millis) {
    String sign = millis < 0 ? "-" : "";
    return sign + Math.abs(millis / 1000) + decimals(Math.abs(millis % 1000)) + "s";
  }

  private static String decimals(long thousandths) {
    return thousandths == 0 ? "" : "." + Long.toString(1000 + thousandths).substring(1);
  }
}
