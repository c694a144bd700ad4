package io.github.tracingharness.junit;

import io.github.tracingharness.junit.picture.HtmlTimeline;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tells what a failed test had: pipeline, traces, calls. */
final class FailureReport {

  private FailureReport() {}

  /**
   * Publishes a report entry and a page, and adds to the failure what its message does not show
   * already.
   */
  static void publish(Throwable failure, TestScope scope, ExtensionContext context) {
    String picture = scope.traces().describe();
    context.publishReportEntry(TracingHarness.REPORT_ENTRY, picture);
    String page = HtmlTimeline.of(
        context.getDisplayName(),
        String.valueOf(failure.getMessage()),
        TestPicture.account(scope.tracing().stats()),
        scope.traces().traces(),
        scope.backend().calls());
    String timeline = Attachment.publishHtml(TracingHarness.TIMELINE, page, context)
        .map(path -> "\n  timeline: " + path)
        .orElse("");
    boolean isShown = String.valueOf(failure.getMessage()).contains(TestPicture.CALLS);
    if (!isShown || !timeline.isEmpty()) {
      failure.addSuppressed(new TracesOfTheTest((isShown ? "" : "\n" + picture) + timeline));
    }
  }

  /** Shown below the failure by everything that prints stack traces. */
  private static final class TracesOfTheTest extends Throwable {

    private static final long serialVersionUID = 1;

    TracesOfTheTest(String picture) {
      super(picture, null, false, false);
    }
  }
}
