package io.github.tracingharness.benchmarks.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExtensionRunTest {

  @ExtendWith(TestKinds.Repetitions.class)
  static final class FailingTestCase {

    @TestTemplate
    void test() {
      fail("by intent");
    }
  }

  @ParameterizedTest
  @EnumSource
  void run_ofAnyKind_timesEveryTestAndSamplesTheHeap(Kind kind) {
    ExtensionRun run = ExtensionRun.measure(kind.tests(), 6, 3);

    assertThat(run.firstNanos()).isPositive();
    assertThat(run.testNanos()).hasSize(5).allMatch(nanos -> nanos > 0);
    assertThat(run.heaps()).hasSize(3).allMatch(bytes -> bytes > 0);
  }

  @Test
  void run_ofTestsThatFail_isNotMeasured() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ExtensionRun.measure(FailingTestCase.class, 2, 0))
        .withMessageContaining("by intent");
  }

  @Test
  void parse_ofWhatMainPrints_givesTheRunBack() {
    assertThat(ExtensionRun.parse("12\n3 4\n\n"))
        .isEqualTo(new ExtensionRun(12, List.of(3L, 4L), List.of()));
  }
}
