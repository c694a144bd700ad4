package io.github.tracingharness.server.search;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Many predicates or comparators as one, without a call on the stack for each of them. */
final class Joined {

  private Joined() {}

  static <T> Predicate<T> all(List<? extends Predicate<? super T>> predicates) {
    List<Predicate<? super T>> parts = List.copyOf(predicates);
    return item -> {
      for (Predicate<? super T> part : parts) {
        if (!part.test(item)) {
          return false;
        }
      }
      return true;
    };
  }

  static <T> Comparator<T> inTurn(List<? extends Comparator<? super T>> comparators) {
    List<Comparator<? super T>> parts = List.copyOf(comparators);
    return (left, right) -> {
      for (Comparator<? super T> part : parts) {
        int sign = part.compare(left, right);
        if (sign != 0) {
          return sign;
        }
      }
      return 0;
    };
  }
}
