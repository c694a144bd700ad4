package io.github.tracingharness.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServerContenderTest {

  @Test
  void rateOf_withAMachineThatSlowsDown_isComparedWithinEachRound() {
    ServerContender one = rated(1_000, 500, 900);
    ServerContender other = rated(2_000, 1_000, 1_000);

    assertThat(one.rateOf(other)).isEqualTo(0.5);
    assertThat(other.rateOf(one)).isEqualTo(2);
  }

  private static ServerContender rated(double... perSecond) {
    ServerContender contender = new ServerContender("one", List.of());
    for (double each : perSecond) {
      contender.rated(each);
    }
    return contender;
  }
}
