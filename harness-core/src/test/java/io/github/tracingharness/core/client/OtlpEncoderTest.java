package io.github.tracingharness.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingharness.core.trace.JsonText;
import io.github.tracingharness.core.trace.Span;
import io.github.tracingharness.core.trace.SpanEvent;
import io.github.tracingharness.core.trace.SpanLink;
import io.github.tracingharness.core.trace.SpanStatus;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.AnyValue.ValueCase;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The bytes are read by the generated classes of opentelemetry-proto. */
class OtlpEncoderTest {

  @Test
  void encode_mlflowAttributes_areTyped() throws Exception {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("text", new JsonText("\"12345\""));
    attributes.put("number", new JsonText("12345"));
    attributes.put("max", new JsonText("9223372036854775807"));
    attributes.put("big", new JsonText("1180591620717411303424"));
    attributes.put("nan", new JsonText("NaN"));
    attributes.put("none", new JsonText("null"));
    attributes.put("zero", new JsonText("0"));
    attributes.put("no", new JsonText("false"));
    attributes.put("empty", new JsonText("\"\""));
    attributes.put("noList", new JsonText("[]"));
    attributes.put("noMap", new JsonText("{}"));
    attributes.put("broken", new JsonText("{oops"));

    Map<String, AnyValue> read = encode(attributes);

    assertThat(read.get("text").getStringValue()).isEqualTo("12345");
    assertThat(read.get("number").getIntValue()).isEqualTo(12345);
    assertThat(read.get("max").getIntValue()).isEqualTo(Long.MAX_VALUE);
    assertThat(read.get("big").getStringValue()).isEqualTo("1180591620717411303424");
    assertThat(read.get("nan").getDoubleValue()).isNaN();
    assertThat(read.get("none").getValueCase()).isEqualTo(ValueCase.VALUE_NOT_SET);
    assertThat(read.get("zero").getValueCase()).isEqualTo(ValueCase.INT_VALUE);
    assertThat(read.get("no").getValueCase()).isEqualTo(ValueCase.BOOL_VALUE);
    assertThat(read.get("empty").getValueCase()).isEqualTo(ValueCase.STRING_VALUE);
    assertThat(read.get("noList").getValueCase()).isEqualTo(ValueCase.ARRAY_VALUE);
    assertThat(read.get("noMap").getValueCase()).isEqualTo(ValueCase.KVLIST_VALUE);
    assertThat(read.get("broken").getStringValue()).isEqualTo("{oops");
  }

  @Test
  void encode_nativeAttributes_keepTypeAndValue() throws Exception {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("numeric", "12345");
    attributes.put("bool", "true");
    attributes.put("null", "null");
    attributes.put("json", "{\"a\": 1}");
    attributes.put("zero", 0L);
    attributes.put("no", false);
    attributes.put("empty", "");
    attributes.put("list", List.of("a", "b"));
    attributes.put("surrogate", "x\ud800");

    Map<String, AnyValue> read = encode(attributes);

    assertThat(read.get("numeric").getStringValue()).isEqualTo("12345");
    assertThat(read.get("bool").getStringValue()).isEqualTo("true");
    assertThat(read.get("null").getStringValue()).isEqualTo("null");
    assertThat(read.get("json").getStringValue()).isEqualTo("{\"a\": 1}");
    assertThat(read.get("zero").getValueCase()).isEqualTo(ValueCase.INT_VALUE);
    assertThat(read.get("no").getValueCase()).isEqualTo(ValueCase.BOOL_VALUE);
    assertThat(read.get("empty").getValueCase()).isEqualTo(ValueCase.STRING_VALUE);
    assertThat(read.get("list").getArrayValue().getValuesList())
        .extracting(AnyValue::getStringValue)
        .containsExactly("a", "b");
    assertThat(read.get("surrogate").getStringValue()).isEqualTo("x?");
  }

  @Test
  void encode_eventsLinksStatus_areReadBack() throws Exception {
    Span span = new Span(
        "tr-0af7651916cd43dd8448eb211c80319c",
        "b7ad6b7169203331",
        "00f067aa0ba902b7",
        "näme",
        5,
        OptionalLong.empty(),
        List.of(new SpanEvent("ev", 7, Map.of("n", 1L))),
        SpanStatus.error("boom"),
        Map.of(),
        List.of(new SpanLink("tr-" + "ab".repeat(16), "cd".repeat(8), Map.of("why", "retry"))));

    io.opentelemetry.proto.trace.v1.Span read = parse(span);

    assertThat(read.getName()).isEqualTo("näme");
    assertThat(read.getTraceId().size()).isEqualTo(16);
    assertThat(read.getParentSpanId().size()).isEqualTo(8);
    assertThat(read.getEndTimeUnixNano()).isZero();
    assertThat(read.getEvents(0).getName()).isEqualTo("ev");
    assertThat(read.getEvents(0).getAttributes(0).getValue().getIntValue()).isEqualTo(1);
    assertThat(read.getLinks(0).getSpanId().size()).isEqualTo(8);
    assertThat(read.getLinks(0).getAttributes(0).getValue().getStringValue()).isEqualTo("retry");
    assertThat(read.getStatus().getMessage()).isEqualTo("boom");
    assertThat(read.getStatus().getCodeValue()).isEqualTo(2);
    assertThat(read.getUnknownFields().asMap()).isEmpty();
  }

  private static Map<String, AnyValue> encode(Map<String, Object> attributes) throws Exception {
    Span span = new Span(
        "tr-0af7651916cd43dd8448eb211c80319c",
        "b7ad6b7169203331",
        null,
        "n",
        1,
        OptionalLong.of(2),
        List.of(),
        SpanStatus.OK,
        attributes,
        List.of());
    Map<String, AnyValue> read = new LinkedHashMap<>();
    for (KeyValue pair : parse(span).getAttributesList()) {
      read.put(pair.getKey(), pair.getValue());
    }
    assertThat(read.keySet()).containsExactlyElementsOf(attributes.keySet());
    return read;
  }

  private static io.opentelemetry.proto.trace.v1.Span parse(Span span) throws Exception {
    byte[] bytes = OtlpEncoder.encode(Map.of("telemetry.sdk.language", "java"), List.of(span));
    ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(bytes);
    assertThat(request.getResourceSpans(0).getResource().getAttributes(0).getKey())
        .isEqualTo("telemetry.sdk.language");
    return request.getResourceSpans(0).getScopeSpans(0).getSpans(0);
  }
}
