package io.github.tracingharness.conformance.selftest.otlp;

import static io.github.tracingharness.conformance.selftest.otlp.BrokenModel.broken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Broken JSON, and broken bytes of texts. */
final class BrokenJson {

  private static final byte[] REPLACEMENT = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};
  private static final byte[] SURROGATE = {(byte) 0xed, (byte) 0xa0, (byte) 0x80};

  private BrokenJson() {}

  private static WireRules with(JsonMapping mapping) {
    return new WireRules() {
      @Override
      JsonMapping json() {
        return mapping;
      }
    };
  }

  static List<BrokenModel> all() {
    return List.of(
        broken(
            "writes ids as base64",
            with(new JsonMapping() {
              @Override
              JsonNode id(ByteString id) {
                return bytes(id);
              }
            }),
            "OTLP-JSON-FORM-001/ids"),
        broken(
            "writes names of enum values",
            with(new JsonMapping() {
              @Override
              JsonNode enumValue(EnumValueDescriptor value) {
                return JSON.textNode(value.getName());
              }
            }),
            "OTLP-JSON-FORM-002/integers"),
        broken(
            "writes keys as the protocol's files have them",
            with(new JsonMapping() {
              @Override
              String key(FieldDescriptor field) {
                return field.getName();
              }
            }),
            "OTLP-JSON-FORM-003/keys"),
        broken(
            "writes 64 bits as numbers",
            with(new JsonMapping() {
              @Override
              JsonNode number64(long number) {
                return JSON.numberNode(number);
              }
            }),
            "OTLP-JSON-FORM-004/strings"),
        broken(
            "writes NaN as it stands",
            with(new JsonMapping() {
              @Override
              JsonNode number(double number) {
                return Double.isFinite(number)
                    ? super.number(number)
                    : JSON.rawValueNode(new RawValue(Double.toString(number)));
              }
            }),
            "OTLP-JSON-FORM-005/strict"),
        broken(
            "writes null for NaN",
            with(new JsonMapping() {
              @Override
              JsonNode number(double number) {
                return Double.isFinite(number) ? super.number(number) : JSON.nullNode();
              }
            }),
            "OTLP-JSON-FORM-005/strings"),
        broken(
            "writes bytes in the base64 of URLs",
            with(new JsonMapping() {
              @Override
              JsonNode bytes(ByteString bytes) {
                return JSON.textNode(Base64.getUrlEncoder().encodeToString(bytes.toByteArray()));
              }
            }),
            "OTLP-JSON-FORM-006/base64"),
        broken(
            "writes bytes as hex",
            with(new JsonMapping() {
              @Override
              JsonNode bytes(ByteString bytes) {
                return JSON.textNode(HexFormat.of().formatHex(bytes.toByteArray()));
              }
            }),
            "OTLP-JSON-FORM-006/value"),
        broken(
            "lets broken texts through",
            new WireRules() {
              @Override
              byte[] encode(Message request, boolean json) {
                return replaced(super.encode(request, json), SURROGATE);
              }
            },
            "OTLP-PAYLOAD-018/decodes",
            "OTLP-JSON-PAYLOAD-018/decodes",
            "OTLP-JSON-FORM-009/unicode"),
        broken(
            "ends a string at a broken text",
            new WireRules() {
              @Override
              byte[] encode(Message request, boolean json) {
                return replaced(super.encode(request, json), new byte[] {'"'});
              }
            },
            "OTLP-JSON-FORM-009/strict"));
  }

  private static byte[] replaced(byte[] body, byte[] by) {
    String before = new String(REPLACEMENT, StandardCharsets.ISO_8859_1);
    String after = new String(by, StandardCharsets.ISO_8859_1);
    return new String(body, StandardCharsets.ISO_8859_1)
        .replace(before, after)
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
