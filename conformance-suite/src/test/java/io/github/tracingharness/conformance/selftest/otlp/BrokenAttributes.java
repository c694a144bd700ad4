package io.github.tracingharness.conformance.selftest.otlp;

import static io.github.tracingharness.conformance.selftest.otlp.BrokenModel.broken;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Broken attributes, values and limits. */
final class BrokenAttributes {

  private BrokenAttributes() {}

  static List<BrokenModel> all() {
    return Stream.of(attributes(), values(), limits()).flatMap(List::stream).toList();
  }

  private static List<BrokenModel> attributes() {
    return List.of(
        broken(
            "sends each setting of an attribute",
            new PayloadRules() {
              @Override
              Collected collect(List<Map.Entry<String, Object>> settings, int limit, int length) {
                IdentityHashMap<String, Object> all = new IdentityHashMap<>();
                settings.forEach(s -> all.put(new String(s.getKey().toCharArray()), s.getValue()));
                return new Collected(all, 0);
              }
            },
            "OTLP-PAYLOAD-012/unique",
            "OTLP-JSON-PAYLOAD-012/unique"),
        broken(
            "keeps the first value of a key",
            new PayloadRules() {
              @Override
              Collected collect(List<Map.Entry<String, Object>> settings, int limit, int length) {
                List<Map.Entry<String, Object>> backwards = new ArrayList<>(settings);
                Collections.reverse(backwards);
                return super.collect(backwards, limit, length);
              }
            },
            "OTLP-PAYLOAD-012/later-wins",
            "OTLP-JSON-PAYLOAD-012/later-wins"));
  }

  private static List<BrokenModel> values() {
    return List.of(
        broken(
            "drops empty texts",
            new PayloadRules() {
              @Override
              Collected collect(List<Map.Entry<String, Object>> settings, int limit, int length) {
                return super.collect(
                    settings.stream().filter(s -> !"".equals(s.getValue())).toList(),
                    limit,
                    length);
              }
            },
            "OTLP-PAYLOAD-014/empty-text",
            "OTLP-JSON-PAYLOAD-014/empty-text"),
        broken(
            "drops false",
            new PayloadRules() {
              @Override
              Collected collect(List<Map.Entry<String, Object>> settings, int limit, int length) {
                return super.collect(
                    settings.stream()
                        .filter(s -> !Boolean.FALSE.equals(s.getValue()))
                        .toList(),
                    limit,
                    length);
              }
            },
            "OTLP-PAYLOAD-014/false",
            "OTLP-JSON-PAYLOAD-014/false"),
        broken(
            "drops zero",
            new PayloadRules() {
              @Override
              Collected collect(List<Map.Entry<String, Object>> settings, int limit, int length) {
                return super.collect(
                    settings.stream()
                        .filter(s -> !Long.valueOf(0).equals(s.getValue()))
                        .toList(),
                    limit,
                    length);
              }
            },
            "OTLP-PAYLOAD-014/zero",
            "OTLP-JSON-PAYLOAD-014/zero"),
        broken(
            "drops empty lists",
            new PayloadRules() {
              @Override
              Collected collect(List<Map.Entry<String, Object>> settings, int limit, int length) {
                return super.collect(
                    settings.stream()
                        .filter(s -> !List.of().equals(s.getValue()))
                        .toList(),
                    limit,
                    length);
              }
            },
            "OTLP-PAYLOAD-014/empty-list",
            "OTLP-JSON-PAYLOAD-014/empty-list"),
        broken(
            "makes whole numbers of doubles",
            new PayloadRules() {
              @Override
              Object shortened(Object value, int length) {
                return Double.valueOf(3.0).equals(value)
                    ? (Object) 3L
                    : super.shortened(value, length);
              }
            },
            "OTLP-PAYLOAD-014/double",
            "OTLP-JSON-PAYLOAD-014/double"),
        broken(
            "drops empty texts of lists",
            new PayloadRules() {
              @Override
              Object shortened(Object value, int length) {
                return List.of("").equals(value) ? List.of() : super.shortened(value, length);
              }
            },
            "OTLP-PAYLOAD-014/list-of-empty",
            "OTLP-JSON-PAYLOAD-014/list-of-empty"),
        broken(
            "knows two bytes of a character",
            new PayloadRules() {
              @Override
              Object shortened(Object value, int length) {
                return value instanceof String text
                    ? text.replaceAll("[^\\x{0}-\\x{ffff}]", "?")
                    : super.shortened(value, length);
              }
            },
            "OTLP-PAYLOAD-014/unicode",
            "OTLP-JSON-PAYLOAD-014/unicode"),
        broken(
            "keeps whole numbers as doubles",
            new PayloadRules() {
              @Override
              Object shortened(Object value, int length) {
                return value instanceof Long n
                    ? (Object) (long) (double) n
                    : super.shortened(value, length);
              }
            },
            "OTLP-PAYLOAD-015/above-double",
            "OTLP-JSON-PAYLOAD-015/above-double"),
        broken(
            "keeps whole numbers of 63 bits",
            new PayloadRules() {
              @Override
              Object shortened(Object value, int length) {
                return value instanceof Long n
                    ? (Object) (n & (Long.MAX_VALUE >> 1))
                    : super.shortened(value, length);
              }
            },
            "OTLP-PAYLOAD-015/largest",
            "OTLP-JSON-PAYLOAD-015/largest",
            "OTLP-PAYLOAD-015/smallest",
            "OTLP-JSON-PAYLOAD-015/smallest"),
        broken(
            "sends zero for what is no number",
            new PayloadRules() {
              @Override
              Object shortened(Object value, int length) {
                return value instanceof Double n && !Double.isFinite(n)
                    ? (Object) 0.0
                    : super.shortened(value, length);
              }
            },
            "OTLP-PAYLOAD-016/nan",
            "OTLP-JSON-PAYLOAD-016/nan",
            "OTLP-PAYLOAD-016/plus",
            "OTLP-JSON-PAYLOAD-016/plus",
            "OTLP-PAYLOAD-016/minus",
            "OTLP-JSON-PAYLOAD-016/minus"),
        broken(
            "makes texts of bytes and maps",
            new PayloadRules() {
              @Override
              Object shortened(Object value, int length) {
                return value instanceof byte[] || value instanceof Map
                    ? String.valueOf(value)
                    : super.shortened(value, length);
              }
            },
            "OTLP-PAYLOAD-017/bytes",
            "OTLP-JSON-PAYLOAD-017/bytes",
            "OTLP-PAYLOAD-017/map",
            "OTLP-JSON-PAYLOAD-017/map"),
        broken(
            "breaks at a text that is not Unicode",
            new PayloadRules() {
              @Override
              String text(String text) {
                if (!super.text(text).equals(text)) {
                  throw new IllegalArgumentException("no Unicode");
                }
                return text;
              }
            },
            "OTLP-PAYLOAD-018/good",
            "OTLP-JSON-PAYLOAD-018/good"));
  }

