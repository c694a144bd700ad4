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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A span that was started: what MLflow's API says of it, beside the OpenTelemetry span that has its
 * name, times and events. MLflow's attributes are kept here and not on the OpenTelemetry span, so
 * that they need no room among its limited number of attributes and are never mistaken for
 * attributes that were set natively.
 */
public final class OpenSpan {

  private static final Logger logger = LoggerFactory.getLogger(TraceManager.class);
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

  private static final Set<String> MEDIA_KEYS =
      Set.of(SpanAttributeKey.INPUTS, SpanAttributeKey.OUTPUTS);

  private final Object lock = new Object();
  private final OpenTrace trace;
  private final boolean mlflow;
  private final AttributeLimits limits;
  private final Map<String, JsonText> attributes = new LinkedHashMap<>();
  private int limited;
  private int lost;
  private String type;
  private @Nullable SpanStatus status;
  private boolean failed;
  private @Nullable ReadableSpan otelSpan;
  private @Nullable Span ended;

  OpenSpan(
      OpenTrace trace,
      ReadableSpan otelSpan,
      boolean mlflow,
      @Nullable Long givenStartNs,
      AttributeLimits limits) {
    this.trace = trace;
    this.limits = limits;
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
    boolean isLimited = AttributeLimits.apply(key);
    Object kept = isLimited ? limits.cut(value) : value;
    if (MEDIA_KEYS.contains(key) && trace.extractsMedia()) {
      kept = EmbeddedMedia.extract(kept);
    }
    JsonText text = JsonText.of(Attachments.replace(kept, trace::attach));
    synchronized (lock) {
      if (ended == null && (!isLimited || attributes.containsKey(key) || hasRoom())) {
        attributes.put(key, text);
      }
    }
  }

  private boolean hasRoom() {
    if (limited < limits.count()) {
      limited++;
      return true;
    }
    lost++;
    return false;
  }

  /** Returns the name that the span has now. */
  public String name() {
    synchronized (lock) {
      return otelSpan == null ? snapshot().name() : otelSpan.getName();
    }
  }

  /** Returns an attribute that was set through MLflow's API, as JSON text. */
  public Optional<String> attribute(String key) {
    synchronized (lock) {
      return Optional.ofNullable(attributes.get(key)).map(JsonText::text);
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
      if (lost > 0) {
        logger.warn(
            "{} attributes of span {} are lost: a span may have {} of them",
            lost,
            finished.getSpanId(),
            limits.count());
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
