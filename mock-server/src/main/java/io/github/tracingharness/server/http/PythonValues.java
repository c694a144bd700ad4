package io.github.tracingharness.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Values as Python and its protobuf library take them: they read more forms than Java does, such as
 * {@code 1_000}.
 */
public final class PythonValues {

  private static final String DIGITS = "[0-9]+(?:_[0-9]+)*";
  private static final Pattern INTEGER = Pattern.compile("[+-]?" + DIGITS);
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:%1$s(?:\\.(?:%1$s)?)?|\\.%1$s)(?:[eE][+-]?%1$s)?".formatted(DIGITS));
  private static final Pattern ENDLESS = Pattern.compile("[+-]?inf(?:inity)?");
  private static final Pattern NOT_A_NUMBER = Pattern.compile("[+-]?nan");
  /** Python reads no longer ones. */
  private static final int MAX_DIGITS = 4300;

  private PythonValues() {}

  /**
   * Python's {@code int(text)}.
   *
   * @param text the text
   * @return the number, or empty where Python raises a {@code ValueError}
   */
  public static Optional<BigInteger> integer(String text) {
    String stripped = text.strip();
    return stripped.length() <= MAX_DIGITS && INTEGER.matcher(stripped).matches()
        ? Optional.of(new BigInteger(stripped.replace("_", "")))
        : Optional.empty();
  }

  /**
   * Python's {@code float(text)}.
   *
   * @param text the text
   * @return the number, or empty where Python raises a {@code ValueError}
   */
  public static Optional<Double> decimal(String text) {
    String stripped = text.strip().toLowerCase(Locale.ROOT);
    if (ENDLESS.matcher(stripped).matches()) {
      return Optional.of(
          stripped.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    if (NOT_A_NUMBER.matcher(stripped).matches()) {
      return Optional.of(Double.NaN);
    }
    return DECIMAL.matcher(stripped).matches()
        ? Optional.of(Double.valueOf(stripped.replace("_", "")))
        : Optional.empty();
  }

  /**
   * An integer field of a protobuf message in JSON: a number or a text, also as {@code 1e3} or
   * {@code 5.0}.
   *
   * @param value the value
   * @return the number, or empty if it is none or has a fraction
   */
  public static Optional<BigInteger> wholeNumber(JsonNode value) {
    if (value.isTextual()) {
      String text = value.textValue();
      return text.contains(" ")
          ? Optional.empty()
          : integer(text).or(() -> decimal(text).flatMap(PythonValues::whole));
    }
    if (value.isIntegralNumber()) {
      return Optional.of(value.bigIntegerValue());
    }
    return value.isNumber() ? whole(value.doubleValue()) : Optional.empty();
  }

  private static Optional<BigInteger> whole(double number) {
    return Double.isFinite(number) && number == Math.rint(number)
        ? Optional.of(new BigDecimal(number).toBigInteger())
        : Optional.empty();
  }

  /**
   * Whether a text can be written as UTF-8, so whether it has no half of a surrogate pair.
   *
   * @param text the text
   * @return true if it can
   */
  public static boolean isSound(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        int point = text.codePointAt(i);
        if (!Character.isSupplementaryCodePoint(point)) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
