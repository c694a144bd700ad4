package io.github.tracingharness.conformance.equality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingharness.server.Header;
import io.github.tracingharness.server.RecordedCall;
import io.github.tracingharness.server.otlp.OtlpException;
import io.github.tracingharness.server.otlp.OtlpRequest;
import io.github.tracingharness.server.otlp.OtlpSpan;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** From recorded calls to comparable requests. */
final class SentRequests {

  /** Of the connection, not of the message. */
  private static final Set<String> PLUMBING =
      Set.of("host", "accept", "accept-encoding", "connection", "content-length");

  private static final Pattern SIGNATURE = Pattern.compile("(X-Amz-Signature=)[0-9a-f]+");
  private static final Set<String> WITH_VERSIONS = Set.of("user-agent", "x-mlflow-client-version");
  private static final Set<String> BASE64_IDS = Set.of("trace_id", "span_id", "parent_span_id");
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final StableNames names = new StableNames();

  private SentRequests() {}

  static List<SentRequest> of(List<RecordedCall> calls) {
    SentRequests requests = new SentRequests();
    calls.forEach(requests::learn);
    return calls.stream().map(requests::read).toList();
  }

  /** Makes one request of all that carry spans to the same target, as batches end by chance. */
  static List<SentRequest> inOneBatch(List<SentRequest> requests) {
    Map<String, ObjectNode> batches = new LinkedHashMap<>();
    List<SentRequest> merged = new ArrayList<>();
    for (SentRequest request : requests) {
      ObjectNode batch = batches.get(request.target());
      if (request.spans().isEmpty()) {
        merged.add(request);
      } else if (batch == null) {
        batches.put(request.target(), request.content());
        merged.add(new SentRequest(request.target(), "in batches", request.content()));
      } else {
        add(batch, request.content());
      }
    }
    return merged;
  }

  /** Adds the spans of a request to another one that must be the same but for them. */
  private static void add(ObjectNode batch, ObjectNode more) {
    ObjectNode spans = (ObjectNode) batch.path("body").path("spans");
    JsonNode added = more.path("body").path("spans").deepCopy();
    ((ObjectNode) more.path("body")).set("spans", spans);
    if (!batch.equals(more)) {
      throw new AssertionError("batches differ in more than their spans: " + batch + more);
    }
    added.properties().forEach(span -> {
      if (spans.has(span.getKey())) {
        throw new AssertionError("span " + span.getKey() + " was sent twice");
      }
      spans.set(span.getKey(), span.getValue());
    });
  }

  private void learn(RecordedCall call) {
    otlp(call).ifPresent(request -> request.spans().forEach(this::learn));
    if (call.path().endsWith("/traces.json")) {
      for (JsonNode span : hexIds(json(call.bodyText())).path("spans")) {
        names.span(
            span.path("trace_id").asText(),
            span.path("span_id").asText(),
            span.path("name").asText());
      }
    }
  }

  private void learn(OtlpSpan span) {
    names.span(span.traceId(), span.spanId(), span.name());
  }

  private SentRequest read(RecordedCall call) {
    ObjectNode content = MAPPER.createObjectNode();
    content.put("query", SIGNATURE.matcher(names.text(call.query())).replaceAll("$1«signature»"));
    ObjectNode headers = content.putObject("headers");
    for (Header header : call.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (!PLUMBING.contains(name)) {
        headers.put(
            name,
            WITH_VERSIONS.contains(name) ? StableNames.versions(header.value()) : header.value());
      }
    }
    content.set("body", names.tree(body(call)));
    return new SentRequest(
        call.method() + " " + names.text(call.path()),
        otlp(call).map(SentRequests::spanNames).orElse(""),
        content);
  }

  private static String spanNames(OtlpRequest request) {
    return request.spans().stream().map(OtlpSpan::name).collect(Collectors.joining(", "));
  }

  private static JsonNode body(RecordedCall call) {
    Optional<OtlpRequest> spans = otlp(call);
    if (spans.isPresent()) {
      return OtlpTrees.of(spans.get());
    }
    JsonNode json = json(call.bodyText());
    return call.path().endsWith("/traces.json") ? hexIds(json) : json;
  }

  private static Optional<OtlpRequest> otlp(RecordedCall call) {
    String type = call.header("Content-Type").orElse("");
    if (!type.equals("application/x-protobuf")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          OtlpRequest.decode(call.body(), type, call.header("Content-Encoding").orElse(null)));
    } catch (OtlpException e) {
      throw new AssertionError(call + " is no OTLP request", e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return text.isEmpty() ? MAPPER.nullNode() : MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return MAPPER.getNodeFactory().textNode(text);
    }
  }

  /** Ids of uploaded spans are base64; as hex they get names like all others. */
  private static JsonNode hexIds(JsonNode upload) {
    List<JsonNode> spans = new ArrayList<>();
    upload.path("spans").forEach(spans::add);
    for (JsonNode span : spans) {
      for (String key : BASE64_IDS) {
        if (span.path(key).isTextual()) {
          byte[] id = Base64.getDecoder().decode(span.path(key).textValue());
          ((ObjectNode) span).put(key, HexFormat.of().formatHex(id));
        }
      }
    }
    return upload;
  }
}
