package io.github.tracingharness.conformance.selftest.otlp;

import static io.github.tracingharness.conformance.selftest.otlp.BrokenModel.broken;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Broken readings of numbers, words and resource attributes. */
final class BrokenSettings {

  private BrokenSettings() {}

  static List<BrokenModel> all() {
    return Stream.of(values(), resource()).flatMap(List::stream).toList();
  }

  private static List<BrokenModel> values() {
    return List.of(
        broken(
            "takes an empty value for zero",
            new ConfigRules() {
              @Override
              boolean isSet(String value) {
                return true;
              }

              @Override
              OptionalLong number(String value) {
                return value.isEmpty() ? OptionalLong.of(0) : super.number(value);
              }

              @Override
              boolean isPositive(long number) {
                return true;
              }

              @Override
              boolean isUnlimited(long timeoutMillis) {
                return false;
              }
            },
            "OTLP-CONFIG-002/delivered",
            "OTLP-CONFIG-006/delivered"),
        broken(
            "lets line breaks into a header",
            new ConfigRules() {
              @Override
              Optional<String> headerValue(String text) {
                return percentDecoded(text.trim());
              }
            },
            "OTLP-SECURITY-004/no-header"),
        broken(
            "takes negative numbers",
            new ConfigRules() {
              @Override
              OptionalLong number(String value) {
                return value.equals("-5") ? OptionalLong.of(0) : super.number(value);
              }

              @Override
              boolean isUnlimited(long timeoutMillis) {
                return false;
              }
            },
            "OTLP-CONFIG-011/delivered"),
        broken(
            "ignores wrong values in silence",
            new ConfigRules() {
              @Override
              void ignored(Diagnostics log, String variable, String why) {}
            },
            "OTLP-HEADERS-010/warned",
            "OTLP-BATCH-009/warned",
            "OTLP-BATCH-010/warned",
            "OTLP-BATCH-011/warned",
            "OTLP-BATCH-012/warned",
            "OTLP-CONFIG-008/warned",
            "OTLP-CONFIG-009/warned",
            "OTLP-CONFIG-010/warned",
            "OTLP-CONFIG-011/warned",
            "OTLP-CONFIG-012/warned"),
        broken(
            "takes what is no number for zero",
            new ConfigRules() {
              @Override
              OptionalLong number(String value) {
                return OptionalLong.of(super.number(value).orElse(0));
              }

              @Override
              boolean isPositive(long number) {
                return true;
              }

              @Override
              boolean isUnlimited(long timeoutMillis) {
                return false;
              }
            },
            "OTLP-BATCH-009/delivered",
            "OTLP-BATCH-010/delivered",
            "OTLP-BATCH-011/delivered",
            "OTLP-TIMEOUT-004/success",
            "OTLP-TIMEOUT-004/delivered",
            "OTLP-CONFIG-009/delivered"),
        broken(
            "compares values with regard to case",
            new ConfigRules() {
              @Override
              String enumValue(String value) {
                return value;
              }
            },
            "OTLP-CONFIG-007/gzip"),
        broken(
            "takes any value of compression for gzip",
            new ConfigRules() {
              @Override
              String enumValue(String value) {
                return value.startsWith("http") ? value : "gzip";
              }
            },
            "OTLP-COMPRESSION-002/plain",
            "OTLP-CONFIG-008/plain"),
        broken(
            "takes milliseconds for more",
            new ConfigRules() {
              @Override
              long millis(long number) {
                return number * 3;
              }
            },
            "OTLP-TIMEOUT-001/given-up",
            "OTLP-TIMEOUT-002/in-time"),
        broken(
            "takes 1 for true",
            new ConfigRules() {
              @Override
              boolean truth(String value) {
                return value.equals("1");
              }
            },
            "OTLP-CONFIG-013/delivered"));
  }

  private static List<BrokenModel> resource() {
    return List.of(
        broken(
            "does not decode resource attributes",
            new ConfigRules() {
              @Override
              Optional<String> resourceText(String text) {
                return Optional.of(text);
              }
            },
            "OTLP-PAYLOAD-002/comma-and-equals",
            "OTLP-JSON-PAYLOAD-002/comma-and-equals"),
        broken(
            "decodes resource attributes as Latin-1",
            new ConfigRules() {
              @Override
              Optional<String> resourceText(String text) {
                return super.resourceText(text)
                    .map(t -> new String(
                        t.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
              }
            },
            "OTLP-PAYLOAD-002/unicode",
            "OTLP-JSON-PAYLOAD-002/unicode"),
        broken(
            "prefers the service name of the resource attributes",
            new ConfigRules() {
              @Override
              Map<String, String> resourceAttributes(Variables variables, Diagnostics log) {
                Map<String, String> attributes = super.resourceAttributes(variables, log);
                attributes.replace("service.name", "other");
                return attributes;
              }
            },
            "OTLP-PAYLOAD-003/name",
            "OTLP-JSON-PAYLOAD-003/name"),
        broken(
            "forgets resource attributes beside a service name",
            new ConfigRules() {
              @Override
              Map<String, String> resourceAttributes(Variables variables, Diagnostics log) {
                Map<String, String> attributes = super.resourceAttributes(variables, log);
                return attributes.containsKey("service.name")
                    ? Map.of("service.name", attributes.get("service.name"))
                    : attributes;
              }
            },
            "OTLP-PAYLOAD-003/rest",
            "OTLP-JSON-PAYLOAD-003/rest"));
  }
}
