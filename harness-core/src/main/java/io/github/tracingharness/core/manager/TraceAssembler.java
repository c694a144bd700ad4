package io.github.tracingharness.core.manager;

import static java.util.Objects.requireNonNullElse;

import io.github.tracingharness.core.trace.PromptVersion;
import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanAttributeKey;
import io.github.tracingharness.core.trace.SpanStatusCode;
import io.github.tracingharness.core.trace.Texts;
import io.github.tracingharness.core.trace.Trace;
import io.github.tracingharness.core.trace.TraceData;
import io.github.tracingharness.core.trace.TraceInfo;
import io.github.tracingharness.core.trace.TraceLocation;
import io.github.tracingharness.core.trace.TraceMetadataKey;
import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.core.trace.TraceTagKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a trace from its ended spans and from what the application said of it. Runs on the
 * exporting thread.
 */
final class TraceAssembler {

  private static final String SCHEMA_VERSION = "3";
  private static final String UC_SCHEMA_VERSION = "4";
  private static final int METADATA_LIMIT = 250;
  private static final int TAG_KEY_LIMIT = 250;
  private static final int TAG_VALUE_LIMIT = 4096;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final Map<String, String> environment;
  private final boolean databricks;

  /**
   * Creates an assembler.
   *
   * @param environment metadata that every trace of the process has
   * @param databricks whether the server is a Databricks workspace
   */
  TraceAssembler(Map<String, String> environment, boolean databricks) {
    this.environment = Map.copyOf(environment);
    this.databricks = databricks;
  }

  Trace assemble(TraceFacts facts, Span root, List<Span> spans) {
    long start = root.startTimeUnixNano();
    long end = root.endTimeUnixNano().orElse(start);
    int limit = Previews.limit(databricks || isInUnityCatalog(facts));
    TraceInfo info = new TraceInfo(
        facts.traceId(),
        facts.clientRequestId(),
        facts.location(),
        preview(facts.requestPreview(), root.jsonAttribute(SpanAttributeKey.INPUTS), "user", limit),
        preview(
            facts.responsePreview(),
            root.jsonAttribute(SpanAttributeKey.OUTPUTS),
            "assistant",
            limit),
        Math.floorDiv(start, NANOS_PER_MILLI),
        Math.max(0, Math.floorDiv(end - start, NANOS_PER_MILLI)),
        state(facts, root),
        metadata(facts, root, spans),
        tags(facts));
    return new Trace(info, new TraceData(spans));
  }

  private static @Nullable String preview(
      @Nullable String given, @Nullable String json, String role, int limit) {
    if (given != null && !given.isEmpty()) {
      return given;
    }
    return json == null ? null : Previews.of(json, role, limit);
  }

  private static TraceState state(TraceFacts facts, Span root) {
    if (facts.state() != null) {
      return facts.state();
    }
    return root.status().code() == SpanStatusCode.ERROR ? TraceState.ERROR : TraceState.OK;
  }

  private Map<String, String> metadata(TraceFacts facts, Span root, List<Span> spans) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    facts.metadata().forEach((key, value) -> all.put(cut(key), cut(value)));
    all.put(
        TraceMetadataKey.SCHEMA_VERSION,
        isInUnityCatalog(facts) ? UC_SCHEMA_VERSION : SCHEMA_VERSION);
    all.put(TraceMetadataKey.INPUTS, shortened(root.jsonAttribute(SpanAttributeKey.INPUTS)));
    all.put(TraceMetadataKey.OUTPUTS, shortened(root.jsonAttribute(SpanAttributeKey.OUTPUTS)));
    TokenUsage.sum(spans).ifPresent(usage -> all.putIfAbsent(TraceMetadataKey.TOKEN_USAGE, usage));
    return all;
  }

  private static boolean isInUnityCatalog(TraceFacts facts) {
    return facts.location() instanceof TraceLocation.UnityCatalog;
  }

  private static String cut(String text) {
    return Texts.cut(text, METADATA_LIMIT);
  }

  private static String shortened(@Nullable String json) {
    return Texts.ellipsize(requireNonNullElse(json, ""), METADATA_LIMIT);
  }

  private static Map<String, String> tags(TraceFacts facts) {
    Map<String, String> all = new LinkedHashMap<>();
    facts
        .tags()
        .forEach((key, value) ->
            all.put(Texts.cut(key, TAG_KEY_LIMIT), Texts.cut(value, TAG_VALUE_LIMIT)));
    all.put(TraceTagKey.TRACE_NAME, Texts.cut(Texts.wellFormed(facts.name()), TAG_VALUE_LIMIT));
    if (!facts.prompts().isEmpty()) {
      all.put(TraceTagKey.LINKED_PROMPTS, promptsTag(facts.prompts()));
    }
    return all;
  }

  /**
   * A tag that was cut in the middle would be no JSON; so the last prompts are left out until the
   * rest fits.
   */
  private static String promptsTag(List<PromptVersion> prompts) {
    List<Map<String, String>> items = new ArrayList<>();
    String text = "[]";
    for (PromptVersion prompt : prompts) {
      Map<String, String> item = new LinkedHashMap<>();
      item.put("name", prompt.name());
      item.put("version", prompt.version());
      items.add(item);
      String longer = PythonJson.dumpsAscii(items);
      if (longer.length() > TAG_VALUE_LIMIT) {
        return text;
      }
      text = longer;
    }
    return text;
  }
}
