package io.github.tracingharness.conformance.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.core.trace.TraceContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A span that a case asks for; the typed view of the driver protocol's span.
 *
 * @param ref name of the span in the case
 * @param parent ref of the parent, or null for a root
 * @param name name of the span
 * @param start start time in Unix nanoseconds; empty: now
 * @param end end time in Unix nanoseconds; empty: now
 * @param neverEnded whether the span is left open
 * @param endTimes how often {@code end} is called
 * @param endOrder rank of the span's end, or empty for the usual order
 * @param status status to set, or null
 * @param attributes attributes in order, values as plain Java values
 * @param events events in order
 * @param raise the exception that the traced code throws, or null
 * @param mlflow MLflow's members, missing when the case gave none
 * @param otelApi whether the span is made through the plain OpenTelemetry API
 * @param destination where the trace of this root goes, or null for the session's destination
 * @param remoteParent headers of the process whose trace this root continues; empty: a new trace
 * @param tell what the application is asked while the span is current
 * @param otel what only OTLP cases give
 */
public record SpanSpec(
    String ref,
    @Nullable String parent,
    String name,
    OptionalLong start,
    OptionalLong end,
    boolean neverEnded,
    int endTimes,
    OptionalLong endOrder,
    @Nullable Status status,
    Map<String, Object> attributes,
    List<Event> events,
    @Nullable Raised raise,
    JsonNode mlflow,
    boolean otelApi,
    @Nullable Destination destination,
    Map<String, String> remoteParent,
    List<String> tell,
    OtelPart otel) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Status code {@code OK} or {@code ERROR}, with a description that may be empty. */
  public record Status(String code, String message) {}

  /** An event; an empty time means now. */
  public record Event(String name, OptionalLong time, Map<String, Object> attributes) {}

  /** The exception of the traced code: simple class name and message. */
  public record Raised(String type, String message) {}

  /** Reads the {@code spans} or {@code gen} member of an {@code emit} or {@code export} command. */
  public static List<SpanSpec> listOf(JsonNode emit) {
    List<SpanSpec> specs = new ArrayList<>();
    emit.path("spans").forEach(span -> specs.add(of(span, "")));
    JsonNode gen = emit.path("gen");
    JsonNode template = gen.isMissingNode() ? gen : padded(gen);
    for (int i = 0; i < gen.path("count").asInt(0); i++) {
      specs.add(of(template, "-" + i));
    }
    return specs;
  }

  private static JsonNode padded(JsonNode gen) {
    ObjectNode template = gen.path("template").deepCopy();
    if (gen.has("pad")) {
      ObjectNode pad = template.withArray("attributes").addObject();
      pad.put("key", gen.path("pad").path("key").asText());
      pad.putObject("value")
          .put("stringValue", "x".repeat(gen.path("pad").path("chars").asInt()));
    }
    return template;
  }

  private static SpanSpec of(JsonNode span, String suffix) {
    List<Event> events = new ArrayList<>();
    for (JsonNode event : span.path("events")) {
      events.add(new Event(
          event.path("name").asText(),
          nanos(event.path("time")),
          attributes(event.path("attributes"))));
    }
    JsonNode status = span.path("status");
    JsonNode raise = span.path("raise");
    return new SpanSpec(
        span.path("ref").asText() + suffix,
        span.hasNonNull("parent") ? span.get("parent").asText() : null,
        span.path("name").asText(),
        nanos(span.path("start")),
        nanos(span.path("end")),
        span.path("end").isNull(),
        span.path("end_times").asInt(1),
        nanos(span.path("end_order")),
        status.isObject()
            ? new Status(status.path("code").asText(), status.path("message").asText(""))
            : null,
        attributes(span.path("attributes")),
        events,
        raise.isObject()
            ? new Raised(raise.path("type").asText(), raise.path("message").asText(""))
            : null,
        span.path("mlflow"),
        span.path("api").asText().equals("otel"),
        span.has("destination") ? Destination.of(span.get("destination")) : null,
        headers(span.path("remote_parent")),
        names(span.path("tell")),
        OtelPart.of(span));
  }

  private static Map<String, String> headers(JsonNode object) {
    Map<String, String> headers = new LinkedHashMap<>();
    object.properties().forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
    return headers;
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(name -> names.add(name.asText()));
    return names;
  }

  private static OptionalLong nanos(JsonNode time) {
    return time.isTextual()
        ? OptionalLong.of(Long.parseLong(time.asText()))
        : time.isNumber() ? OptionalLong.of(time.longValue()) : OptionalLong.empty();
  }

  private static Map<String, Object> attributes(JsonNode list) {
    return OtelPart.attributes(list);
  }

  /** Returns what the case says of the trace while this span is active. */
  public JsonNode trace() {
    return mlflow.path("trace");
  }

  /** Returns what the trace of this root has from the code that surrounds it. */
  public TraceContext traceContext() {
    TraceContext context = TraceContext.empty();
    for (Map.Entry<String, JsonNode> tag : mlflow.path("context").path("tags").properties()) {
      context = context.withTag(tag.getKey(), tag.getValue().asText());
    }
    for (Map.Entry<String, JsonNode> value :
        mlflow.path("context").path("metadata").properties()) {
      context = context.withMetadata(value.getKey(), value.getValue().asText());
    }
    return context;
  }

  /** Returns whether the case gave inputs. */
  public boolean hasInputs() {
    return mlflow.has("inputs");
  }

  /** Returns the inputs as plain Java values; JSON {@code null} is null. */
  public @Nullable Object inputs() {
    return plain(mlflow.path("inputs"));
  }

  /** Returns whether the case gave outputs. */
  public boolean hasOutputs() {
    return mlflow.has("outputs");
  }

  /** Returns the outputs as plain Java values; JSON {@code null} is null. */
  public @Nullable Object outputs() {
    return plain(mlflow.path("outputs"));
  }

  /** Returns maps, lists, strings, numbers and truth values, as an application would pass them. */
  static @Nullable Object plain(JsonNode value) {
    return MAPPER.convertValue(value, Object.class);
  }
}
