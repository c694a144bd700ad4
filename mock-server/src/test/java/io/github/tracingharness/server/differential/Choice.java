package io.github.tracingharness.server.differential;

import java.util.List;
import java.util.Random;

/** Picks at random, the same for the same seed. */
final class Choice {

  private final Random random;

  Choice(Random random) {
    this.random = random;
  }

  /** A number from 0 on, less than the bound. */
  int number(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(int of) {
    return random.nextInt(of) == 0;
  }

  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  void maybe(List<String> members, String member) {
    if (random.nextInt(5) < 2) {
      members.add(member);
    }
  }
}
