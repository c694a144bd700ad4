package io.github.tracingharness.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What the user asked for.
 *
 * @param plan how long
 * @param steps which benchmarks, at least one
 * @param output where to write the results
 */
record Selection(BenchPlan plan, List<BenchPlan.Step> steps, Path output) {

  /** Copies the list. */
  Selection {
    steps = List.copyOf(steps);
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException if they are wrong or select nothing; the message says what
   */
  static Selection parse(List<String> arguments) {
    BenchPlan plan = BenchPlan.FULL;
    Path output = BenchCommand.DEFAULT_OUTPUT;
    Pattern include = Pattern.compile("");
    int threads = 0;
    Deque<String> left = new ArrayDeque<>(arguments);
    while (!left.isEmpty()) {
      String argument = left.remove();
      switch (argument) {
        case "--quick" -> plan = BenchPlan.QUICK;
        case "--include" -> include = pattern(value(argument, left));
        case "--threads" -> threads = number(argument, value(argument, left));
        case "--output" -> output = Path.of(value(argument, left));
        default -> throw new IllegalArgumentException("Unknown argument \"" + argument + "\".");
      }
    }
    Pattern wanted = include;
    int wantedThreads = threads;
    boolean selects = !include.pattern().isEmpty() || threads != 0;
    int maxThreads = selects ? Integer.MAX_VALUE : plan.maxThreads();
    List<BenchPlan.Step> steps = BenchPlan.STEPS.stream()
        .filter(step -> wanted.matcher(step.name()).find())
        .filter(step -> !wanted.pattern().isEmpty() || step.type() != PlantedBenchmark.class)
        .filter(step -> step.threads() <= maxThreads)
        .filter(step -> wantedThreads == 0 || step.threads() == wantedThreads)
        .toList();
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("No benchmark has a name that matches \"" + include
          + "\". There are: "
          + String.join(
              ", ",
              BenchPlan.STEPS.stream().map(BenchPlan.Step::name).distinct().toList())
          + ".");
    }
    return new Selection(plan, steps, output);
  }

  private static int number(String argument, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          argument + " must be a whole number, not \"" + text + "\".", e);
    }
  }

  private static String value(String argument, Deque<String> left) {
    if (left.isEmpty()) {
      throw new IllegalArgumentException("A value is missing after " + argument + ".");
    }
    return left.remove();
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no regular expression: " + e.getDescription() + ".", e);
    }
  }
}
