package io.github.tracingharness.conformance.cli;

import io.github.tracingharness.conformance.drivercheck.CheckLine;
import io.github.tracingharness.conformance.drivercheck.CheckLine.Outcome;
import io.github.tracingharness.conformance.drivercheck.DriverCheck;
import io.github.tracingharness.conformance.engine.Subject;
import io.github.tracingharness.conformance.report.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code harness driver check}: does a driver keep to EDP/1? */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Talks to a driver for some seconds and says what it does wrong, and whether the driver or the exporter is at fault.",
    footer = {
      "",
      "./harness driver check -- python3 my_driver.py",
      "",
      "Exit codes: 0 nothing wrong, 1 faults, 2 wrong usage or the driver cannot be started."
    })
final class DriverCheckCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..*",
      paramLabel = "CMD ARG…",
      description = "The driver's command, after --; or the name of a subject alone.")
  private List<String> command = new ArrayList<>();

  @Option(
      names = "--attach",
      paramLabel = "HOST:PORT",
      description = "Checks a driver that listens there.")
  private @Nullable String attach;

  private final PrintStream out = System.out;

  DriverCheckCommand() {}

  @Override
  public Integer call() {
    Subject subject = subject();
    out.println("Driver check: " + subject.arguments());
    List<CheckLine> lines;
    try {
      lines = new DriverCheck(subject, this::print).run();
    } catch (IOException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
    out.printf(
        "%d driver faults, %d exporter faults, %d notes, %d ok%n",
        count(lines, Outcome.DRIVER_FAULT),
        count(lines, Outcome.EXPORTER_FAULT),
        count(lines, Outcome.NOTE),
        count(lines, Outcome.OK));
    boolean faults = lines.stream().anyMatch(CheckLine::isFault);
    return (faults ? ExitCode.FAILURES : ExitCode.CONFORMANT).code();
  }

  private Subject subject() {
    if (attach != null && !command.isEmpty()) {
      throw new UsageException("give either a command or --attach, not both");
    }
    if (attach != null) {
      return SubjectCatalog.attached(attach).subject();
    }
    if (command.isEmpty()) {
      throw new UsageException(
          "driver check needs the driver's command after --, such as: ./harness driver check -- python3 my_driver.py");
    }
    SubjectCatalog catalog = new SubjectCatalog(Home.subjects(), Home.target(), out);
    return command.size() == 1 && catalog.all().contains(command.get(0))
        ? catalog.spawned(command.get(0)).subject()
        : SubjectCatalog.command(command).subject();
  }

  private void print(CheckLine line) {
    out.printf("  %-14s  %-15s  %s%n", line.outcome().label(), line.name(), line.text());
    if (!line.help().isEmpty()) {
      out.printf("  %-14s  %-15s  → %s%n", "", "", line.help());
    }
    out.flush();
  }

  private static long count(List<CheckLine> lines, Outcome outcome) {
    return lines.stream().filter(line -> line.outcome() == outcome).count();
  }
}
