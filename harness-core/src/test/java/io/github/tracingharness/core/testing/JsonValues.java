package io.github.tracingharness.core.testing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random texts and JSON values. */
public final class JsonValues {

  private JsonValues() {}

  /** Any texts that UTF-8 can carry; each kind of character is frequent. */
  public static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.integers().between(0, 0x7f),
            Arbitraries.integers().between(0x80, 0xd7ff),
            Arbitraries.integers().between(0xe000, 0xffff),
            Arbitraries.integers().between(0x1_0000, 0x10_ffff))
        .list()
        .ofMaxSize(40)
        .map(JsonValues::text);
  }

  /** Any sequences of 16-bit units, so that lone surrogates are frequent. */
  public static Arbitrary<String> units() {
    return Arbitraries.oneOf(
            Arbitraries.integers().between(0, 0xffff),
            Arbitraries.integers().between(0xd7f0, 0xe010))
        .list()
        .ofMaxSize(40)
        .map(units -> {
          StringBuilder text = new StringBuilder();
          units.forEach(unit -> text.append((char) (int) unit));
          return text.toString();
        });
  }

  /** Any values that JSON can carry. */
  public static Arbitrary<Object> values() {
    Arbitrary<Object> leaf = Arbitraries.oneOf(
        Arbitraries.just(null),
        Arbitraries.of(true, false),
        Arbitraries.longs(),
        Arbitraries.integers(),
        Arbitraries.bigIntegers().between(BigInteger.TWO.pow(80).negate(), BigInteger.TWO.pow(80)),
        Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite),
        texts());
    return Arbitraries.recursive(() -> leaf, JsonValues::nested, 0, 4);
  }

  private static Arbitrary<Object> nested(Arbitrary<Object> inner) {
    return Arbitraries.oneOf(
        inner,
        inner.list().ofMaxSize(4).map(Object.class::cast),
        Arbitraries.maps(texts(), inner).ofMaxSize(4).map(Object.class::cast));
  }

  /**
   * Returns a value in which every integer is a BigInteger, so that values of different types are
   * equal if they are the same number.
   */
  public static Object canonical(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return BigInteger.valueOf(((Number) value).longValue());
    }
    if (value instanceof List<?> items) {
      List<Object> copy = new ArrayList<>();
      items.forEach(item -> copy.add(canonical(item)));
      return copy;
    }
    if (value instanceof Map<?, ?> members) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      members.forEach((key, member) -> copy.put(key, canonical(member)));
      return copy;
    }
    return value;
  }

  private static String text(List<Integer> codePoints) {
    StringBuilder text = new StringBuilder();
    codePoints.forEach(text::appendCodePoint);
    return text.toString();
  }
}
