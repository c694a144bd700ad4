package io.github.tracingharness.junit;

import io.github.tracingharness.core.FlushResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks at a test that passed for what it did not notice. */
final class StrictMode {

  /** Enough for threads that were told to end. */
  private static final Duration THREADS_END = Duration.ofSeconds(1);

  /** Threads that live on by design: of the shared fake server, of the JDK and of JUnit. */
  private static final Pattern SHARED = Pattern.compile(SharedServer.THREAD
      + "|qtp.*|Connector-Scheduler-.*|HttpClient-.*|ForkJoinPool.*|Common-Cleaner|junit-.*"
      + "|process reaper.*|CompletableFutureDelayScheduler|Attach Listener|surefire-.*");

  private StrictMode() {}

  /**
   * Ends the pipeline of the test and returns the failure, or null if nothing went unnoticed.
   *
   * @param leftCurrent whether a span was still current when the test ended
   * @param alone whether no other test runs at the same time, so that new threads are this test's
   */
  static @Nullable AssertionError check(TestScope scope, boolean leftCurrent, boolean alone) {
    FlushResult unused = scope.tracing().flush(scope.settings().awaitLimit());
    List<String> found = new ArrayList<>();
    if (leftCurrent) {
      found.add("a span was still current on the test's thread; its scope was never closed");
    }
    long pending = scope.tracing().stats().traces().pending();
    if (pending > 0) {
      found.add(pending + (pending == 1 ? " trace" : " traces")
          + " not delivered at the end of the test; was a span never ended?");
    }
    found.addAll(scope.backend().unplayed());
    found.addAll(scope.warnings().take());
    scope.shutdown();
    if (alone) {
      leaked(scope.threadsBefore())
          .forEach(thread -> found.add("thread left behind: \"" + thread.getName() + "\""));
    }
    return found.isEmpty()
        ? null
        : new AssertionError("the test passed, but strict mode found\n  - "
            + String.join("\n  - ", found)
            + "\n  (a test that expects this takes it with Traces.warnings())\n"
            + scope.traces().describe());
  }

  private static List<Thread> leaked(Set<Thread> before) {
    long end = System.nanoTime() + THREADS_END.toNanos();
    List<Thread> left = Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread) && thread != Thread.currentThread())
        .filter(thread -> !SHARED.matcher(thread.getName()).matches())
        .sorted(Comparator.comparing(Thread::getName))
        .toList();
    for (Thread thread : left) {
      try {
        thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return left.stream().filter(Thread::isAlive).toList();
  }
}
