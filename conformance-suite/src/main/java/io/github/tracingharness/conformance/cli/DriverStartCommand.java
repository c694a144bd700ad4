package io.github.tracingharness.conformance.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code harness driver command}: how a subject is started, to do it by hand. */
@Command(
    name = "command",
    mixinStandardHelpOptions = true,
    description =
        "Makes a subject ready and prints the command, for a shell, that the suite would start.")
final class DriverStartCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "SUBJECT",
      description = "reference (default), or a folder of conformance-suite/subjects.")
  private @Nullable String name;

  DriverStartCommand() {}

  @Override
  public Integer call() {
    PrintStream out = System.out;
    // What is said while it is made ready must not stand in what a shell is given.
    SubjectCatalog catalog = new SubjectCatalog(Home.subjects(), Home.target(), System.err);
    out.println(catalog.spawned(name == null ? SubjectCatalog.REFERENCE : name).shellCommand());
    return 0;
  }
}
