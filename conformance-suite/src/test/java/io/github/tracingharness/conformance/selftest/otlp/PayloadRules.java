package io.github.tracingharness.conformance.selftest.otlp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands in a span and in a request. Mutants override single methods. */
class PayloadRules {

  static final int SAMPLED = 0x1;
  static final int REMOTE_IS_KNOWN = 0x100;
  static final int IS_REMOTE = 0x200;

  private static final char REPLACEMENT = '\ufffd';

  /** The flags of the trace context, and whether what it descends from is of another process. */
  int flags(int traceFlags, boolean remote) {
    return (traceFlags & 0xff) | REMOTE_IS_KNOWN | (remote ? IS_REMOTE : 0);
  }

  /** A root has no parent. */
  String parentSpanId(String parent) {
    return parent;
  }

  /** A trace that began elsewhere goes on here. */
  String traceId(String remote) {
    return remote;
  }

  /** A span id is a random number of 8 bytes. */
  String spanId(String random) {
    return random;
  }

  /** The trace state of a span is sent as it came. */
  String traceState(String traceState) {
    return traceState;
  }

  /** A link names the trace and the span that it leads to. */
  ModelSpan.Context linked(ModelSpan.Context context) {
    return context;
  }

  /** A link knows whether it leads to another process. */
  int linkFlags(boolean remote) {
    return flags(SAMPLED, remote);
  }

  /** A scope is sent with all its members. */
  ModelSpan.Scope scope(ModelSpan.Scope scope) {
    return scope;
  }

  /** Whether a status was set, and which, is sent. */
  String status(String code) {
    return code;
  }

  /** A kind that is not given is INTERNAL; UNSPECIFIED is never sent. */
  String kind(String given) {
    return given.isEmpty() ? "INTERNAL" : given;
  }

  /** Times keep their nanoseconds. */
  long time(long nanos) {
    return nanos;
  }

  /** The end is not before the start. */
  long end(long start, long end) {
    return Math.max(start, end);
  }

  /** Links carry the trace state of what they link to. */
  String linkTraceState(String traceState) {
    return traceState;
  }

  /** The status message is sent for errors. */
  String statusMessage(String code, String message) {
    return code.equals("ERROR") ? message : "";
  }

  /** A string that is no valid Unicode is repaired, so that it cannot sink the others. */
  String text(String text) {
    StringBuilder repaired = new StringBuilder(text);
    for (int i = 0; i < repaired.length(); i++) {
      char c = repaired.charAt(i);
      boolean pair = Character.isHighSurrogate(c)
          && i + 1 < repaired.length()
          && Character.isLowSurrogate(repaired.charAt(i + 1));
      if (pair) {
        i++;
      } else if (Character.isSurrogate(c)) {
        repaired.setCharAt(i, REPLACEMENT);
      }
    }
    return repaired.toString();
  }

  /** A later value of a key replaces the earlier one; a new key above the limit is discarded. */
  Collected collect(List<Map.Entry<String, Object>> settings, int limit, int length) {
    Map<String, Object> kept = new LinkedHashMap<>();
    int dropped = 0;
    for (Map.Entry<String, Object> setting : settings) {
      if (kept.size() < limit || kept.containsKey(setting.getKey())) {
        kept.put(setting.getKey(), shortened(setting.getValue(), length));
      } else {
        dropped++;
      }
    }
    return new Collected(kept, dropped);
  }

  /** Strings are cut, those in arrays and maps too; other values are left as they are. */
  Object shortened(Object value, int length) {
    if (value instanceof String text) {
      return cut(text, length);
    }
    if (value instanceof List<?> list) {
      List<Object> elements = new ArrayList<>();
      list.forEach(element -> elements.add(shortened(element, length)));
      return elements;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> members = new LinkedHashMap<>();
      map.forEach((key, member) -> members.put((String) key, shortened(member, length)));
      return members;
    }
    return value;
  }

  /** A text is cut between characters, never within a pair of surrogates. */
  String cut(String text, int length) {
    return text.codePointCount(0, text.length()) <= length
        ? text
        : text.substring(0, text.offsetByCodePoints(0, length));
  }

  /** The limit of spans goes before the one for all that has attributes. */
  int attributeLimit(Settings.Limits limits) {
    return limits.attributes();
  }

  /** What was left out of a span is told in one line. */
  void left(int dropped, Diagnostics log) {
    log.warn("a span was larger than its limits: %d attributes, events or links were left out"
        .formatted(dropped));
  }

  /** The first events and links are kept. */
  <T> List<T> first(List<T> all, int limit) {
    return all.size() <= limit ? all : all.subList(0, limit);
  }

  /** How many were dropped is sent along. */
  int dropped(int count) {
    return count;
  }

  /** Resource attributes have no limit. */
  Map<String, Object> resource(Map<String, String> configured, Settings.Limits limits) {
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("service.name", defaultServiceName());
    resource.put("telemetry.sdk.name", "otlp-model");
    resource.put("telemetry.sdk.language", "java");
    resource.put("telemetry.sdk.version", "1.0");
    resource.putAll(configured);
    return resource;
  }

  /** The service's name when none is given. */
  String defaultServiceName() {
    return "unknown_service:java";
  }

  /** Spans of one scope stand together; spans of another, in any of its members, apart. */
  Object scopeKey(ModelSpan span) {
    return span.scope();
  }

  /** Attributes within a limit, and how many were left out. */
  record Collected(Map<String, Object> values, int dropped) {}
}
