package io.github.tracingharness.server.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.http.Json;
import io.github.tracingharness.server.otlp.OtlpSpan;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the server reads out of spans for their trace. */
final class SpanFacts {

  static final String TOKEN_USAGE = "mlflow.chat.tokenUsage";
  static final String COST = "mlflow.llm.cost";

  /** A usage without any known member counts as none at all, but as a usage. */
  private static final ObjectNode ZERO_TOKENS = Json.object().put("input_tokens", 0);

  private SpanFacts() {}

  static Optional<String> session(List<SpanEntry> spans) {
    return firstText(spans, "session.id", "gen_ai.conversation.id");
  }

  static Optional<String> user(List<SpanEntry> spans) {
    return firstText(spans, "user.id");
  }

  /** A text without its quotes, anything else as its JSON text. The first one counts, if empty. */
  private static Optional<String> firstText(List<SpanEntry> spans, String... keys) {
    for (SpanEntry span : spans) {
      for (String key : keys) {
        String json = span.attributes().get(key);
        if (json != null) {
          return Json.read(json)
              .map(value -> value.isTextual() ? value.textValue() : json)
              .filter(text -> !text.isEmpty());
        }
      }
    }
    return Optional.empty();
  }

  /** The real server's database takes no map and no list as the type of a span. */
  static void requireStorableType(OtlpSpan span) {
    Object type = span.attributes().get("mlflow.spanType");
    if (type instanceof Map || type instanceof List) {
      throw new TrackingException(
          ErrorCode.BAD_REQUEST,
          "(sqlite3.ProgrammingError) Error binding parameter 6: type '"
              + (type instanceof List ? "list" : "dict")
              + "' is not supported\n[SQL: INSERT INTO spans]");
    }
  }

  /** The type as a column of texts in the real server's database keeps it. */
  static @Nullable String type(OtlpSpan span) {
    Object type = span.attributes().get("mlflow.spanType");
    return type == null ? null : SqliteText.of(type);
  }

  /** The token usage of a tree of spans: a span that has one speaks for all below it. */
  static Optional<ObjectNode> tokens(Collection<SpanEntry> spans) {
    return sum(
            spans,
            span -> member(span, TOKEN_USAGE)
                .filter(usage -> usage.isObject() && !usage.isEmpty())
                .map(usage -> UsageText.tokens(usage).orElseGet(() -> ZERO_TOKENS)),
            (total, key, value) -> total.put(key, total.path(key).longValue() + value.longValue()),
            UsageText.TOKENS)
        .map(SpanFacts::withZeros);
  }

  private static ObjectNode withZeros(ObjectNode tokens) {
    ObjectNode all = Json.object();
    for (String key : UsageText.TOKENS) {
      if (tokens.has(key) || !key.startsWith("cache")) {
        all.put(key, tokens.path(key).longValue());
      }
    }
    return all;
  }

  /** The cost of a tree of spans, by the same rule. */
  static Optional<ObjectNode> costs(Collection<SpanEntry> spans) {
    return sum(
        spans,
        span -> member(span, COST).flatMap(UsageText::costs),
        (total, key, value) -> total.put(key, total.path(key).doubleValue() + value.doubleValue()),
        UsageText.COSTS);
  }

  static Optional<Integer> announcedSpans(@Nullable String sizeStats) {
    return Optional.ofNullable(sizeStats)
        .flatMap(Json::read)
        .map(stats -> stats.path("num_spans"))
        .filter(JsonNode::isInt)
        .map(JsonNode::intValue);
  }

  private interface Adder {
    void add(ObjectNode total, String key, JsonNode value);
  }

  private static Optional<ObjectNode> sum(
      Collection<SpanEntry> spans,
      Function<SpanEntry, Optional<ObjectNode>> usage,
      Adder adder,
      List<String> keys) {
    Map<String, SpanEntry> byId = new HashMap<>();
    spans.forEach(span -> byId.put(span.spanId(), span));
    ObjectNode total = Json.object();
    for (SpanEntry span : spans) {
      Optional<ObjectNode> own = usage.apply(span);
      if (own.isPresent() && !covered(span, byId, usage)) {
        for (String key : keys) {
          if (own.get().has(key)) {
            adder.add(total, key, own.get().get(key));
          }
        }
      }
    }
    return total.isEmpty() ? Optional.empty() : Optional.of(total);
  }

  private static boolean covered(
      SpanEntry span,
      Map<String, SpanEntry> byId,
      Function<SpanEntry, Optional<ObjectNode>> usage) {
    SpanEntry above = parent(span, byId);
    for (int steps = 0; above != null && steps < byId.size(); steps++) {
      if (usage.apply(above).isPresent()) {
        return true;
      }
      above = parent(above, byId);
    }
    return false;
  }

  private static @Nullable SpanEntry parent(SpanEntry span, Map<String, SpanEntry> byId) {
    return span.parentId() == null ? null : byId.get(span.parentId());
  }

  private static Optional<JsonNode> member(SpanEntry span, String attribute) {
    return Optional.ofNullable(span.attributes().get(attribute)).flatMap(Json::read);
  }
}
