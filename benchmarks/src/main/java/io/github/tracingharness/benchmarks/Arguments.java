package io.github.tracingharness.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Words of a command line that are taken one after the other. */
final class Arguments {

  private final List<String> left;

  Arguments(List<String> words) {
    left = new ArrayList<>(words);
  }

  /** Takes the next word that is no option. */
  String word(String what) {
    if (left.isEmpty() || left.get(0).startsWith("--")) {
      throw new IllegalArgumentException(what + " is missing.");
    }
    return left.remove(0);
  }

  boolean flag(String name) {
    return left.remove(name);
  }

  Optional<String> option(String name) {
    int at = left.indexOf(name);
    if (at < 0) {
      return Optional.empty();
    }
    if (at + 1 >= left.size()) {
      throw new IllegalArgumentException("A value is missing after " + name + ".");
    }
    left.remove(at);
    return Optional.of(left.remove(at));
  }

  String required(String name) {
    return option(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing."));
  }

  double number(String name, double otherwise) {
    String text = option(name).orElse(null);
    if (text == null) {
      return otherwise;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a number, not \"" + text + "\".", e);
    }
  }

  int integer(String name, int otherwise, int least) {
    double value = number(name, otherwise);
    if (value != Math.rint(value) || value < least || value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          name + " must be a whole number of at least " + least + ".");
    }
    return (int) value;
  }

  void requireNoMore() {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("Unknown argument \"" + left.get(0) + "\".");
    }
  }
}
