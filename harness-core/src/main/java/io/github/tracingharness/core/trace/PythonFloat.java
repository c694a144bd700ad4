package io.github.tracingharness.core.trace;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floating-point numbers as Python's {@code repr} writes them. */
final class PythonFloat {

  private static final int LOWEST_FIXED_EXPONENT = -4;
  private static final int HIGHEST_FIXED_EXPONENT = 15;

  private PythonFloat() {}

  static String repr(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    String sign = value < 0 ? "-" : "";
    return sign
        + (exponent < LOWEST_FIXED_EXPONENT || exponent > HIGHEST_FIXED_EXPONENT
            ? scientific(digits, exponent)
            : fixed(shortest));
  }

  /** Before JDK 19, {@code Double.toString} may give more digits than needed. */
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal best = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    for (int digits = best.precision() - 1; digits > 0; digits--) {
      BigDecimal shorter = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (shorter.doubleValue() != value) {
        return best;
      }
      best = shorter.stripTrailingZeros();
    }
    return best;
  }

  private static String fixed(BigDecimal value) {
    String text = value.toPlainString();
    return text.indexOf('.') < 0 ? text + ".0" : text;
  }

  private static String scientific(String digits, int exponent) {
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    int magnitude = Math.abs(exponent);
    return mantissa + (exponent < 0 ? "e-" : "e+") + (magnitude < 10 ? "0" : "") + magnitude;
  }
}
