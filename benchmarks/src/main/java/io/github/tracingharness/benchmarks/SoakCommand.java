package io.github.tracingharness.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@link Soak} in a JVM of its own with a small heap: {@code bench soak [--spans N]}. */
final class SoakCommand {

  private static final int DEFAULT_SPANS = 10_000_000;
  private static final String HEAP = "-Xmx64m";
  private static final long MINUTES = 15;

  private final PrintStream out;

  SoakCommand(PrintStream out) {
    this.out = out;
  }

  /** Returns 0 if heap, threads and accounts are as they should be, else 1. */
  int run(Arguments arguments) throws IOException, InterruptedException {
    int spans = arguments.integer("--spans", DEFAULT_SPANS, 100_000);
    arguments.requireNoMore();
    out.println("Soak: " + spans + " spans, " + HEAP);
    Process process = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-cp",
            System.getProperty("java.class.path"),
            Soak.class.getName(),
            Integer.toString(spans)))
        .inheritIO()
        .start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      out.println("The soak did not end within " + MINUTES + " minutes.");
      return 1;
    }
    return process.exitValue();
  }
}
