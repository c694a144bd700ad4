package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.SpanIds;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A value in the {@code trace_info} of a trace's start-trace request, and statements about it. A
 * trace is named by the ref of one of its spans. Where the request was repeated, a statement must
 * hold for every repetition.
 */
public final class TraceInfoField {

  private final String ref;
  private final String name;
  private final JsonPointer pointer;

  private TraceInfoField(String ref, String name, JsonPointer pointer) {
    this.ref = ref;
    this.name = name;
    this.pointer = pointer;
  }

  /** A value by its JSON pointer below {@code trace_info}, such as {@code /state}. */
  public static TraceInfoField traceInfo(String ref, String pointer) {
    return new TraceInfoField(ref, "trace_info" + pointer, JsonPointer.compile(pointer));
  }

  /** A tag. */
  public static TraceInfoField tag(String ref, String key) {
    return member(ref, "tags", key);
  }

  /** An entry of the metadata. */
  public static TraceInfoField metadata(String ref, String key) {
    return member(ref, "trace_metadata", key);
  }

  private static TraceInfoField member(String ref, String map, String key) {
    String shown = key.length() > 60 ? key.substring(0, 60) + "…" : key;
    return new TraceInfoField(
        ref,
        "%s[\"%s\"]".formatted(map, shown),
        JsonPointer.empty().appendProperty(map).appendProperty(key));
  }

  /** It is this string. */
  public Check is(String value) {
    return that(
        TextNode.valueOf(Finding.cut(value)).toString(),
        v -> v.isTextual() && v.asText().equals(value));
  }

  /** It is this value; members of objects in any order. */
  public Check is(JsonNode value) {
    return that(Finding.cut(value.toString()), v -> Json.same(v, value));
  }

  /** It is a string that holds this JSON value as text. */
  public Check isTextOf(JsonNode value) {
    return that(
        "the JSON text of " + Finding.cut(value.toString()),
        v -> v.isTextual()
            && Json.lenient(v.asText()).filter(j -> Json.same(j, value)).isPresent());
  }

  /** It is a string of JSON text, and a statement is true of the value in it. */
  public Check isJsonText(String words, Predicate<JsonNode> statement) {
    return that(
        words, v -> v.isTextual() && Json.strict(v.asText()).filter(statement).isPresent());
  }

  /** It is a string that the pattern matches as a whole. */
  public Check matches(Pattern pattern) {
    return that(
        "a string matching " + pattern,
        v -> v.isTextual() && pattern.matcher(v.asText()).matches());
  }

  /** It is not there. */
  public Check absent() {
    return that("absent", JsonNode::isMissingNode);
  }

  /** It is there. */
  public Check present() {
    return that("present", v -> !v.isMissingNode());
  }

  /** A statement is true of it; the words complete "expected trace_info/state to be …". */
  public Check that(String words, Predicate<JsonNode> statement) {
    return history -> judge(history, words, statement);
  }

  private CheckResult judge(CaseHistory history, String words, Predicate<JsonNode> statement) {
    String expected = "%s of the trace of %s to be %s".formatted(name, ref, words);
    SpanIds ids = history.refs().get(ref);
    if (ids == null) {
      return Finding.unmet(
          expected,
          "no ids for " + ref + " in the answers to emit",
          "refs " + history.refs().keySet());
    }
    List<StartedTrace> started = StartedTrace.of(history, ids);
    if (started.isEmpty()) {
      return Finding.unmet(
          expected, "no start-trace request for " + ids.trace(), Finding.requests(history));
    }
    for (StartedTrace trace : started) {
      JsonNode value = trace.info().at(pointer);
      if (!statement.test(value)) {
        return Finding.unmet(
            expected,
            value.isMissingNode() ? "absent" : Finding.cut(value.toString()),
            Finding.withBody(trace.exchange()));
      }
    }
    return CheckResult.met(name + " is " + words);
  }
}
