package io.github.tracingharness.conformance.subject;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a span that only OTLP cases give.
 *
 * @param kind {@code INTERNAL}, {@code SERVER}, {@code CLIENT}, {@code PRODUCER} or
 *     {@code CONSUMER}; null: the SDK's default
 * @param traceState W3C trace state such as {@code k=v}, or null
 * @param scope the instrumentation scope, or null for the driver's own
 * @param links links in order
 * @param sampled whether the span is sampled
 * @param attributes all settings of attributes in order, repeated keys included
 */
public record OtelPart(
    @Nullable String kind,
    @Nullable String traceState,
    @Nullable Scope scope,
    List<Link> links,
    boolean sampled,
    List<Attribute> attributes) {

  /** A string that is not valid Unicode: a high surrogate alone. */
  public static final String INVALID_STRING = "broken \ud800 text";

  /** Copies the lists. */
  public OtelPart {
    links = List.copyOf(links);
    attributes = List.copyOf(attributes);
  }

  /**
   * An instrumentation scope.
   *
   * @param version the version, or null
   * @param schemaUrl the schema URL, or null
   */
  public record Scope(
      String name,
      @Nullable String version,
      @Nullable String schemaUrl,
      Map<String, Object> attributes) {}

  /**
   * A link to a span of the case, or to one of another process.
   *
   * @param ref the span of the case that is linked, or null
   * @param trace 32 hex digits, where {@code ref} is null
   * @param span 16 hex digits, where {@code ref} is null
   * @param traceState W3C trace state of the link, or null
   * @param remote whether the linked span is one of another process
   */
  public record Link(
      @Nullable String ref,
      String trace,
      String span,
      @Nullable String traceState,
      boolean remote,
      Map<String, Object> attributes) {}

  /** One setting of an attribute; the value is a plain Java value. */
  public record Attribute(String key, Object value) {}

  /** Reads the members of a span. */
  static OtelPart of(JsonNode span) {
    List<Link> links = new ArrayList<>();
    span.path("links").forEach(link -> links.add(link(link)));
    return new OtelPart(
        textOrNull(span, "kind"),
        textOrNull(span, "trace_state"),
        span.has("scope") ? scope(span.get("scope")) : null,
        links,
        span.path("sampled").asBoolean(true),
        settings(span.path("attributes")));
  }

  private static Scope scope(JsonNode scope) {
    return new Scope(
        scope.path("name").asText(),
        textOrNull(scope, "version"),
        textOrNull(scope, "schema_url"),
        attributes(scope.path("attributes")));
  }

  private static Link link(JsonNode link) {
    return new Link(
        textOrNull(link, "ref"),
        link.path("trace").asText(),
        link.path("span").asText(),
        textOrNull(link, "trace_state"),
        link.path("remote").asBoolean(false),
        attributes(link.path("attributes")));
  }

  private static @Nullable String textOrNull(JsonNode json, String member) {
    return json.hasNonNull(member) ? json.get(member).asText() : null;
  }

  private static List<Attribute> settings(JsonNode list) {
    List<Attribute> settings = new ArrayList<>();
    list.forEach(
        pair -> settings.add(new Attribute(pair.path("key").asText(), value(pair.path("value")))));
    return settings;
  }

  /** Reads a list of attributes; of a repeated key the last value. */
  static Map<String, Object> attributes(JsonNode list) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    settings(list).forEach(setting -> attributes.put(setting.key(), setting.value()));
    return attributes;
  }

  /**
   * Returns a {@code String}, {@code Long}, {@code Double}, {@code Boolean}, {@code byte[]},
   * {@code List} or {@code Map}.
   */
  private static Object value(JsonNode value) {
    if (value.has("intValue")) {
      return Long.parseLong(value.get("intValue").asText());
    }
    if (value.has("doubleValue")) {
      return Double.parseDouble(value.get("doubleValue").asText());
    }
    if (value.has("boolValue")) {
      return value.get("boolValue").asBoolean();
    }
    if (value.has("arrayValue")) {
      List<Object> values = new ArrayList<>();
      value.get("arrayValue").path("values").forEach(v -> values.add(value(v)));
      return values;
    }
    if (value.has("kvlistValue")) {
      return attributes(value.get("kvlistValue").path("values"));
    }
    if (value.has("bytesValue")) {
      return Base64.getDecoder().decode(value.get("bytesValue").asText());
    }
    return value.has("invalidString")
        ? INVALID_STRING
        : value.path("stringValue").asText();
  }
}
