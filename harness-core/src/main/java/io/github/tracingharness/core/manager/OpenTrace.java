package io.github.tracingharness.core.manager;

import io.github.tracingharness.core.export.DropReason;
import io.github.tracingharness.core.export.TraceExporter.Completion;
import io.github.tracingharness.core.export.TraceExporter.TraceExport;
import io.github.tracingharness.core.trace.Attachment;
import io.github.tracingharness.core.trace.JsonText;
import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanAttributeKey;
import io.github.tracingharness.core.trace.TraceContext;
import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.core.trace.TraceMetadataKey;
import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.core.trace.TraceTagKey;
import io.opentelemetry.sdk.trace.ReadableSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trace of which spans are open: its spans in the order of their start, and what the application
 * says of the trace as a whole. All methods may be called by any thread.
 */
public final class OpenTrace {

  private static final Logger logger = LoggerFactory.getLogger(TraceManager.class);

  private static final int FEW_SPANS = 4;

  private final Object lock = new Object();
  private final String traceId;
  private final JsonText traceIdText;
  private final TraceLocation location;
  private final long sequence;
  private final boolean ownRoot;
  private final TraceExport export;
  private final TraceAssembler assembler;
  private final AttachmentRules attachmentRules;
  private final long openedNanos = System.nanoTime();

  private final Map<String, OpenSpan> spans = new LinkedHashMap<>(FEW_SPANS);
  private Map<String, String> tags = Map.of();
  private Map<String, String> metadata = Map.of();
  private Set<PromptVersion> prompts = Set.of();
  private List<Attachment> attachments = List.of();
  private @Nullable String requestPreview;
  private @Nullable String responsePreview;
  private @Nullable String clientRequestId;
  private @Nullable TraceState state;
  private @Nullable String name;
  private @Nullable OpenSpan root;
  private int openSpans;
  private boolean completed;
  private boolean abandoned;

  OpenTrace(
      String traceId,
      TraceLocation location,
      long sequence,
      boolean ownRoot,
      TraceExport export,
      TraceAssembler assembler,
      AttachmentRules attachmentRules) {
    this.traceId = traceId;
    this.traceIdText = JsonText.of(traceId);
    this.location = location;
    this.sequence = sequence;
    this.ownRoot = ownRoot;
    this.export = export;
    this.assembler = assembler;
    this.attachmentRules = attachmentRules;
  }

  /** Returns the trace id in MLflow's form. */
  public String traceId() {
    return traceId;
  }

  /** Returns the trace id as the JSON text that every span has. */
  JsonText traceIdText() {
    return traceIdText;
  }

  /** Takes what the trace has from its surroundings, which cannot name it. */
  void take(TraceContext surroundings) {
    surroundings.tags().forEach((key, value) -> {
      if (!key.equals(TraceTagKey.TRACE_NAME)) {
        tag(key, value);
      }
    });
    surroundings.metadata().forEach(this::metadata);
  }

  /** Sets a tag. */
  public void tag(String key, String value) {
    synchronized (lock) {
      tags = tags.isEmpty() ? new LinkedHashMap<>() : tags;
      tags.put(key, value);
    }
  }

  /** Sets a metadata value. */
  public void metadata(String key, String value) {
    synchronized (lock) {
      metadata = metadata.isEmpty() ? new LinkedHashMap<>() : metadata;
      metadata.put(key, value);
    }
  }

  /** Sets the preview of the request. */
  public void requestPreview(String text) {
    synchronized (lock) {
      requestPreview = text;
    }
  }

  /** Sets the preview of the response. */
  public void responsePreview(String text) {
    synchronized (lock) {
      responsePreview = text;
    }
  }

  /** Sets the id that the application gave to the request. */
  public void clientRequestId(String id) {
    synchronized (lock) {
      clientRequestId = id;
    }
  }

  /** Sets the state, which then counts instead of the root span's status. */
  public void state(TraceState newState) {
    synchronized (lock) {
      state = newState;
    }
  }

  /** Adds a prompt; the same version again changes nothing. */
  public void prompt(PromptVersion prompt) {
    synchronized (lock) {
      prompts = prompts.isEmpty() ? new LinkedHashSet<>() : prompts;
      prompts.add(prompt);
    }
  }

  /** Tells whether media in inputs and outputs become attachments of this trace. */
  boolean extractsMedia() {
    return attachmentRules.extractMedia() && export.keepsAttachments();
  }

  /** Takes an attachment of a span and returns the text that stands for it there. */
  String attach(Attachment attachment) {
    OptionalLong limit = attachmentRules.maxBytes();
    if (limit.isPresent() && attachment.size() > limit.getAsLong()) {
      logger.warn(
          "An attachment of trace {} is not kept: it has {} bytes, and"
              + " MLFLOW_TRACE_MAX_ATTACHMENT_SIZE is {}",
          traceId,
          attachment.size(),
          limit.getAsLong());
      return "[Attachment too large: " + attachment.size() + " bytes exceeds " + limit.getAsLong()
          + " bytes limit]";
    }
    synchronized (lock) {
      if (completed || abandoned) {
        logger.warn("An attachment of trace {} is not kept: the trace was exported", traceId);
      } else if (!attachments.contains(attachment)) {
        attachments = attachments.isEmpty() ? new ArrayList<>() : attachments;
        attachments.add(attachment);
      }
    }
    return attachment.reference(traceId);
  }

