package io.github.tracingharness.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The decoder without generated classes, against the generated classes. */
class OtlpRequestTest {

  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void protobuf_ofGeneratedClasses_isDecodedWithoutLoss(long seed) throws Exception {
    ExportTraceServiceRequest sent = new Generator(seed).request();

    OtlpRequest decoded = OtlpRequest.decode(sent.toByteArray(), PROTOBUF, null);

    assertThat(new Printer().decoded(decoded)).isEqualTo(new Printer().generated(sent));
  }

  /** The real server's decompress_otlp_body takes both. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void deflate_withAndWithoutTheHeaderOfZlib_isUnpacked(boolean raw) throws Exception {
    ExportTraceServiceRequest sent = new Generator(17).request();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
      sent.writeTo(out);
    } finally {
      deflater.end();
    }

    OtlpRequest decoded = OtlpRequest.decode(packed.toByteArray(), PROTOBUF, "deflate");

    assertThat(new Printer().decoded(decoded)).isEqualTo(new Printer().generated(sent));
  }

  @Test
  void deflate_ofNeitherForm_isRefused() {
    assertThatThrownBy(() -> OtlpRequest.decode(new byte[] {1, 2, 3}, PROTOBUF, "deflate"))
        .hasMessage("Failed to decompress deflate payload");
  }

  @Test
  void knownNumber_withAnotherWireType_isSkippedAsUnknown() throws Exception {
    // resource_spans { scope_spans { spans { name as varint 5; span_id "01" } } }
    byte[] body = HexFormat.of().parseHex("0a09" + "1207" + "1205" + "2805" + "120101");

    List<OtlpSpan> spans = OtlpRequest.decode(body, PROTOBUF, null).spans();

    assertThat(spans).hasSize(1);
    assertThat(spans.get(0).name()).isEmpty();
    assertThat(spans.get(0).spanId()).isEqualTo("01");
  }

  @Test
  void json_inBothSpellings_isDecoded() throws Exception {
    String body = """
        {"resourceSpans": [{"resource": {"attributes": [{"key": "r", "value": {"stringValue": "x"}}]},
          "scopeSpans": [{"scope": {"name": "s", "version": "1"}, "spans": [{
            "traceId": "0123456789ABCDEF0123456789abcdef", "spanId": "00000000000000a1", "parentSpanId": "",
            "name": "n", "kind": "SPAN_KIND_SERVER", "start_time_unix_nano": "1746439200000000001",
            "endTimeUnixNano": 1746439200000000002, "unknown": {"a": 1},
            "attributes": [{"key": "i", "value": {"intValue": "-9007199254740993"}},
              {"key": "d", "value": {"doubleValue": "NaN"}}, {"key": "b", "value": {"boolValue": true}},
              {"key": "a", "value": {"arrayValue": {"values": [{"intValue": 1}, {}]}}},
              {"key": "m", "value": {"kvlistValue": {"values": [{"key": "k", "value": {"stringValue": "v"}}]}}},
              {"key": "y", "value": {"bytesValue": "AQI="}}, {"key": "e", "value": {}}],
            "events": [{"timeUnixNano": 5, "name": "ev"}], "status": {"code": 2, "message": "boom"}}]}]}]}
        """;

    OtlpRequest decoded = OtlpRequest.decode(body.getBytes(StandardCharsets.UTF_8), JSON, null);

    OtlpSpan span = decoded.spans().get(0);
    assertThat(decoded.resourceSpans().get(0).resourceAttributes()).isEqualTo(Map.of("r", "x"));
    assertThat(span.traceId()).isEqualTo("0123456789abcdef0123456789abcdef");
    assertThat(span.spanId()).isEqualTo("00000000000000a1");
    assertThat(span.kind()).isEqualTo(2);
    assertThat(span.startUnixNano()).isEqualTo(1_746_439_200_000_000_001L);
    assertThat(span.endUnixNano()).isEqualTo(1_746_439_200_000_000_002L);
    assertThat(span.statusCode()).isEqualTo(2);
    assertThat(span.attributes())
        .containsEntry("i", -9_007_199_254_740_993L)
        .containsEntry("d", Double.NaN)
        .containsEntry("b", true)
        .containsEntry("a", Arrays.asList(1L, null))
        .containsEntry("m", Map.of("k", "v"))
        .containsEntry("e", null);
    assertThat((byte[]) span.attributes().get("y")).containsExactly(1, 2);
    assertThat(span.events()).extracting(OtlpSpan.Event::name).containsExactly("ev");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"resourceSpans\": {}}",
        "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"events\": [5]}]}]}]}",
        "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"traceId\": \"xyz\"}]}]}]}",
        "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"startTimeUnixNano\": \"1e999999999\"}]}]}]}",
        "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"startTimeUnixNano\": 1.5}]}]}]}"
      })
  void json_malformed_isRefused(String body) {
    assertRefusal(
        body.getBytes(StandardCharsets.UTF_8), JSON, null, "Invalid OpenTelemetry format");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceSpans\": 5}",
        "{\"resourceSpans\": [5]}",
        "{\"resourceSpans\": null}",
        "{\"resourceSpans\": {\"a\": 1}}",
        "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [\"a\"]}]}]}",
        "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"spanId\": 7}]}]}]}",
        "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"traceId\": [\"a\"]}]}]}]}"
      })
  void json_thatTheRealServerCannotWalkThrough_isAFailureOfTheServer(String body) {
    assertRefusal(body.getBytes(StandardCharsets.UTF_8), JSON, null, "Internal Server Error");
  }

  static Stream<Arguments> attributesThatPythonTakes() {
    return Stream.of(
        Arguments.of("{\"key\":\"k\",\"value\":{\"doubleValue\":true}}", "k", 1.0),
        Arguments.of("{\"key\":\"k\",\"value\":{\"doubleValue\":\" 1_0 \"}}", "k", 10.0),
        Arguments.of(
            "{\"key\":\"k\",\"value\":{\"doubleValue\":\"inf\"}}", "k", Double.POSITIVE_INFINITY),
        Arguments.of("{\"key\":\"k\",\"value\":{\"intValue\":\"1e3\"}}", "k", 1000L),
        Arguments.of("{\"key\":\"k\",\"value\":{\"intValue\":5.0}}", "k", 5L),
        Arguments.of("{\"value\":{\"stringValue\":\"v\"}}", "", "v"),
        Arguments.of("{\"key\":\"k\",\"value\":[\"unknown\"]}", "k", null),
        Arguments.of("{\"key\":\"k\",\"value\":\"text\"}", "k", null),
        Arguments.of("\"text\"", "", null),
        Arguments.of("[]", "", null));
  }

  @ParameterizedTest
  @MethodSource("attributesThatPythonTakes")
  void json_withAnOddAttribute_isTakenAsByTheRealServer(String json, String key, Object value)
      throws Exception {
    OtlpRequest decoded = OtlpRequest.decode(withAttribute(json), JSON, null);

    assertThat(decoded.spans().get(0).attributes()).hasSize(1).containsEntry(key, value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "null",
        "[\"key\"]",
        "[1]",
        "{\"key\":5}",
        "{\"key\":\"\\ud800\"}",
        "{\"[a.b]\":5}",
        "{\"value\":true}",
        "{\"value\":{\"doubleValue\":[]}}",
        "{\"value\":{\"doubleValue\":\"nan\"}}",
        "{\"value\":{\"doubleValue\":\"1d\"}}",
        "{\"value\":{\"intValue\":true}}",
        "{\"value\":{\"intValue\":\" 1\"}}",
        "{\"value\":{\"intValue\":99999999999999999999}}",
        "{\"value\":{\"boolValue\":0}}",
        "{\"value\":{\"kvlistValue\":true}}",
        "{\"value\":{\"kvlistValue\":{\"values\":[{\"key\":\"k\",\"value\":true}]}}}",
        "{\"value\":{\"bytesValue\":\"A\"}}",
        "{\"value\":{\"stringValue\":\"a\",\"intValue\":\"1\"}}"
      })
  void json_withAnAttributeThatTheRealServerRefuses_isRefused(String json) {
    assertRefusal(withAttribute(json), JSON, null, "Invalid OpenTelemetry format");
  }

  @Test
  void json_withIdsInSnakeCase_hasThemInBase64() throws Exception {
    String body = """
        {"resource_spans": [{"scope_spans": [{"spans": [{
          "trace_id": "AAAAAAAAAAAAAAAAAAAAAQ==", "span_id": "AAAAAAAAAAE="}]}]}]}""";

    OtlpSpan span = OtlpRequest.decode(body.getBytes(StandardCharsets.UTF_8), JSON, null)
        .spans()
        .get(0);

    assertThat(span.traceId()).isEqualTo("00000000000000000000000000000001");
    assertThat(span.spanId()).isEqualTo("0000000000000001");
  }

  @Test
  void json_withAListNestedTooDeep_isRefused() throws Exception {
    String open = "{\"arrayValue\":{\"values\":[";
    String value = open.repeat(46) + open.replace("[", "[]}}") + "]}}".repeat(46);
    byte[] deepest = withAttribute("{\"value\":" + value + "}");
    byte[] tooDeep = withAttribute("{\"value\":" + open + value + "]}}}");

    assertThat(OtlpRequest.decode(deepest, JSON, null).spans()).hasSize(1);
    assertRefusal(tooDeep, JSON, null, "Invalid OpenTelemetry format");
  }

  @Test
  void json_withBytes_takesBothAlphabetsAndSkipsTheRest() throws Exception {
    OtlpRequest decoded = OtlpRequest.decode(
        withAttribute("{\"key\":\"k\",\"value\":{\"bytesValue\":\"-_+/\\n\"}}"), JSON, null);

    assertThat((byte[]) decoded.spans().get(0).attributes().get("k"))
        .containsExactly(0xfb, 0xff, 0xbf);
  }

  private static byte[] withAttribute(String json) {
    return """
        {"resourceSpans": [{"scopeSpans": [{"spans": [{"attributes": [%s]}]}]}]}""".formatted(json).getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0a", "0a05", "0aff", "08", "0a021205", "ffffffffffffffffffff01"})
  void protobuf_malformed_isRefused(String hex) {
    assertRefusal(HexFormat.of().parseHex(hex), PROTOBUF, null, "Invalid OpenTelemetry format");
  }

  @Test
  void body_inAnUnknownForm_isRefusedAsByTheRealServer() {
    assertRefusal(new byte[0], PROTOBUF, null, "Invalid OpenTelemetry format - no spans found");
    assertRefusal(new byte[] {1}, PROTOBUF, "gzip", "Failed to decompress gzip payload");
    assertRefusal(new byte[] {1}, PROTOBUF, "br", "Unsupported Content-Encoding: br");
    assertRefusal(
        new byte[0],
        "text/plain",
        null,
        "Invalid Content-Type: text/plain. Expected: application/x-protobuf or application/json");
  }

  @Test
  void values_nestedVeryDeeply_areRefusedAndDoNotOverflowTheStack() {
    AnyValue value = AnyValue.newBuilder().setIntValue(1).build();
    for (int i = 0; i < 150; i++) {
      value = AnyValue.newBuilder()
          .setArrayValue(ArrayValue.newBuilder().addValues(value))
          .build();
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request
        .addResourceSpansBuilder()
        .addScopeSpansBuilder()
        .addSpansBuilder()
        .addAttributes(KeyValue.newBuilder().setKey("deep").setValue(value));

    assertRefusal(request.build().toByteArray(), PROTOBUF, null, "Invalid OpenTelemetry format");
  }

  private static void assertRefusal(byte[] body, String type, String coding, String message) {
    assertThatThrownBy(() -> OtlpRequest.decode(body, type, coding))
        .isInstanceOf(OtlpException.class)
        .hasMessage(message);
  }

  /** Random requests that use every field. */
  private static final class Generator {

