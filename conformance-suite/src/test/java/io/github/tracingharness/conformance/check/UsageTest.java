package io.github.tracingharness.conformance.check;

import static io.github.tracingharness.conformance.check.CheckAssertions.assertMet;
import static io.github.tracingharness.conformance.check.CheckAssertions.assertUnmet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Measured;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageTest {

  private static final Check RELEASED = Usage.threadsReleased("before", "after");

  private static CaseHistory threads(String... after) {
    return new CaseHistory(
        "MLF-TEST-001",
        1,
        JsonNodeFactory.instance.objectNode(),
        List.of(
            new Measured(1, "before", List.of("main"), 0, 0),
            new Measured(2, "after", List.of(after), 0, 0)),
        10);
  }

  @Test
  void threadsReleased_ofTheExporter_isNotMet() {
    assertMet(RELEASED, threads("main"));
    assertUnmet(RELEASED, threads("main", "HttpClient-1-Wo"), """
        expected no thread that was not there before
           found [HttpClient-1-Wo]""");
  }

  /** Linux keeps 15 characters of a name. */
  @Test
  void threadsReleased_ofTheRuntime_isMet() {
    assertMet(
        RELEASED,
        threads("main", "HttpClient-1-Se", "HttpClient-10-S", "C2 CompilerThre", "G1 Service"));
  }
}
