package io.github.tracingharness.benchmarks;

import io.github.tracingharness.benchmarks.extension.ExtensionFigures;
import io.github.tracingharness.benchmarks.extension.ExtensionRun;
import io.github.tracingharness.benchmarks.extension.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the JUnit extension adds to a test, to the first one, and to the heap: {@code bench
 * extension [--tests N] [--forks N] [--heap-tests N]}.
 */
final class ExtensionCommand {

  private static final int TESTS = 1_000;
  private static final int FORKS = 5;
  private static final int HEAP_TESTS = 10_000;
  private static final int HEAP_SAMPLES = 10;

  private final PrintStream out;

  ExtensionCommand(PrintStream out) {
    this.out = out;
  }

  /** Returns 0 if every target is reached, else 1. */
  int run(Arguments arguments) throws IOException, InterruptedException {
    int tests = arguments.integer("--tests", TESTS, 10);
    int forks = arguments.integer("--forks", FORKS, 1);
    int heapTests = arguments.integer("--heap-tests", HEAP_TESTS, 10 * HEAP_SAMPLES);
    arguments.requireNoMore();
    Map<Kind, List<ExtensionRun>> timed = new EnumMap<>(Kind.class);
    for (int fork = 1; fork <= forks; fork++) {
      for (Kind kind : Kind.values()) {
        out.printf(Locale.ROOT, "[%d/%d] %d tests, %s%n", fork, forks, tests, kind);
        timed.computeIfAbsent(kind, key -> new ArrayList<>()).add(fork(kind, tests, 0));
      }
    }
    Map<Kind, ExtensionRun> heaps = new EnumMap<>(Kind.class);
    for (Kind kind : List.of(Kind.EMPTY, Kind.INJECTED, Kind.TRACED)) {
      out.printf(Locale.ROOT, "heap: %d tests, %s%n", heapTests, kind);
      heaps.put(kind, fork(kind, heapTests, HEAP_SAMPLES));
    }
    out.println();
    ExtensionFigures figures = ExtensionFigures.of(timed, heaps);
    figures.lines().forEach(out::println);
    return figures.reached() ? 0 : 1;
  }

  private static ExtensionRun fork(Kind kind, int tests, int heapSamples)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-cp",
            System.getProperty("java.class.path"),
            ExtensionRun.class.getName(),
            kind.name(),
            Integer.toString(tests),
            Integer.toString(heapSamples)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("The run of " + tests + " tests, " + kind + ", failed; see above.");
    }
    return ExtensionRun.parse(printed);
  }
}
