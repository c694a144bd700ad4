package io.github.tracingharness.benchmarks;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** Prints one line per contender; what the forks print is kept for the case that a fork fails. */
final class Progress implements OutputFormat {

  private static final int KEPT_CHARS = 20_000;

  private final PrintStream out;
  private final int total;
  private final StringBuilder forkOutput = new StringBuilder();
  private int begun;

  Progress(PrintStream out, int total) {
    this.out = out;
    this.total = total;
  }

  /** Returns the end of what the forks printed. */
  synchronized String forkOutput() {
    return forkOutput.toString();
  }

  @Override
  public synchronized void startBenchmark(BenchmarkParams params) {
    begun++;
    out.printf(
        Locale.ROOT,
        "[%2d/%d] %-48s ",
        begun,
        total,
        Measurements.group(params) + " " + Measurements.contender(params));
    out.flush();
  }

  @Override
  public void endBenchmark(BenchmarkResult result) {
    if (result == null) {
      out.println("failed");
      return;
    }
    Result<?> primary = result.getPrimaryResult();
    out.printf(Locale.ROOT, "%,12.2f %s%n", primary.getScore(), primary.getScoreUnit());
  }

  @Override
  public void println(String text) {
    keep(text + System.lineSeparator());
  }

  @Override
  public void print(String text) {
    keep(text);
  }

  @Override
  public void verbosePrintln(String text) {
    keep(text + System.lineSeparator());
  }

  private synchronized void keep(String text) {
    forkOutput.append(text);
    if (forkOutput.length() > KEPT_CHARS) {
      forkOutput.delete(0, forkOutput.length() - KEPT_CHARS);
    }
  }

  @Override
  public void write(int character) {
    keep(Character.toString((char) character));
  }

  @Override
  public void write(byte[] bytes) {
    keep(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
  }

  @Override
  public void iteration(BenchmarkParams params, IterationParams iteration, int number) {}

  @Override
  public void iterationResult(
      BenchmarkParams params, IterationParams iteration, int number, IterationResult result) {}

  @Override
  public void startRun() {}

  @Override
  public void endRun(Collection<RunResult> results) {}

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
