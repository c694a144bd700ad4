package io.github.tracingharness.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ResultTableTest {

  @Test
  void table_twoGroups_peerFirstAndOthersWithTheirRatio() {
    List<Measurement> measurements = List.of(
        new Measurement("Flush.idle", "tracing-harness", 3, 0.3, "us/op", OptionalDouble.empty()),
        new Measurement(
            "Flush.idle", "BatchSpanProcessor", 6, Double.NaN, "us/op", OptionalDouble.empty()),
        new Measurement("Span ×4", "tracing-harness", 1500, 30, "ns/op", OptionalDouble.of(1234)),
        new Measurement("Span ×4", "BatchSpanProcessor", 500, 40, "ns/op", OptionalDouble.of(64)));

    assertThat(ResultTable.format(measurements)).isEqualToNormalizingNewlines("""
        benchmark   contender                  score         error  unit      bytes/op  ratio to the peer
        Flush.idle  BatchSpanProcessor          6.00                us/op               peer
                    tracing-harness             3.00        ± 0.30  us/op               0.50
        Span ×4     BatchSpanProcessor           500       ± 40.00  ns/op        64.00  peer
                    tracing-harness            1,500       ± 30.00  ns/op        1,234  3.00 ± 0.25
        """);
  }
}
