package io.github.tracingharness.core.manager;

import io.github.tracingharness.core.trace.JsonText;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanAttributeKey;
import io.github.tracingharness.core.trace.SpanStatus;
import io.github.tracingharness.core.trace.SpanStatusCode;
import io.github.tracingharness.core.trace.SpanType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A span that was started: what MLflow's API says of it, beside the OpenTelemetry span that has its
 * name, times and events. MLflow's attributes are kept here and not on the OpenTelemetry span, so
 * that they need no room among its limited number of attributes and are never mistaken for
 * attributes that were set natively.
 */
public final class OpenSpan {

  private static final String TIMEOUT_TYPE = "MlflowTracingException";
  private static final int DEBUG = 10;
  private static final int INFO = 20;
  private static final int ERROR = 40;
  private static final Set<String> INFO_TYPES = Set.of(
      SpanType.LLM,
      SpanType.CHAT_MODEL,
      SpanType.TOOL,
      SpanType.RETRIEVER,
      SpanType.AGENT,
      SpanType.EMBEDDING);

  private final Object lock = new Object();
  private final OpenTrace trace;
  private final boolean mlflow;
  private final Map<String, JsonText> attributes = new LinkedHashMap<>();
  private String type;
  private @Nullable SpanStatus status;
  private boolean failed;
  private @Nullable ReadableSpan otelSpan;
  private @Nullable Span ended;

  OpenSpan(OpenTrace trace, ReadableSpan otelSpan, boolean mlflow, @Nullable Long givenStartNs) {
    this.trace = trace;
    this.otelSpan = otelSpan;
    this.mlflow = mlflow;
    this.type = SpanType.UNKNOWN;
    if (givenStartNs != null) {
      attributes.put(SpanAttributeKey.START_TIME_NS, JsonText.of(givenStartNs));
    }
    attributes.put(SpanAttributeKey.REQUEST_ID, JsonText.of(trace.traceId()));
    attributes.put(SpanAttributeKey.SPAN_TYPE, JsonText.of(mlflow ? type : null));
  }

  /** Returns the trace that this span belongs to. */
  public OpenTrace trace() {
    return trace;
  }

  /** Sets an attribute to the JSON text of any value. Has no effect once the span has ended. */
  public void setAttribute(String key, @Nullable Object value) {
    if (hasEnded()) {
      return;
    }
    JsonText text = JsonText.of(Attachments.replace(value, trace::attach));
    synchronized (lock) {
      if (ended == null) {
        attributes.put(key, text);
      }
    }
  }

  /** Sets the type of the span. */
  public void setType(String newType) {
    synchronized (lock) {
      if (ended == null) {
        type = newType;
        attributes.put(SpanAttributeKey.SPAN_TYPE, JsonText.of(newType));
      }
    }
  }

  /** Sets the status; the last one set counts, whatever it is. */
  public void setStatus(SpanStatus newStatus) {
    synchronized (lock) {
      status = newStatus;
    }
  }

  /** Marks the span as left by an exception. */
  public void fail(SpanStatus newStatus) {
    synchronized (lock) {
      status = newStatus;
      failed = true;
    }
  }

  /**
   * Ends the span because it is open too long; returns false if it has ended. The event and the
   * type are those of MLflow.
   */
  boolean endFailed(String message) {
    ReadableSpan open;
    synchronized (lock) {
      open = otelSpan;
      if (open instanceof io.opentelemetry.api.trace.Span) {
        fail(SpanStatus.error(TIMEOUT_TYPE + ": " + message));
      }
    }
    if (open instanceof io.opentelemetry.api.trace.Span live) {
      live.addEvent(
          "exception",
          Attributes.builder()
              .put("exception.message", message)
              .put("exception.type", TIMEOUT_TYPE)
              .put("exception.stacktrace", TIMEOUT_TYPE + ": " + message)
              .build());
      live.end();
      return true;
    }
    return false;
  }

  /**
   * Fixes the span's value at its end and returns it.
   *
   * @param more attributes that are added as they are, not as JSON text
   */
  Span end(SpanData finished, Map<String, String> more) {
    synchronized (lock) {
      if (mlflow) {
        attributes.putIfAbsent(
            SpanAttributeKey.LOG_LEVEL, new JsonText(Integer.toString(logLevel())));
      }
      Map<String, Object> all = new LinkedHashMap<>(attributes);
      all.putAll(more);
      ended = SpanReader.read(finished, trace.traceId(), all, finalStatus(), mlflow);
      otelSpan = null;
      return ended;
    }
  }

  /** Returns the span's value as it is now, ended or not. */
  Span snapshot() {
    synchronized (lock) {
      if (ended != null) {
        return ended;
      }
      if (otelSpan == null) {
        throw new IllegalStateException("a span that has not ended has its OpenTelemetry span");
      }
      return SpanReader.read(otelSpan.toSpanData(), trace.traceId(), attributes, status, false);
    }
  }

  boolean hasEnded() {
    synchronized (lock) {
      return ended != null;
    }
  }

  private int logLevel() {
    if (failed) {
      return ERROR;
    }
    return INFO_TYPES.contains(type) ? INFO : DEBUG;
  }

  /** Null where the OpenTelemetry span's own status counts. */
  private @Nullable SpanStatus finalStatus() {
    return status != null && status.code() == SpanStatusCode.UNSET ? null : status;
  }
}
