package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.core.export.ExportLedger.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on what was delivered.
 *
 * @since 0.1.0
 */
public class ExportsAssert extends AbstractAssert<ExportsAssert, Exports> {

  /** Creates assertions on what was delivered. */
  public ExportsAssert(@Nullable Exports actual) {
    super(actual, ExportsAssert.class);
  }

  /**
   * Verifies that every trace and every span that the pipeline made reached the server, and none of
   * them twice: by its own account, and by the calls that the server accepted. Spans count once
   * whether they came by OTLP or as an upload.
   */
  public ExportsAssert deliveredExactlyOnce() {
    isNotNull();
    List<String> complaints = new ArrayList<>();
    account("traces", actual.stats().traces(), complaints);
    account("spans", actual.stats().spans(), complaints);
    repeated("trace", actual.startTraces(), complaints);
    repeated("span", actual.spans(), complaints);
    repeated("upload", actual.uploads(), complaints);
    long created = actual.stats().traces().created();
    if (actual.startTraces().size() != created) {
      complaints.add(created + " traces were made, but the server accepted "
          + actual.startTraces().size());
    }
    if (!actual.uploads().isEmpty() && !actual.spans().isEmpty()) {
      complaints.add(actual.spans().size() + " spans came by OTLP and "
          + actual.uploads().size() + " uploads came as well");
    } else if (actual.uploads().isEmpty()
        && actual.spans().size() != actual.stats().spans().created()) {
      complaints.add(actual.stats().spans().created() + " spans were made, but the server accepted "
          + actual.spans().size());
    }
    if (!complaints.isEmpty()) {
      failWithMessage(
          "%s",
          "Expecting every trace and span to be delivered exactly once but\n- "
              + String.join("\n- ", complaints));
    }
    return this;
  }

  private static void account(String what, Counts counts, List<String> complaints) {
    if (counts.droppedInAll() > 0) {
      complaints.add(counts.droppedInAll() + " " + what + " were dropped: " + counts.dropped());
    }
    if (counts.pending() > 0) {
      complaints.add(counts.pending() + " " + what + " are pending");
    }
  }

  private static void repeated(
      String what, Map<String, Integer> deliveries, List<String> complaints) {
    new TreeMap<>(deliveries).forEach((id, times) -> {
      if (times > 1) {
        complaints.add(what + " " + id + " was delivered " + times + " times");
      }
    });
  }
}
