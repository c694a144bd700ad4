package io.github.tracingharness.core;

import io.github.tracingharness.core.client.HttpTransport;
import io.github.tracingharness.core.tracer.MlflowTracer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The parts of one pipeline and the order in which they start and end. */
@SuppressWarnings("DoNotCallSuggester")
final class Pipeline {

  static Pipeline start(
      TracingConfig config, @Nullable HttpTransport transport, IdGenerator ids, Clock clock) {
    throw new UnsupportedOperationException("the exporter follows with the next change");
  }

  MlflowTracer tracer() {
    throw new UnsupportedOperationException();
  }

  OpenTelemetry openTelemetry() {
    throw new UnsupportedOperationException();
  }

  TracingStats stats() {
    throw new UnsupportedOperationException();
  }

  FlushResult flush(Duration timeout) {
    throw new UnsupportedOperationException();
  }

  FlushResult shutdown(Duration timeout) {
    throw new UnsupportedOperationException();
  }
}
