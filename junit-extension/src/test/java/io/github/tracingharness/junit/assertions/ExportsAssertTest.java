package io.github.tracingharness.junit.assertions;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.TracingStats;
import io.github.tracingharness.core.export.DropReason;
import io.github.tracingharness.core.export.ExportLedger.Counts;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ExportsAssertTest {

  private static final Counts ONE = new Counts(1, 1, Map.of());

  private static TracingStats stats(Counts traces, Counts spans) {
    return new TracingStats(traces, spans, 0);
  }

  @Test
  void deliveredExactlyOnce_byOtlpOrByUpload_passes() {
    assertThat(new Exports(Map.of("tr-1", 1), Map.of("1/a", 1), Map.of(), stats(ONE, ONE)))
        .deliveredExactlyOnce();
    assertThat(new Exports(Map.of("tr-1", 1), Map.of(), Map.of("/p", 1), stats(ONE, ONE)))
        .deliveredExactlyOnce();
  }

  @Test
  void deliveredExactlyOnce_everythingWrong_listsAll() {
    Exports exports = new Exports(
        Map.of("tr-1", 2),
        Map.of("1/a", 3),
        Map.of("/p", 1),
        stats(new Counts(3, 1, Map.of(DropReason.QUEUE_FULL, 1L)), new Counts(3, 2, Map.of())));

    Assertions.assertThatThrownBy(() -> assertThat(exports).deliveredExactlyOnce())
        .hasMessage("""
            Expecting every trace and span to be delivered exactly once but
            - 1 traces were dropped: {QUEUE_FULL=1}
            - 1 traces are pending
            - 1 spans are pending
            - trace tr-1 was delivered 2 times
            - span 1/a was delivered 3 times
            - 3 traces were made, but the server accepted 1
            - 1 spans came by OTLP and 1 uploads came as well""");
  }

  @Test
  void deliveredExactlyOnce_lostSpan_saysHowMany() {
    Exports exports = new Exports(Map.of("tr-1", 1), Map.of(), Map.of(), stats(ONE, ONE));

    Assertions.assertThatThrownBy(() -> assertThat(exports).deliveredExactlyOnce())
        .hasMessage("""
            Expecting every trace and span to be delivered exactly once but
            - 1 spans were made, but the server accepted 0""");
  }
}
