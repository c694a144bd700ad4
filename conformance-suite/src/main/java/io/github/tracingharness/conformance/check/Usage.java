package io.github.tracingharness.conformance.check;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * Statements about what the subject's process used. They cannot be judged where a process cannot be
 * looked at: inside of the suite's JVM, or on another system than Linux.
 */
public final class Usage {

  /**
   * Threads that a runtime starts and stops as it likes, by the 15 characters that Linux keeps. The
   * last one is of the JDK's HTTP client, which cannot be closed before JDK 21.
   */
  private static final Pattern RUNTIME = Pattern.compile(
      "C[12] CompilerThre.*|GC Thread.*|G1 .*|Common-Cleaner|Reference Handl.*|Finalizer|VM .*|"
          + "Signal Dispatch.*|Service Thread|Monitor Deflati.*|Notification Th.*|Cleaner-.*|"
          + "Attach Listener|process reaper|java|libuv-worker|V8Worker|node|HttpClient-\\d+-S.*");

  private Usage() {}

  /** After the second measurement's moment no more sockets are open than at the first. */
  public static Check socketsReleased(String before, String after) {
    return compare(
        before,
        after,
        (first, second) -> second.sockets() <= first.sockets()
            ? CheckResult.met("%d sockets, %d before".formatted(second.sockets(), first.sockets()))
            : CheckResult.unmet(
                "no more open sockets than the %d of before".formatted(first.sockets()),
                Integer.toString(second.sockets())));
  }

  /** At the second measurement there is no thread that was not there at the first. */
  public static Check threadsReleased(String before, String after) {
    return compare(before, after, (first, second) -> {
      List<String> left = new ArrayList<>(second.threads());
      first.threads().forEach(left::remove);
      left.removeIf(name -> RUNTIME.matcher(name).matches());
      return left.isEmpty()
          ? CheckResult.met("no thread that was not there before")
          : CheckResult.unmet("no thread that was not there before", left.toString());
    });
  }

  /** Between both measurements the peak of memory grew by less than this. */
  public static Check peakGrowsLess(String before, String after, long megabytes) {
    return compare(before, after, (first, second) -> {
      long grown = (second.peakKilobytes() - first.peakKilobytes()) / 1024;
      return grown < megabytes
          ? CheckResult.met("the peak grew by %d MB".formatted(grown))
          : CheckResult.unmet(
              "a peak of memory that grows by less than %d MB".formatted(megabytes), grown + " MB");
    });
  }

  private static Check compare(
      String before, String after, BiFunction<Measured, Measured, CheckResult> judge) {
    return history -> {
      Optional<Measured> first = find(history, before);
      Optional<Measured> second = find(history, after);
      return first.isPresent() && second.isPresent()
          ? judge.apply(first.get(), second.get())
          : CheckResult.unobservable("the subject's process cannot be looked at");
    };
  }

  private static Optional<Measured> find(CaseHistory history, String name) {
    return history.all(Measured.class).stream()
        .filter(m -> m.name().equals(name))
        .findFirst();
  }
}
