package io.github.tracingharness.conformance.check;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.ProcessEvent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Statements about how the application's process ended, in cases that let it end. */
public final class Exits {

  private Exits() {}

  /** The process ended with exit code 0. */
  public static Check normally() {
    return history -> judge(history, "exit code 0", code -> code == 0);
  }

  /** The process ended with another exit code than 0, as an uncaught exception makes it. */
  public static Check withFailure() {
    return history -> judge(history, "an exit code other than 0", code -> code > 0);
  }

  /** The process ended within this time of the command to end. */
  public static Check within(Duration limit) {
    return history -> {
      String expected = "the process to end within %d ms".formatted(limit.toMillis());
      Optional<Long> ended = history.all(ProcessEvent.class).stream()
          .filter(e -> e.what().equals("exited"))
          .map(ProcessEvent::at)
          .findFirst();
      if (ended.isEmpty() || history.commands("exit").isEmpty()) {
        return Finding.unmet(expected, "no end", Finding.requests(history));
      }
      long took = (ended.get() - history.commands("exit").get(0).at()) / 1_000_000;
      return took <= limit.toMillis()
          ? CheckResult.met("ended after %d ms".formatted(took))
          : Finding.unmet(expected, took + " ms", Finding.requests(history));
    };
  }

  private static CheckResult judge(CaseHistory history, String words, IntPredicate holds) {
    List<Integer> codes = history.all(ProcessEvent.class).stream()
        .filter(e -> e.what().equals("exited"))
        .map(ProcessEvent::code)
        .filter(Objects::nonNull)
        .toList();
    if (codes.isEmpty()) {
      return Finding.unmet("the process to end with " + words, "no end", Finding.requests(history));
    }
    int code = codes.get(0);
    return holds.test(code)
        ? CheckResult.met("the process ended with exit code " + code)
        : Finding.unmet(
            "the process to end with " + words, "exit code " + code, Finding.requests(history));
  }
}
