package otel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerBuilder;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Makes the spans of a command through the OpenTelemetry API. */
final class Spans {
  static final List<String> FEATURES = List.of(
      "attributes", "events", "links", "status", "kind", "scope", "int64", "bytes", "kvlist", "nan", "remote-parent", "trace-state",
      "not-sampled", "lone-surrogate", "never-ended", "end-twice", "end-order", "concurrency");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TracerProvider provider;

  Spans(TracerProvider provider) {
    this.provider = provider;
  }

  /** Ids by ref, and the longest time that one end of a span took. */
  record Made(ObjectNode refs, long longestEnd) {}

  Made make(JsonNode command) {
    List<JsonNode> specs = specs(command);
    Map<String, Span> made = new LinkedHashMap<>();
    for (JsonNode spec : specs) {
      made.put(spec.get("ref").asText(), start(spec, made));
    }
    List<JsonNode> ending = new ArrayList<>(specs);
    Collections.reverse(ending);
    ending.sort(Comparator.comparingDouble(spec -> spec.path("end_order").asDouble(Double.MAX_VALUE)));
    long longest = 0;
    for (JsonNode spec : ending) {
      int times = spec.has("end") && spec.get("end").isNull() ? 0 : spec.path("end_times").asInt(1);
      Span span = made.get(spec.get("ref").asText());
      for (int n = 0; n < times; n++) {
        long begun = System.nanoTime();
        if (spec.has("end")) {
          span.end(spec.get("end").asLong(), TimeUnit.NANOSECONDS);
        } else {
          span.end();
        }
        longest = Math.max(longest, System.nanoTime() - begun);
      }
    }
    ObjectNode refs = JSON.createObjectNode();
    made.forEach((ref, span) -> {
      if (span.getSpanContext().isValid()) {
        refs.putObject(ref)
            .put("trace", span.getSpanContext().getTraceId())
            .put("span", span.getSpanContext().getSpanId());
      }
    });
    return new Made(refs, longest);
  }

  private static List<JsonNode> specs(JsonNode command) {
    List<JsonNode> specs = new ArrayList<>();
    command.path("spans").forEach(specs::add);
    JsonNode gen = command.path("gen");
    for (int n = 0; n < gen.path("count").asInt(); n++) {
      ObjectNode spec = gen.get("template").deepCopy();
      spec.put("ref", spec.get("ref").asText() + "-" + n);
      if (gen.has("pad")) {
        ArrayNode attributes = spec.withArray("attributes");
        attributes.addObject().put("key", gen.at("/pad/key").asText())
            .putObject("value").put("stringValue", "x".repeat(gen.at("/pad/chars").asInt()));
      }
      specs.add(spec);
    }
    return specs;
  }

  private Span start(JsonNode spec, Map<String, Span> made) {
    SpanBuilder builder = tracer(spec.path("scope"))
        .spanBuilder(spec.get("name").asText())
        .setSpanKind(SpanKind.valueOf(spec.path("kind").asText("INTERNAL")));
    Context parent = Context.root();
    if (spec.has("parent")) {
      parent = parent.with(made.get(spec.get("parent").asText()));
    } else if (spec.has("remote_parent")) {
      parent = W3CTraceContextPropagator.getInstance().extract(parent, spec.get("remote_parent"), new Headers());
    }
    builder.setParent(parent);
    if (spec.has("start")) {
      builder.setStartTimestamp(spec.get("start").asLong(), TimeUnit.NANOSECONDS);
    }
    for (JsonNode link : spec.path("links")) {
      builder.addLink(linked(link, made), attributes(link));
    }
    Said.SPAN.set(spec);
    Span span = builder.startSpan();
    for (JsonNode attribute : spec.path("attributes")) {
      Values.set(attribute, span::setAttribute);
    }
    for (JsonNode event : spec.path("events")) {
      String name = event.get("name").asText();
      if (event.has("time")) {
        span.addEvent(name, attributes(event), event.get("time").asLong(), TimeUnit.NANOSECONDS);
      } else {
        span.addEvent(name, attributes(event));
      }
    }
    if (spec.has("status")) {
      StatusCode code = StatusCode.valueOf(spec.at("/status/code").asText());
      span.setStatus(code, spec.at("/status/message").asText());
    }
    return span;
  }

  private Tracer tracer(JsonNode scope) {
    TracerBuilder tracer = provider.tracerBuilder(scope.path("name").asText("application"));
    if (scope.has("version")) {
      tracer.setInstrumentationVersion(scope.get("version").asText());
    }
    if (scope.has("schema_url")) {
      tracer.setSchemaUrl(scope.get("schema_url").asText());
    }
    return tracer.build();
  }

  private static SpanContext linked(JsonNode link, Map<String, Span> made) {
    SpanContext context = link.has("ref")
        ? made.get(link.get("ref").asText()).getSpanContext()
        : SpanContext.create(
            link.get("trace").asText(), link.get("span").asText(), TraceFlags.getSampled(), TraceState.getDefault());
    TraceState state = link.has("trace_state") ? traceState(link) : context.getTraceState();
    return link.path("remote").asBoolean()
        ? SpanContext.createFromRemoteParent(context.getTraceId(), context.getSpanId(), context.getTraceFlags(), state)
        : SpanContext.create(context.getTraceId(), context.getSpanId(), context.getTraceFlags(), state);
  }

  static TraceState traceState(JsonNode spec) {
    TraceStateBuilder state = TraceState.builder();
    for (String member : spec.get("trace_state").asText().split(",")) {
      int sign = member.indexOf('=');
      if (sign > 0) {
        state.put(member.substring(0, sign), member.substring(sign + 1));
      }
    }
    return state.build();
  }

  private static Attributes attributes(JsonNode spec) {
    AttributesBuilder attributes = Attributes.builder();
    for (JsonNode attribute : spec.path("attributes")) {
      Values.set(attribute, attributes::put);
    }
    return attributes.build();
  }

  /** Reads W3C headers. */
  private static final class Headers implements TextMapGetter<JsonNode> {
    @Override
    public Iterable<String> keys(JsonNode headers) {
      return headers::fieldNames;
    }

    @Override
    public String get(JsonNode headers, String key) {
      return headers.path(key).asText(null);
    }
  }
}
