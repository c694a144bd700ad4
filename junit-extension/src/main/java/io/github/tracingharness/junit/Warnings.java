package io.github.tracingharness.junit;

import io.github.tracingharness.core.MlflowTracing;
import io.github.tracingharness.core.TracingStats;
import io.github.tracingharness.core.export.ExportLedger.Counts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What went wrong beside the assertions of a test; each thing is told once. */
final class Warnings {

  private final Backend backend;
  private final MlflowTracing tracing;
  private final Map<String, Long> told = new HashMap<>();
  private final Set<String> toldOnce = new HashSet<>();

  Warnings(Backend backend, MlflowTracing tracing) {
    this.backend = backend;
    this.tracing = tracing;
  }

  /** Returns what is new since the last call. */
  synchronized List<String> take() {
    List<String> found = new ArrayList<>();
    TracingStats stats = tracing.stats();
    dropped("trace", stats.traces(), found);
    dropped("span", stats.spans(), found);
    backend
        .surprises()
        .forEach(call -> once("refused although no fault asked for it: " + call, found));
    backend.failures().forEach(failure -> once(failure.toString(), found));
    return found;
  }

  private void dropped(String what, Counts counts, List<String> found) {
    counts.dropped().forEach((reason, all) -> {
      long before = told.getOrDefault(what + reason, 0L);
      if (all > before) {
        told.put(what + reason, all);
        found.add("%d %s dropped: %s"
            .formatted(all - before, all - before == 1 ? what : what + "s", reason));
      }
    });
  }

  private void once(String warning, List<String> found) {
    if (toldOnce.add(warning)) {
      found.add(warning);
    }
  }
}