  boolean isOlderThan(Duration age) {
    return System.nanoTime() - openedNanos > age.toNanos();
  }

  /** Ends the root as failed if it is open. */
  void failRoot(String message) {
    OpenSpan open;
    synchronized (lock) {
      open = root;
    }
    // The end of the span comes back to this trace, so no lock is held here.
    if (open != null) {
      open.endFailed(message);
    }
  }

  long sequence() {
    return sequence;
  }

  boolean ownRoot() {
    return ownRoot;
  }

  TraceExport export() {
    return export;
  }

  /** Adds a span that started; returns null if the trace takes no more. */
  @Nullable
  OpenSpan start(
      ReadableSpan span,
      boolean isRoot,
      boolean mlflow,
      @Nullable Long givenStartNs,
      AttributeLimits limits) {
    synchronized (lock) {
      if (abandoned || drained()) {
        return null;
      }
      OpenSpan open = new OpenSpan(this, span, mlflow, givenStartNs, limits);
      spans.put(span.getSpanContext().getSpanId(), open);
      openSpans++;
      if (isRoot) {
        root = open;
        name = span.getName();
      }
      return open;
    }
  }

  Optional<OpenSpan> span(String spanId) {
    return Optional.ofNullable(find(spanId));
  }

  @Nullable
  OpenSpan find(String spanId) {
    synchronized (lock) {
      return spans.get(spanId);
    }
  }

  /**
   * What the end of a span meant to its trace.
   *
   * @param last whether no span is open now, and the trace is complete or never will be
   */
  record End(OpenSpan span, boolean last) {}

  /** Takes the end of a span; returns null if the span is not one that is open here. */
  @Nullable
  End end(ReadableSpan span) {
    synchronized (lock) {
      OpenSpan open = spans.get(span.getSpanContext().getSpanId());
      if (open == null || open.hasEnded() || abandoned) {
        return null;
      }
      boolean isRoot = open == root;
      open.end(span, isRoot ? rootAttributes() : Map.of(), isRoot ? tags : Map.of());
      openSpans--;
      export.spanEnded(open);
      if (openSpans == 0) {
        complete();
      }
      return new End(open, drained());
    }
  }

  /** In Unity Catalog the table of the spans has to say whose trace it is. */
  private Map<String, String> rootAttributes() {
    if (!(location instanceof TraceLocation.UnityCatalog)) {
      return Map.of();
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    putIfGiven(attributes, SpanAttributeKey.USER_ID, metadata.get(TraceMetadataKey.TRACE_USER));
    putIfGiven(attributes, SpanAttributeKey.SESSION_ID, metadata.get(TraceMetadataKey.SESSION));
    return attributes;
  }

  private static void putIfGiven(
      Map<String, String> attributes, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      attributes.put(key, value);
    }
  }

  /** Hands the trace to its export if the root has ended, whether or not children are open. */
  boolean completeWithOpenSpans() {
    synchronized (lock) {
      return complete();
    }
  }

  private boolean complete() {
    OpenSpan own = root;
    if (completed || abandoned || own == null || !own.hasEnded()) {
      return false;
    }
    completed = true;
    TraceFacts facts = new TraceFacts(
        traceId,
        location,
        clientRequestId,
        requestPreview,
        responsePreview,
        state,
        name == null ? "" : name,
        Map.copyOf(tags),
        Map.copyOf(metadata),
        List.copyOf(prompts));
    List<OpenSpan> all = new ArrayList<>(spans.values());
    // Those that are open may change, so their values are read now.
    Map<OpenSpan, Span> stillOpen = openSpans == 0 ? Map.of() : new HashMap<>();
    if (openSpans > 0) {
      all.stream()
          .filter(span -> !span.hasEnded())
          .forEach(span -> stillOpen.put(span, span.span()));
    }
    export.completed(new Completion(
        () -> assembler.assemble(facts, own.span(), values(all, stillOpen)),
        facts.prompts(),
        attachments));
    return true;
  }

  private static List<Span> values(List<OpenSpan> all, Map<OpenSpan, Span> stillOpen) {
    List<Span> values = new ArrayList<>(all.size());
    for (OpenSpan span : all) {
      Span value = stillOpen.get(span);
      values.add(value == null ? span.span() : value);
    }
    return values;
  }

  /** Gives the trace up, or only its open spans if the trace itself is complete. */
  void abandon(DropReason reason) {
    synchronized (lock) {
      if (abandoned) {
        return;
      }
      abandoned = true;
      export.abandonSpans(
          spans.entrySet().stream()
              .filter(span -> !span.getValue().hasEnded())
              .map(Map.Entry::getKey)
              .toList(),
          reason);
      if (!completed) {
        export.abandon(reason);
      }
    }
  }

  private boolean drained() {
    return !spans.isEmpty() && openSpans == 0 && (completed || !ownRoot);
  }

  boolean isCompleted() {
    synchronized (lock) {
      return completed;
    }
  }
}
