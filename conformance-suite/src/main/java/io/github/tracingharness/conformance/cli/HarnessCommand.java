package io.github.tracingharness.conformance.cli;

import io.github.tracingharness.conformance.driver.SessionLogProvider;
import io.github.tracingharness.conformance.driver.Versions;
import io.github.tracingharness.conformance.report.ExitCode;
import io.github.tracingharness.server.ServeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code harness} with its sub-commands. */
@Command(
    name = "harness",
    mixinStandardHelpOptions = true,
    versionProvider = HarnessCommand.Version.class,
    description = "Judges trace exporters by MLflow's tracing protocol.",
    subcommands = {
      RunCommand.class,
      ListCommand.class,
      JudgeCommand.class,
      DriverCommand.class,
      MergeCommand.class,
      CompareCommand.class,
      StabilityCommand.class,
      SetsCommand.class,
      ServeCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "./harness bench runs the benchmarks.",
      "",
      "Exit codes: 0 conformant, 1 failures, 2 wrong usage or nothing to run,",
      "3 the harness failed or a MUST could not be judged, 4 stale expectations."
    })
public final class HarnessCommand implements Runnable {

  @Spec
  private CommandSpec spec;

  private HarnessCommand(CommandSpec spec) {
    this.spec = spec;
  }

  /** Called by picocli. */
  public HarnessCommand() {
    this(CommandSpec.create());
  }

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    SessionLogProvider.install();
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new HarnessCommand());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExecutionExceptionHandler((e, command, parsed) -> {
      if (e instanceof UsageException) {
        command.getErr().println(e.getMessage());
        return ExitCode.USAGE.code();
      }
      command.getErr().println("The harness failed: " + e);
      e.printStackTrace(command.getErr());
      return ExitCode.HARNESS_ERROR.code();
    });
    return commandLine;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Prints the version of the suite. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Tracing Harness " + Versions.suite()};
    }
  }
}