  private static List<BrokenModel> limits() {
    return List.of(
        broken(
            "drops the oldest attributes",
            new PayloadRules() {
              @Override
              Collected collect(List<Map.Entry<String, Object>> settings, int limit, int length) {
                int from = Math.max(0, settings.size() - limit);
                return new Collected(
                    super.collect(settings.subList(from, settings.size()), limit, length)
                        .values(),
                    from);
              }
            },
            "OTLP-LIMITS-001/first-kept"),
        broken(
            "has no limit of attributes",
            new PayloadRules() {
              @Override
              int attributeLimit(Settings.Limits limits) {
                return Integer.MAX_VALUE;
              }
            },
            "OTLP-LIMITS-007/one",
            "OTLP-LIMITS-009/default"),
        broken(
            "has one attribute at most, whatever is set",
            new PayloadRules() {
              @Override
              int attributeLimit(Settings.Limits limits) {
                return Math.min(1, limits.attributes());
              }
            },
            "OTLP-LIMITS-008/two"),
        broken(
            "does not cut texts",
            new PayloadRules() {
              @Override
              String cut(String text, int length) {
                return text;
              }
            },
            "OTLP-LIMITS-002/text",
            "OTLP-LIMITS-002/list"),
        broken(
            "cuts numbers",
            new PayloadRules() {
              @Override
              Object shortened(Object value, int length) {
                return value instanceof Long n && length < 10
                    ? (Object) (n % 100_000)
                    : super.shortened(value, length);
              }
            },
            "OTLP-LIMITS-002/number"),
        broken(
            "cuts within a character",
            new PayloadRules() {
              @Override
              String cut(String text, int length) {
                return text.length() <= length ? text : text.substring(0, length);
              }
            },
            "OTLP-LIMITS-002/whole-characters"),
        broken(
            "does not count what it drops",
            new PayloadRules() {
              @Override
              int dropped(int count) {
                return 0;
              }
            },
            "OTLP-LIMITS-003/counted",
            "OTLP-LIMITS-004/counted",
            "OTLP-LIMITS-005/counted",
            "OTLP-LIMITS-006/counted"),
        broken(
            "tells each drop",
            new PayloadRules() {
              @Override
              void left(int dropped, Diagnostics log) {
                for (int i = 0; i < dropped; i++) {
                  super.left(1, log);
                }
              }
            },
            "OTLP-LIMITS-011/one-line"));
  }
}
