package io.github.tracingharness.conformance.report;

/** The command that repeats one case. */
final class Repro {

  private Repro() {}

  // Not String.format: a driver's command line may hold percent signs of its own.
  static String command(RunResult run, String caseId) {
    return run.reproCommand().replace("%s", caseId);
  }
}
