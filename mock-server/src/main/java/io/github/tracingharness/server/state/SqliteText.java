package io.github.tracingharness.server.state;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Plain values as SQLite keeps them in a column of texts. */
final class SqliteText {

  private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

  private SqliteText() {}

  static String of(Object value) {
    if (value instanceof Boolean bool) {
      return bool ? "1" : "0";
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) ? decimal(number) : number > 0 ? "Inf" : "-Inf";
    }
    return AttributeText.node(value).asText();
  }

  /** As {@code %.15g} of C, but with one digit after the point at least. */
  private static String decimal(double number) {
    if (number == 0) {
      return "0.0";
    }
    BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent < -4 || exponent >= DIGITS.getPrecision()) {
      String mantissa = withPoint(rounded.movePointLeft(exponent));
      return mantissa + String.format(Locale.ROOT, "e%+03d", exponent);
    }
    return withPoint(rounded);
  }

  private static String withPoint(BigDecimal number) {
    String text = number.toPlainString();
    return text.contains(".") ? text : text + ".0";
  }
}
