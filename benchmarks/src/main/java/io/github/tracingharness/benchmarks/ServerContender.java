package io.github.tracingharness.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A server that is measured beside others: how soon it is ready, and how many traces it can start
 * in a second. Contenders are measured in turn, round by round, so that what else the machine does
 * meets all of them; rates are compared within a round.
 */
final class ServerContender {

  private static final int STARTS = 3;
  private static final int ROUNDS = 5;
  private static final int CONNECTIONS = 8;
  /** Fewer than the fake holds by default. */
  private static final int TRACES = 50_000;

  private final String name;
  private final List<String> command;
  private final List<Double> ready = new ArrayList<>();
  private final List<Double> rates = new ArrayList<>();

  /**
   * Names a contender.
   *
   * @param command starts it; {@code %d} in it is a free port
   */
  ServerContender(String name, List<String> command) {
    this.name = name;
    this.command = List.copyOf(command);
  }

  /** Measures all of them, one at a time; each round takes them {@code time} each. */
  static void measure(
      List<ServerContender> contenders, Path directory, Duration time, PrintStream out)
      throws IOException, InterruptedException {
    for (int i = 1; i < STARTS; i++) {
      for (ServerContender each : contenders) {
        out.printf(Locale.ROOT, "start %d of %d: %s%n", i, STARTS, each.name);
        each.start(directory).close();
      }
    }
    List<ServerProcess> running = new ArrayList<>();
    try {
      List<TraceLoad> loads = new ArrayList<>();
      for (ServerContender each : contenders) {
        out.printf(Locale.ROOT, "start %d of %d: %s%n", STARTS, STARTS, each.name);
        running.add(each.start(directory));
        loads.add(new TraceLoad(running.get(running.size() - 1).uri(), CONNECTIONS, TRACES));
      }
      for (TraceLoad load : loads) {
        load.perSecond(time);
        load.perSecond(time);
      }
      for (int round = 1; round <= ROUNDS; round++) {
        for (int i = 0; i < contenders.size(); i++) {
          contenders.get(i).rated(loads.get(i).perSecond(time));
        }
        out.printf(
            Locale.ROOT, "round %d of %d: %s start-traces/s%n", round, ROUNDS, last(contenders));
      }
    } finally {
      running.forEach(ServerProcess::close);
    }
  }

  private static String last(List<ServerContender> contenders) {
    List<String> rates = new ArrayList<>();
    for (ServerContender each : contenders) {
      double rate = each.rates.get(each.rates.size() - 1);
      rates.add(String.format(Locale.ROOT, "%s %.0f", each.name, rate));
    }
    return String.join(", ", rates);
  }

  private ServerProcess start(Path directory) throws IOException, InterruptedException {
    ServerProcess server = ServerProcess.start(command, directory);
    ready.add(server.readySeconds());
    return server;
  }

  /** Notes the rate of a round. */
  void rated(double perSecond) {
    rates.add(perSecond);
  }

  /** The median of the starts. */
  double readySeconds() {
    return median(ready);
  }

  /** The rate of this one by that of another, the median of the rounds. */
  double rateOf(ServerContender other) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < rates.size(); i++) {
      ratios.add(rates.get(i) / other.rates.get(i));
    }
    return median(ratios);
  }

  @Override
  public String toString() {
    List<Double> starts = ready.stream().sorted().toList();
    List<Double> sorted = rates.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%-20s ready in %6.2f s (%.2f to %.2f)   %8.0f start-traces/s (%.0f to %.0f)",
        name,
        readySeconds(),
        starts.get(0),
        starts.get(starts.size() - 1),
        median(rates),
        sorted.get(0),
        sorted.get(sorted.size() - 1));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
