package io.github.tracingharness.conformance.driver;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * A variable by which an exporter takes a setting: {@code value × times + plus} for numbers, such
 * as seconds for milliseconds, or retries for attempts.
 *
 * @param name name of the variable
 * @param times factor of a number
 * @param plus what is added to a number then
 */
public record NativeVariable(String name, BigDecimal times, BigDecimal plus) {

  /** A variable that takes the value as it is. */
  public NativeVariable(String name) {
    this(name, BigDecimal.ONE, BigDecimal.ZERO);
  }

  String value(JsonNode value) {
    return value.isNumber()
        ? value.decimalValue().multiply(times).add(plus).stripTrailingZeros().toPlainString()
        : value.asText();
  }
}
