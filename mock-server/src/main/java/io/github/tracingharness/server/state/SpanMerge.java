package io.github.tracingharness.server.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.JsonLayout;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the spans of one request change in their trace. */
final class SpanMerge {

  private static final String TRACE_TAG_PREFIX = "mlflow.traceTag.";

  private final TraceDraft draft;
  private final SpanIngest.Batch batch;
  private final boolean newTrace;

  SpanMerge(TraceDraft draft, SpanIngest.Batch batch) {
    this.draft = draft;
    this.batch = batch;
    this.newTrace = !draft.infoStarted && draft.spans.isEmpty();
  }

  void apply() {
    Optional<SpanEntry> root = batch.spans().stream().filter(SpanEntry::isRoot).findFirst();
    draft.mlflowSpans |= batch.sent().stream()
        .anyMatch(span -> span.attributes().containsKey(TraceKeys.TRACE_REQUEST_ID));
    times();
    state(root);
    tags(root);
    metadata();
    root.ifPresent(this::previews);
  }

  /**
   * The server looks up whether a client has set the times only if the spans bring usage, cost or a
   * session.
   */
  private boolean timesAreFinal() {
    return draft.infoStarted
        && (SpanFacts.session(batch.spans()).isPresent()
            || SpanFacts.tokens(batch.spans()).isPresent()
            || SpanFacts.costs(batch.spans()).isPresent());
  }

  private void times() {
    if (timesAreFinal()) {
      return;
    }
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (SpanEntry span : batch.spans()) {
      start = Math.min(start, span.startNanos() / 1_000_000);
      end = Math.max(end, span.endNanos() / 1_000_000);
    }
    if (!newTrace) {
      if (draft.durationMillis != null) {
        end = Math.max(end, draft.requestMillis + draft.durationMillis);
      }
      start = Math.min(start, draft.requestMillis);
    }
    draft.requestMillis = start;
    draft.durationMillis = end - start;
  }

  private void state(Optional<SpanEntry> root) {
    if (draft.state.isFinal()) {
      return;
    }
    if (root.isPresent()) {
      boolean failed = root.get().status().code() == SpanEntry.Code.ERROR;
      draft.state = failed ? TraceState.ERROR : TraceState.OK;
    } else if (newTrace) {
      draft.state = TraceState.IN_PROGRESS;
    }
  }

  private void tags(Optional<SpanEntry> root) {
    batch.resource().forEach((key, value) -> {
      if (!key.startsWith("telemetry.sdk.") && !key.startsWith("mlflow.")) {
        tag(key, value);
      }
    });
    batch.sent().stream()
        .filter(span -> root.isPresent() && SpanIngest.isRoot(span))
        .forEach(span -> span.attributes().forEach((key, value) -> {
          if (key.startsWith(TRACE_TAG_PREFIX)) {
            tag(key.substring(TRACE_TAG_PREFIX.length()), value);
          }
        }));
    draft.tags.put(TraceKeys.SPANS_LOCATION, TraceKeys.TRACKING_STORE);
  }

  private void tag(String key, @Nullable Object value) {
    if (TagKeys.isValid(key)) {
      draft.tags.put(
          key,
          value instanceof String text ? text : JsonLayout.SPACED.write(AttributeText.node(value)));
    }
  }

  private void metadata() {
    SpanFacts.session(batch.spans())
        .ifPresent(session -> draft.metadata.putIfAbsent(TraceKeys.SESSION, session));
    SpanFacts.user(batch.spans())
        .ifPresent(user -> draft.metadata.putIfAbsent(TraceKeys.USER, user));
    List<SpanEntry> before = List.copyOf(draft.spans.values());
    batch.spans().forEach(span -> draft.spans.put(span.spanId(), span));
    total(TraceKeys.TOKEN_USAGE, before, SpanFacts::tokens);
    total(TraceKeys.COST, before, SpanFacts::costs);
  }

  /** Replaces a total that the server itself had computed, never one that a client gave. */
  private void total(
      String key,
      List<SpanEntry> before,
      Function<Collection<SpanEntry>, Optional<ObjectNode>> sum) {
    String known = draft.metadata.get(key);
    String computed = sum.apply(before).map(UsageText::text).orElse(null);
    if (known == null || Objects.equals(known, computed)) {
      sum.apply(draft.spans.values())
          .ifPresent(total -> draft.metadata.put(key, UsageText.text(total)));
    }
  }

  private void previews(SpanEntry root) {
    Map<String, String> attributes = root.attributes();
    if (draft.requestPreview == null) {
      draft.requestPreview = Preview.ofInputs(attributes.get("mlflow.spanInputs"));
    }
    if (draft.responsePreview == null) {
      draft.responsePreview = Preview.ofOutputs(attributes.get("mlflow.spanOutputs"));
    }
  }
}