    private final Random random;

    Generator(long seed) {
      random = new Random(seed);
    }

    ExportTraceServiceRequest request() {
      ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
      for (int r = 0; r <= random.nextInt(3); r++) {
        ResourceSpans.Builder resource = request.addResourceSpansBuilder().setSchemaUrl(text());
        Resource.Builder description = resource.getResourceBuilder();
        attributes(3).forEach(description::addAttributes);
        for (int s = 0; s <= random.nextInt(3); s++) {
          ScopeSpans.Builder scope = resource.addScopeSpansBuilder().setSchemaUrl(text());
          InstrumentationScope.Builder name = scope.getScopeBuilder();
          name.setName(text()).setVersion(text());
          attributes(2).forEach(name::addAttributes);
          for (int i = 0; i < random.nextInt(4); i++) {
            scope.addSpans(span());
          }
        }
      }
      return request.build();
    }

    private Span span() {
      Span.Builder span = Span.newBuilder()
          .setTraceId(bytes(16))
          .setSpanId(bytes(8))
          .setParentSpanId(bytes(random.nextBoolean() ? 0 : 8))
          .setTraceState(text())
          .setFlags(random.nextInt())
          .setName(text())
          .setKindValue(random.nextInt(6))
          .setStartTimeUnixNano(random.nextLong())
          .setEndTimeUnixNano(random.nextLong())
          .setDroppedAttributesCount(random.nextInt())
          .setDroppedEventsCount(random.nextInt(5))
          .setDroppedLinksCount(random.nextInt(5))
          .setStatus(Status.newBuilder().setCodeValue(random.nextInt(3)).setMessage(text()));
      attributes(6).forEach(span::addAttributes);
      for (int i = 0; i < random.nextInt(3); i++) {
        Span.Event.Builder event = span.addEventsBuilder()
            .setTimeUnixNano(random.nextLong())
            .setName(text())
            .setDroppedAttributesCount(random.nextInt());
        attributes(3).forEach(event::addAttributes);
      }
      for (int i = 0; i < random.nextInt(3); i++) {
        Span.Link.Builder link = span.addLinksBuilder()
            .setTraceId(bytes(16))
            .setSpanId(bytes(8))
            .setTraceState(text())
            .setFlags(random.nextInt())
            .setDroppedAttributesCount(random.nextInt());
        attributes(3).forEach(link::addAttributes);
      }
      return span.build();
    }

