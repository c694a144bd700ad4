package io.github.tracingharness.junit;

import org.junit.jupiter.api.extension.ExtensionContext;

/** Tells what a failed test had: pipeline, traces, calls. */
final class FailureReport {

  private FailureReport() {}

  /** Publishes a report entry, and adds to the failure what its message does not show already. */
  static void publish(Throwable failure, TestScope scope, ExtensionContext context) {
    String picture = scope.traces().describe();
    context.publishReportEntry(TracingHarness.REPORT_ENTRY, picture);
    if (!String.valueOf(failure.getMessage()).contains(TestPicture.CALLS)) {
      failure.addSuppressed(new TracesOfTheTest(picture));
    }
  }

  /** Shown below the failure by everything that prints stack traces. */
  private static final class TracesOfTheTest extends Throwable {

    private static final long serialVersionUID = 1;

    TracesOfTheTest(String picture) {
      super("\n" + picture, null, false, false);
    }
  }
}
