package io.github.tracingharness.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JournalHeapTest {

  @Test
  void grown_withOneHighSample_isNothing() {
    assertThat(JournalHeap.grown(List.of(31L, 39L, 30L, 31L, 32L, 31L, 30L, 31L, 45L, 29L)))
        .isZero();
  }

  @Test
  void grown_withSomeBytesForEachCall_isWhatHalfOfTheCallsLeave() {
    List<Long> leaking =
        LongStream.rangeClosed(1, 10).map(sample -> 1_000 + 20 * sample).boxed().toList();

    assertThat(JournalHeap.grown(leaking)).isEqualTo(100);
  }
}
