package io.github.tracingharness.core;

import io.github.tracingharness.core.tracer.LiveSpan;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Parts that the application gives for the making of spans.
 *
 * @param ids makes trace and span ids
 * @param clock clock of spans
 * @param hooks run with every span at its end
 */
record SpanParts(IdGenerator ids, Clock clock, List<Consumer<LiveSpan>> hooks) {

  SpanParts {
    hooks = List.copyOf(hooks);
  }
}
