package io.github.tracingharness.core.tracer;

import io.github.tracingharness.core.manager.OpenSpan;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an application does with each span at its end; a hook that fails holds up nothing. */
public final class SpanHooks implements BiConsumer<Span, OpenSpan> {

  private static final Logger logger = LoggerFactory.getLogger(SpanHooks.class);

  private final List<Consumer<LiveSpan>> hooks;

  /** Creates hooks that run one after the other. */
  public SpanHooks(List<Consumer<LiveSpan>> hooks) {
    this.hooks = List.copyOf(hooks);
  }

  @Override
  public void accept(Span span, OpenSpan open) {
    for (Consumer<LiveSpan> hook : hooks) {
      try {
        hook.accept(new LiveSpan(span, open, null));
      } catch (RuntimeException | Error e) {
        logger.warn(
            "A span processor failed for span {}, which is exported as it is: {}",
            span.getSpanContext().getSpanId(),
            e.toString());
      }
    }
  }
}
