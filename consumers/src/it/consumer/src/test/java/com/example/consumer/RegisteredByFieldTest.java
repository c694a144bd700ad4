package com.example.consumer;

import static io.github.tracingharness.junit.assertions.TracingAssertions.assertThat;

import io.github.tracingharness.core.tracer.MlflowTracer;
import io.github.tracingharness.junit.Traces;
import io.github.tracingharness.junit.TracingHarness;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegisteredByFieldTest {

  @RegisterExtension
  static final TracingHarness HARNESS = TracingHarness.builder()
      .async(false)
      .fault(Endpoint.START_TRACE, Fault.status(503), 1)
      .strict(true)
      .build();

  @Test
  void settings_ofTheField_count(MlflowTracer tracer, Traces traces) {
    tracer.trace("answer", () -> {});

    assertThat(traces.traces()).as("synchronous: there at once").hasSize(1);
    assertThat(traces.exports()).hasRetried(1);
  }
}