    private List<KeyValue> attributes(int atMost) {
      List<KeyValue> attributes = new ArrayList<>();
      for (int i = 0; i < random.nextInt(atMost + 1); i++) {
        attributes.add(KeyValue.newBuilder().setKey("k" + i).setValue(value(0)).build());
      }
      return attributes;
    }

    private AnyValue value(int depth) {
      AnyValue.Builder value = AnyValue.newBuilder();
      switch (random.nextInt(depth > 2 ? 6 : 8)) {
        case 0 -> value.setStringValue(text());
        case 1 -> value.setBoolValue(random.nextBoolean());
        case 2 -> value.setIntValue(random.nextLong());
        case 3 -> value.setDoubleValue(random.nextDouble());
        case 4 -> value.setBytesValue(bytes(random.nextInt(5)));
        case 5 -> value.clear();
        case 6 -> {
          ArrayValue.Builder list = ArrayValue.newBuilder();
          for (int i = 0; i < random.nextInt(4); i++) {
            list.addValues(value(depth + 1));
          }
          value.setArrayValue(list);
        }
        default -> {
          KeyValueList.Builder map = KeyValueList.newBuilder();
          for (int i = 0; i < random.nextInt(4); i++) {
            map.addValues(KeyValue.newBuilder().setKey("m" + i).setValue(value(depth + 1)));
          }
          value.setKvlistValue(map);
        }
      }
      return value.build();
    }

