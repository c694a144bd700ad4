package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.SpanAttributeKey;
import io.github.tracingharness.junit.picture.TracePicture;
import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on the values of a span, open to extension. Inputs, outputs and attributes are
 * compared as JSON trees: layout and the order of members do not matter, the number 1 is neither
 * 1.0 nor the text "1".
 *
 * <p>A path names a place in such a value: {@code $.docs[0].title}, {@code $.docs[-1]} for the last
 * item, {@code $['a.b']} for a member with special characters.
 *
 * @param <SELF> type of the assertion itself
 * @since 0.1.0
 */
public abstract class AbstractSpanValuesAssert<SELF extends AbstractSpanValuesAssert<SELF>>
    extends AbstractAssert<SELF, StoredSpan> {

  /** The trace around the span, if it is known. */
  @Nullable
  StoredTrace trace;

  /**
   * Creates assertions on a span.
   *
   * @param actual the span
   * @param trace the trace around it, or null if it is not known
   * @param selfType type of the assertion itself
   */
  protected AbstractSpanValuesAssert(
      @Nullable StoredSpan actual, @Nullable StoredTrace trace, Class<?> selfType) {
    super(actual, selfType);
    this.trace = trace;
  }

  /** Verifies the type, for example one of {@code SpanType}. */
  public SELF hasType(String expected) {
    isNotNull();
    requireJson("type", SpanAttributeKey.SPAN_TYPE, expected);
    return myself;
  }

  /**
   * Verifies the inputs.
   *
   * <pre>{@code
   * span.hasInputs(Map.of("limit", 3, "question", "What is a span?")); // passes
   * span.hasInputs(Map.of("limit", "3", "question", "What is a span?")); // fails at $.limit
   * }</pre>
   *
   * @param expected any value that has a JSON form: maps, lists, records, texts, numbers
   */
  public SELF hasInputs(@Nullable Object expected) {
    isNotNull();
    requireJson("inputs", SpanAttributeKey.INPUTS, expected);
    return myself;
  }

  /** Verifies the outputs; see {@link #hasInputs}. */
  public SELF hasOutputs(@Nullable Object expected) {
    isNotNull();
    requireJson("outputs", SpanAttributeKey.OUTPUTS, expected);
    return myself;
  }

  /** Verifies an attribute; see {@link #hasInputs} for what may be expected. */
  public SELF hasAttribute(String key, @Nullable Object expected) {
    isNotNull();
    requireJson("attribute " + Words.quoted(key), key, expected);
    return myself;
  }

  /** Verifies that there is no attribute with that key. */
  public SELF doesNotHaveAttribute(String key) {
    isNotNull();
    String found = actual.attributes().get(key);
    if (found != null) {
      fail("not to have an attribute " + Words.quoted(key) + " but it is " + found);
    }
    return myself;
  }

  /**
   * Verifies a part of the inputs.
   *
   * <pre>{@code
   * span.hasInput("$.messages[-1].role", "user"); // passes
   * span.hasInput("$.limit", 4);                  // fails: it is 3
   * }</pre>
   *
   * @param path where the part is
   * @param expected any value that has a JSON form
   */
  public SELF hasInput(String path, @Nullable Object expected) {
    isNotNull();
    requirePart("inputs", SpanAttributeKey.INPUTS, path, expected);
    return myself;
  }

  /** Verifies a part of the outputs; see {@link #hasInput}. */
  public SELF hasOutput(String path, @Nullable Object expected) {
    isNotNull();
    requirePart("outputs", SpanAttributeKey.OUTPUTS, path, expected);
    return myself;
  }

  /** Verifies a part of an attribute; see {@link #hasInput}. */
  public SELF hasAttributeAt(String key, String path, @Nullable Object expected) {
    isNotNull();
    requirePart("attribute " + Words.quoted(key), key, path, expected);
    return myself;
  }

  private void requireJson(String what, String key, @Nullable Object expected) {
    String text = requireText(what, key);
    if (text == null) {
      return;
    }
    JsonTree.difference(JsonTree.of(expected), JsonTree.read(text))
        .ifPresent(difference -> fail("to have " + what + "\n  " + PythonJson.dumps(expected)
            + "\nbut it is\n  " + text + "\n" + difference));
  }

  private void requirePart(String what, String key, String path, @Nullable Object expected) {
    JsonPath where = JsonPath.parse(path);
    String text = requireText(what, key);
    if (text == null) {
      return;
    }
    JsonPath.Found found = where.in(JsonTree.read(text));
    if (!found.complete()) {
      fail("to have " + PythonJson.dumps(expected) + " at " + path + " of the " + what
          + " but the way ends at " + found.reached() + ", which is\n  "
          + PythonJson.dumps(found.value()));
      return;
    }
    JsonTree.difference(JsonTree.of(expected), found.value())
        .ifPresent(difference -> fail("to have " + PythonJson.dumps(expected) + " at " + path
            + " of the " + what + " but there is\n  " + PythonJson.dumps(found.value())));
  }

  /** Returns the JSON text of an attribute, or fails and returns null. */
  private @Nullable String requireText(String what, String key) {
    String text = actual.attributes().get(key);
    if (text == null) {
      fail("to have " + what + " but there is no such attribute, there are: "
          + Words.list(actual.attributes().keySet().stream().sorted().toList())
          + Words.nearest(key, actual.attributes().keySet()));
    }
    return text;
  }

  /** Fails with the expectation, what is instead, and a picture of the trace. */
  void fail(String expectation) {
    failWithMessage(
        "%s",
        "Expecting span\n  " + Words.quoted(actual.name()) + "\n" + expectation
            + (trace == null ? "" : "\n\n" + TracePicture.of(trace)));
  }
}
