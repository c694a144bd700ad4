package io.github.tracingharness.conformance.expect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version such as {@code 3.17.2}, {@code 3.10rc1} or {@code 0.1.0-SNAPSHOT}: numbers, and after
 * them possibly a mark that makes it a forerunner of the version without it. What follows a
 * {@code +} does not count.
 */
final class Version implements Comparable<Version> {

  private static final Pattern FORM = Pattern.compile(
      "v?(\\d{1,9}(?:\\.\\d{1,9})*)(?:[-._]?(?![xX](?:\\.|$))([A-Za-z][0-9A-Za-z.-]*))?(?:\\+.*)?");

  private final List<Integer> numbers;
  private final String forerunner;

  private Version(List<Integer> numbers, String forerunner) {
    this.numbers = numbers;
    this.forerunner = forerunner;
  }

  static Optional<Version> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<Integer> numbers = new ArrayList<>();
    for (String number : matcher.group(1).split("\\.", -1)) {
      numbers.add(Integer.valueOf(number));
    }
    String mark = matcher.group(2);
    return Optional.of(new Version(numbers, mark == null ? "" : mark));
  }

  @Override
  public int compareTo(Version other) {
    for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
      int difference = Integer.compare(number(i), other.number(i));
      if (difference != 0) {
        return difference;
      }
    }
    if (forerunner.isEmpty() != other.forerunner.isEmpty()) {
      return forerunner.isEmpty() ? 1 : -1;
    }
    return forerunner.compareTo(other.forerunner);
  }

  private int number(int i) {
    return i < numbers.size() ? numbers.get(i) : 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Version that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return Integer.hashCode(number(0)) + 31 * forerunner.hashCode();
  }
}
