package io.github.tracingharness.conformance.selftest.edit;

import java.util.List;
import java.util.stream.Stream;

/** All edits. */
public final class HistoryEdits {

  private HistoryEdits() {}

  /** Returns the edits; some take from the pool what they put into another case. */
  public static List<HistoryEdit> all(Pool pool) {
    return Stream.of(
            DeliveryEdits.all(pool),
            RequestEdits.all(pool),
            JsonEdits.all(pool),
            SpanEdits.all(),
            SpanPartEdits.all(pool),
            BatchEdits.all(),
            AnswerEdits.all(),
            EventEdits.all(pool),
            ClockEdits.all())
        .flatMap(List::stream)
        .toList();
  }
}
