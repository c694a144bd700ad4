package io.github.tracingharness.core.tracer;

import io.github.tracingharness.core.manager.OpenTrace;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.Texts;
import io.github.tracingharness.core.trace.TraceIds;
import io.github.tracingharness.core.trace.TraceMetadataKey;
import io.github.tracingharness.core.trace.TraceState;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Updates of the trace that a span belongs to. They count if they are made before the trace is
 * exported, which is when its root and all its other spans have ended. Without a recorded span
 * every update is ignored with a warning.
 *
 * @since 0.1.0
 */
public final class CurrentTrace {

  private static final Logger logger = LoggerFactory.getLogger(CurrentTrace.class);

  private final @Nullable OpenTrace trace;

  CurrentTrace(@Nullable OpenTrace trace) {
    this.trace = trace;
  }

  /** Returns the trace id, {@code tr-<32 hex>}; empty without a recorded span. */
  public Optional<String> traceId() {
    return Optional.ofNullable(trace).map(OpenTrace::traceId);
  }

  /**
   * Sets a tag. Keys are cut to 250 and values to 4096 characters; values that are no text are
   * written as in Python.
   */
  public CurrentTrace tag(String key, @Nullable Object value) {
    return update("tag", open -> open.tag(clean(key), PythonJson.str(value)));
  }

  /** Sets a metadata value. Keys and values are cut to 250 characters. */
  public CurrentTrace metadata(String key, @Nullable Object value) {
    return update("metadata", open -> open.metadata(clean(key), PythonJson.str(value)));
  }

  /** Sets the session that the trace belongs to. */
  public CurrentTrace session(String sessionId) {
    return metadata(TraceMetadataKey.SESSION, sessionId);
  }

  /** Sets the user of the traced application. */
  public CurrentTrace user(String user) {
    return metadata(TraceMetadataKey.TRACE_USER, user);
  }

  /** Sets the id that the application gave to the request. */
  public CurrentTrace clientRequestId(String id) {
    return update("client request id", open -> open.clientRequestId(clean(id)));
  }

  /**
   * Sets the preview of the request instead of the one made from the root's inputs. It is sent
   * uncut.
   */
  public CurrentTrace requestPreview(String text) {
    return update("request preview", open -> open.requestPreview(clean(text)));
  }

  /**
   * Sets the preview of the response instead of the one made from the root's outputs. It is sent
   * uncut.
   */
  public CurrentTrace responsePreview(String text) {
    return update("response preview", open -> open.responsePreview(clean(text)));
  }

  /**
   * Sets the state, which then wins over the root's status. Only OK and ERROR count; another state
   * is ignored.
   */
  public CurrentTrace state(TraceState state) {
    if (state != TraceState.OK && state != TraceState.ERROR) {
      logger.warn("Trace state {} is ignored: only OK and ERROR can be set", state);
      return this;
    }
    return update("state", open -> open.state(state));
  }

  /** Links a prompt to the trace. The same version again changes nothing. */
  public CurrentTrace prompt(PromptVersion prompt) {
    return update("prompt", open -> open.prompt(prompt));
  }

  private CurrentTrace update(String what, Consumer<OpenTrace> change) {
    if (trace == null) {
      logger.warn("The {} is ignored: no recorded span is current", what);
      return this;
    }
    try {
      change.accept(trace);
    } catch (RuntimeException e) {
      logger.warn("The {} of trace {} is ignored: {}", what, trace.traceId(), e.toString());
    }
    return this;
  }

  private static String clean(@Nullable String text) {
    return Texts.wellFormed(text == null ? "" : text);
  }

  /** Names the trace. */
  @Override
  public String toString() {
    return trace == null ? TraceIds.NO_OP_TRACE_ID : trace.traceId();
  }
}
