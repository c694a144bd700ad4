package io.github.tracingharness.server.differential;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Sends the same requests to both servers and compares their answers. */
final class Conversation {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Party real;
  private final Party fake;
  private final Predicate<Difference> known;
  private int requests;

  /** @param known differences that do not count; the conversation goes on after them */
  Conversation(Party real, Party fake, Predicate<Difference> known) {
    this.real = real;
    this.fake = fake;
    this.known = known;
  }

  /** The first difference. The servers meet no name that they have met before. */
  Optional<Difference> run(List<Step> steps) throws IOException, InterruptedException {
    String prefix = "c" + Long.toString(System.nanoTime(), 36) + COUNT.incrementAndGet() + "x";
    Names realNames = new Names(prefix);
    Names fakeNames = new Names(prefix);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      requests++;
      Answer expected = real.send(step, realNames);
      Answer found = fake.send(step, fakeNames);
      expected.capture(step, realNames);
      found.capture(step, fakeNames);
      List<String> parts =
          Difference.between(expected.comparable(realNames), found.comparable(fakeNames));
      if (!parts.isEmpty()) {
        Difference difference =
            new Difference(List.copyOf(steps.subList(0, i + 1)), parts, expected, found);
        if (!known.test(difference)) {
          return Optional.of(difference);
        }
      }
    }
    return Optional.empty();
  }

  int requests() {
    return requests;
  }
}
