package io.github.tracingharness.core.manager;

import io.github.tracingharness.core.export.TraceExporter.EndedSpan;
import io.github.tracingharness.core.trace.JsonText;
import io.github.tracingharness.core.trace.PythonJson;
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
public final class OpenSpan implements EndedSpan {

  private static final Logger logger = LoggerFactory.getLogger(TraceManager.class);
  private static final String TIMEOUT_TYPE = "MlflowTracingException";

  private static final int FEW_ATTRIBUTES = 4;

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
  private final @Nullable Long givenStartNs;

  /** Beside those that every span has, which are added when the span is read. */
  private Map<String, JsonText> attributes = Map.of();

  private long size;
  private int limited;
  private int lost;
  private @Nullable String type;
  private @Nullable SpanStatus status;
  private boolean failed;
  private ReadableSpan otelSpan;
  /** Written under the lock, read by anybody. */
  private volatile boolean ended;

  private Map<String, String> moreAtEnd = Map.of();
  private Map<String, String> traceTags = Map.of();
  private @Nullable Span value;

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
    this.givenStartNs = givenStartNs;
    this.type = mlflow ? SpanType.UNKNOWN : null;
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
    JsonText text = new JsonText(PythonJson.dumps(kept, trace::attach));
    synchronized (lock) {
      if (!ended && (!isLimited || attributes.containsKey(key) || hasRoom())) {
        if (attributes.isEmpty()) {
          attributes = new LinkedHashMap<>(FEW_ATTRIBUTES);
        }
        attributes.put(key, text);
        size += text.text().length();
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
      return otelSpan.getName();
    }
  }

  /** Returns an attribute that was set through MLflow's API, as JSON text. */
  public Optional<String> attribute(String key) {
    synchronized (lock) {
      return Optional.ofNullable(all().get(key) instanceof JsonText json ? json.text() : null);
    }
  }

  /** Sets the type of the span. */
  public void setType(String newType) {
    synchronized (lock) {
      if (!ended) {
        type = newType;
        if (attributes.containsKey(SpanAttributeKey.SPAN_TYPE)) {
          attributes.remove(SpanAttributeKey.SPAN_TYPE);
        }
      }
    }
  }

  /** Sets the status; the last one set counts, whatever it is. */
  public void setStatus(SpanStatus newStatus) {
    synchronized (lock) {
      if (!ended) {
        status = newStatus;
      }
    }
  }

  /** Marks the span as left by an exception. */
  public void fail(SpanStatus newStatus) {
    synchronized (lock) {
      if (!ended) {
        status = newStatus;
        failed = true;
      }
    }
  }

  /**
   * Ends the span, unless it has ended, because it is open too long. The event and the type are
   * those of MLflow.
   */
  void endFailed(String message) {
    @Nullable ReadableSpan open;
    synchronized (lock) {
      open = ended ? null : otelSpan;
      if (open instanceof io.opentelemetry.api.trace.Span) {
        fail(SpanStatus.error(TIMEOUT_TYPE + ": " + message));
      }
    }
    if (open instanceof io.opentelemetry.api.trace.Span live) {
      logger.warn("{} Its root span is ended with status ERROR.", message);
      live.addEvent(
          "exception",
          Attributes.builder()
              .put("exception.message", message)
              .put("exception.type", TIMEOUT_TYPE)
              .put("exception.stacktrace", TIMEOUT_TYPE + ": " + message)
              .build());
      live.end();
    }
  }

  /**
   * Fixes the span as it is at its end.
   *
   * @param more attributes that are added as they are, not as JSON text
   * @param tags tags of the trace, if the span is its root
   */
  void end(ReadableSpan finished, Map<String, String> more, Map<String, String> tags) {
    synchronized (lock) {
      ended = true;
      otelSpan = finished;
      moreAtEnd = more;
      traceTags = Map.copyOf(tags);
      if (lost > 0) {
        logger.warn(
            "{} attributes of span {} are lost: a span may have {} of them",
            lost,
            spanId(),
            limits.count());
      }
    }
  }

  @Override
  public String spanId() {
    return otelSpan.getSpanContext().getSpanId();
  }

  /**
   * The size of an ended span: it does not change any more, and who has the span got it from the
   * thread that ended it.
   */
  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isRoot() {
    return !otelSpan.getParentSpanContext().isValid();
  }

  @Override
  public SpanData source() {
    return otelSpan.toSpanData();
  }

  @Override
  public Map<String, String> traceTags() {
    return traceTags;
  }

  /** Returns the span's value as it is now, ended or not. */
  @Override
  public Span span() {
    synchronized (lock) {
      if (value != null) {
        return value;
      }
      if (!ended) {
        return SpanReader.read(otelSpan.toSpanData(), trace.traceId(), all(), status, false);
      }
      Map<String, Object> all = all();
      all.putAll(moreAtEnd);
      Span read =
          SpanReader.read(otelSpan.toSpanData(), trace.traceId(), all, finalStatus(), mlflow);
      value = read;
      return read;
    }
  }

  boolean hasEnded() {
    return ended;
  }

  private Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>();
    if (givenStartNs != null) {
      all.put(SpanAttributeKey.START_TIME_NS, JsonText.of(givenStartNs));
    }
    all.put(SpanAttributeKey.REQUEST_ID, trace.traceIdText());
    all.put(SpanAttributeKey.SPAN_TYPE, JsonText.of(type));
    all.putAll(attributes);
    if (ended && mlflow) {
      all.putIfAbsent(SpanAttributeKey.LOG_LEVEL, new JsonText(Integer.toString(logLevel())));
    }
    return all;
  }

  private int logLevel() {
    if (failed) {
      return ERROR;
    }
    return type != null && INFO_TYPES.contains(type) ? INFO : DEBUG;
  }

  /** Null where the OpenTelemetry span's own status counts. */
  private @Nullable SpanStatus finalStatus() {
    return status != null && status.code() == SpanStatusCode.UNSET ? null : status;
  }
}