    private ByteString bytes(int length) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      return ByteString.copyFrom(bytes);
    }

    private String text() {
      return random.nextInt(5) == 0 ? "" : "täxt\u0000🙂".substring(0, 1 + random.nextInt(5));
    }
  }

  /** Writes both forms in the same words. */
  private static final class Printer {

    private final StringBuilder out = new StringBuilder();

    String generated(ExportTraceServiceRequest request) {
      for (ResourceSpans resource : request.getResourceSpansList()) {
        line("resource", resource.getSchemaUrl(), map(resource.getResource().getAttributesList()));
        for (ScopeSpans scope : resource.getScopeSpansList()) {
          InstrumentationScope name = scope.getScope();
          line(
              "scope",
              name.getName(),
              name.getVersion(),
              scope.getSchemaUrl(),
              map(name.getAttributesList()));
          scope.getSpansList().forEach(this::generated);
        }
      }
      return out.toString();
    }

    private void generated(Span span) {
      line(
          "span",
          hex(span.getTraceId()),
          hex(span.getSpanId()),
          hex(span.getParentSpanId()),
          span.getTraceState(),
          Integer.toUnsignedLong(span.getFlags()),
          span.getName(),
          span.getKindValue(),
          span.getStartTimeUnixNano(),
          span.getEndTimeUnixNano(),
          Integer.toUnsignedLong(span.getDroppedAttributesCount()),
          Integer.toUnsignedLong(span.getDroppedEventsCount()),
          Integer.toUnsignedLong(span.getDroppedLinksCount()),
          span.getStatus().getCodeValue(),
          span.getStatus().getMessage(),
          map(span.getAttributesList()));
      for (Span.Event event : span.getEventsList()) {
        line(
            "event",
            event.getTimeUnixNano(),
            event.getName(),
            Integer.toUnsignedLong(event.getDroppedAttributesCount()),
            map(event.getAttributesList()));
      }
      for (Span.Link link : span.getLinksList()) {
        line(
            "link",
            hex(link.getTraceId()),
            hex(link.getSpanId()),
            link.getTraceState(),
            Integer.toUnsignedLong(link.getFlags()),
            Integer.toUnsignedLong(link.getDroppedAttributesCount()),
            map(link.getAttributesList()));
      }
    }

    String decoded(OtlpRequest request) {
      for (OtlpRequest.ResourceSpans resource : request.resourceSpans()) {
        line("resource", resource.schemaUrl(), plain(resource.resourceAttributes()));
        for (OtlpRequest.ScopeSpans scope : resource.scopeSpans()) {
          line(
              "scope", scope.name(), scope.version(), scope.schemaUrl(), plain(scope.attributes()));
          scope.spans().forEach(this::decoded);
        }
      }
      return out.toString();
    }

    private void decoded(OtlpSpan span) {
      line(
          "span",
          span.traceId(),
          span.spanId(),
          span.parentSpanId(),
          span.traceState(),
          span.flags(),
          span.name(),
          span.kind(),
          span.startUnixNano(),
          span.endUnixNano(),
          span.droppedAttributes(),
          span.droppedEvents(),
          span.droppedLinks(),
          span.statusCode(),
          span.statusMessage(),
          plain(span.attributes()));
      for (OtlpSpan.Event event : span.events()) {
        line(
            "event",
            event.timeUnixNano(),
            event.name(),
            event.droppedAttributes(),
            plain(event.attributes()));
      }
      for (OtlpSpan.Link link : span.links()) {
        line(
            "link",
            link.traceId(),
            link.spanId(),
            link.traceState(),
            link.flags(),
            link.droppedAttributes(),
            plain(link.attributes()));
      }
    }

    private void line(Object... values) {
      out.append(Arrays.toString(values)).append('\n');
    }

    private static String hex(ByteString bytes) {
      return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static String map(List<KeyValue> pairs) {
      StringBuilder text = new StringBuilder("{");
      pairs.forEach(pair ->
          text.append(pair.getKey()).append('=').append(any(pair.getValue())).append(';'));
      return text.append('}').toString();
    }

    private static String any(AnyValue value) {
      return switch (value.getValueCase()) {
        case STRING_VALUE -> "S" + value.getStringValue();
        case BOOL_VALUE -> "B" + value.getBoolValue();
        case INT_VALUE -> "I" + value.getIntValue();
        case DOUBLE_VALUE -> "D" + value.getDoubleValue();
        case BYTES_VALUE -> "Y" + hex(value.getBytesValue());
        case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream()
              .map(Printer::any)
              .toList()
              .toString();
        case KVLIST_VALUE -> map(value.getKvlistValue().getValuesList());
        default -> "null";
      };
    }

    private static String plain(Object value) {
      if (value instanceof String text) {
        return "S" + text;
      }
      if (value instanceof Boolean bool) {
        return "B" + bool;
      }
      if (value instanceof Long number) {
        return "I" + number;
      }
      if (value instanceof Double number) {
        return "D" + number;
      }
      if (value instanceof byte[] bytes) {
        return "Y" + HexFormat.of().formatHex(bytes);
      }
      if (value instanceof List<?> list) {
        return list.stream().map(Printer::plain).toList().toString();
      }
      if (value instanceof Map<?, ?> map) {
        StringBuilder text = new StringBuilder("{");
        map.forEach(
            (key, item) -> text.append(key).append('=').append(plain(item)).append(';'));
        return text.append('}').toString();
      }
      return "null";
    }
  }
}
