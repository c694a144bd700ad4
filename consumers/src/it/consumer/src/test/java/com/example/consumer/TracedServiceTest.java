package com.example.consumer;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.trace.SpanType;
import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.core.tracer.LiveSpan;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.ManualClock;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingConfig;
import io.github.tracingharness.junit.TracingHarness;
import io.github.tracingharness.junit.assertions.TracingSoftAssertions;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import io.github.tracingharness.server.TrackingSpace;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.junit.jupiter.InjectSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TracingHarness.class)
class TracedServiceTest {

  private static void answer(MlflowTracer tracer, String question) {
    try (LiveSpan answer = tracer.startSpan("answer")) {
      answer.setInputs(Map.of("question", question));
      try (LiveSpan retrieve = tracer.startSpan("retrieve")) {
        retrieve.setSpanType(SpanType.RETRIEVER).setOutputs(List.of("doc-1", 0.5));
      }
      answer.setOutputs("A named operation.");
    }
  }

  @Test
  void answer_isTraced(MlflowTracer tracer, Traces traces) {
    answer(tracer, "What is a span?");

    assertThat(traces.awaitTrace())
        .hasState(TraceState.OK)
        .hasTree("answer\n  retrieve")
        .hasConsistentSizeStatistics()
        .hasSpan("answer", span -> span.hasInput("question", "What is a span?"))
        .hasSpan("retrieve", span -> span.hasOutputs(List.of("doc-1", 0.5)));
    assertThat(traces.exports()).deliveredExactlyOnce();
  }

  @Test
  @TracingConfig(async = false)
  void overloadedServer_isAskedAgain(MlflowTracer tracer, Traces traces, TrackingSpace space) {
    space.on(Endpoint.START_TRACE).answer(2, Fault.status(503)).thenReal();

    answer(tracer, "Again?");

    assertThat(traces.awaitTrace()).hasRoot("answer");
    assertThat(traces.exports()).deliveredExactlyOnce().hasCalls(Endpoint.START_TRACE, 3);
  }

  @Test
  void openTelemetry_joinsTheTrace(Tracer tracer, ManualClock clock, Traces traces) {
    Span span = tracer.spanBuilder("plain").startSpan();
    clock.advance(Duration.ofMillis(5));
    span.end();

    assertThat(traces.awaitTrace())
        .hasSpan("plain", plain -> plain.hasDuration(Duration.ofMillis(5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "two"})
  void eachInvocation_hasItsOwnTraces(String name, MlflowTracer tracer, Traces traces) {
    tracer.trace(name, () -> {});

    assertThat(traces.awaitTrace()).hasRoot(name);
  }

  @RepeatedTest(10)
  void repetitions_atTheSameTime_doNotCross(MlflowTracer tracer, Traces traces) {
    tracer.trace("repeated", () -> {});

    assertThat(traces.awaitTrace()).hasRoot("repeated");
  }

  @TestFactory
  Stream<DynamicTest> dynamicTests_shareTheFactorysTraces(MlflowTracer tracer, Traces traces) {
    return Stream.of("a", "b").map(name -> DynamicTest.dynamicTest(name, () -> {
      tracer.trace(name, () -> {});
      assertThat(traces.awaitTrace(name)).hasRoot(name);
    }));
  }

  @Nested
  @ExtendWith(SoftAssertionsExtension.class)
  class Softly {

    @InjectSoftAssertions
    TracingSoftAssertions softly;

    @Test
    void softAssertions_areInjected(MlflowTracer tracer, Traces traces) {
      answer(tracer, "Softly?");

      softly.assertThat(traces.awaitTrace()).hasRoot("answer").hasSpanCount(2);
    }
  }
}
