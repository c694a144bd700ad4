package io.github.tracingharness.benchmarks.extension;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * One run of many tests of a kind.
 *
 * @param firstNanos from the call of JUnit's launcher to the end of the first test
 * @param testNanos from the end of each test to the end of the next, in order
 * @param heaps bytes in use after a garbage collection, at equal distances; empty if not asked for
 */
public record ExtensionRun(long firstNanos, List<Long> testNanos, List<Long> heaps) {

  /** Copies the lists. */
  public ExtensionRun {
    testNanos = List.copyOf(testNanos);
    heaps = List.copyOf(heaps);
  }

  /**
   * Runs tests and prints what {@link #parse} reads: kind, number of tests, samples of the heap.
   */
  public static void main(String[] arguments) {
    ExtensionRun run = measure(
        Kind.valueOf(arguments[0]).tests(),
        Integer.parseInt(arguments[1]),
        Integer.parseInt(arguments[2]));
    System.out.println(run.firstNanos);
    System.out.println(words(run.testNanos));
    System.out.println(words(run.heaps));
    System.out.flush();
    System.exit(0);
  }

  /** Reads what a run printed. */
  public static ExtensionRun parse(String printed) {
    String[] lines = printed.split("\n", -1);
    return new ExtensionRun(Long.parseLong(lines[0].strip()), numbers(lines[1]), numbers(lines[2]));
  }

  /**
   * Runs the tests of a class in this JVM.
   *
   * @throws IllegalStateException if a test failed, as the times would say nothing
   */
  static ExtensionRun measure(Class<?> testClass, int tests, int heapSamples) {
    Watch watch = new Watch(tests, heapSamples);
    watch.begin();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(testClass))
                .configurationParameter(TestKinds.Repetitions.TESTS, Integer.toString(tests))
                .build(),
            watch);
    return watch.run();
  }

  private static String words(List<Long> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static List<Long> numbers(String words) {
    return Arrays.stream(words.strip().split(" ", -1))
        .filter(word -> !word.isEmpty())
        .map(Long::valueOf)
        .toList();
  }

  /** Notes when tests end. */
  private static final class Watch implements TestExecutionListener {

    private final long[] ends;
    private final int everyTests;
    private final List<Long> heaps = new ArrayList<>();
    private long begun;
    private long last;
    private long first;
    private int finished;
    private String failure = "";

    Watch(int tests, int heapSamples) {
      ends = new long[tests];
      everyTests = heapSamples == 0 ? Integer.MAX_VALUE : tests / heapSamples;
    }

    void begin() {
      begun = System.nanoTime();
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      long now = System.nanoTime();
      if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
        failure = test.getDisplayName() + ": "
            + result.getThrowable().map(Throwable::toString).orElse("not successful");
      }
      if (!test.isTest() || finished == ends.length) {
        return;
      }
      if (finished == 0) {
        first = now - begun;
      }
      ends[finished++] = now - last;
      if (finished % everyTests == 0) {
        heaps.add(heapAfterGc());
      }
      last = System.nanoTime();
    }

    ExtensionRun run() {
      if (!failure.isEmpty() || finished != ends.length) {
        throw new IllegalStateException(
            finished + " of " + ends.length + " tests ended. " + failure);
      }
      // Before the first test there was no other.
      return new ExtensionRun(
          first, IntStream.range(1, finished).mapToObj(test -> ends[test]).toList(), heaps);
    }

    /** The second collection takes what the first one's cleaners have let go. */
    private static long heapAfterGc() {
      System.gc();
      System.gc();
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
  }
}
