package io.github.tracingharness.conformance.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code harness driver}: for authors of drivers. */
@Command(
    name = "driver",
    mixinStandardHelpOptions = true,
    description = "Checks a driver, or shows how one is started (see docs/write-a-driver.md).",
    subcommands = {DriverCheckCommand.class, DriverStartCommand.class})
final class DriverCommand implements Runnable {

  @Spec
  private CommandSpec spec;

  private DriverCommand(CommandSpec spec) {
    this.spec = spec;
  }

  /** Called by picocli. */
  DriverCommand() {
    this(CommandSpec.create());
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
