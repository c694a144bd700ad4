package io.github.tracingharness.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.client.OtlpAccess;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanStatus;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StallingServerTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 300})
  void spans_ofARequest_areCounted(int count) {
    Span span = new Span(
        "tr-4bf92f3577b34da6a3ce929d0e0e4736",
        "00f067aa0ba902b7",
        null,
        "step",
        1,
        OptionalLong.of(2),
        List.of(),
        SpanStatus.OK,
        Map.of("key", "value"),
        List.of());

    assertThat(StallingServer.count(
            OtlpAccess.encode(Map.of("service.name", "x"), Collections.nCopies(count, span))))
        .isEqualTo(count);
  }
}
