package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.SpanAttributeKey;
import io.github.tracingharness.core.trace.SpanStatusCode;
import io.github.tracingharness.junit.picture.TracePicture;
import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a span, open to extension. Inputs, outputs and attributes are compared as JSON
 * trees: layout and the order of members do not matter, the number 1 is neither 1.0 nor the text
 * "1".
 *
 * @param <SELF> type of the assertion itself
 * @since 0.1.0
 */
public abstract class AbstractSpanAssert<SELF extends AbstractSpanAssert<SELF>>
    extends AbstractAssert<SELF, StoredSpan> {

  private static final String EXCEPTION_EVENT = "exception";
  private static final String EXCEPTION_TYPE = "exception.type";

  private final @Nullable StoredTrace trace;

  /**
   * Creates assertions on a span.
   *
   * @param actual the span
   * @param trace the trace around it, or null if it is not known
   * @param selfType type of the assertion itself
   */
  protected AbstractSpanAssert(
      @Nullable StoredSpan actual, @Nullable StoredTrace trace, Class<?> selfType) {
    super(actual, selfType);
    this.trace = trace;
  }

  /** Verifies that the span has no parent. */
  public SELF isRoot() {
    isNotNull();
    if (actual.parentId() != null) {
      fail("to be a root but its parent is " + parentName());
    }
    return myself;
  }

  /**
   * Verifies the name of the span's parent. Works within a trace only, that is in
   * {@link AbstractTraceAssert#hasSpan(String, java.util.function.Consumer)}.
   *
   * <pre>{@code
   * assertThat(trace).hasSpan("retrieve", span -> span.hasParent("answer")); // passes
   * assertThat(trace).hasSpan("answer", span -> span.hasParent("retrieve")); // fails
   * }</pre>
   */
  public SELF hasParent(String name) {
    isNotNull();
    if (trace == null) {
      throw new IllegalStateException("The parent of span \"" + actual.name()
          + "\" is known within its trace only: use assertThat(trace).hasSpan(name, span -> …).");
    }
    if (!parent().map(StoredSpan::name).equals(Optional.of(name))) {
      fail("to have the parent " + Words.quoted(name) + " but "
          + (actual.parentId() == null ? "it is a root" : "its parent is " + parentName()));
    }
    return myself;
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

  /** Verifies how the span ended. */
  public SELF hasStatus(SpanStatusCode expected) {
    isNotNull();
    if (!actual.statusCode().equals(expected.name())) {
      fail("to have status " + expected + " but it is " + statusText());
    }
    return myself;
  }

  /** Verifies how the span ended and the description of that. */
  public SELF hasStatus(SpanStatusCode expected, String description) {
    isNotNull();
    if (!actual.statusCode().equals(expected.name())
        || !actual.statusMessage().equals(description)) {
      fail("to have status " + expected + " " + Words.quoted(description) + " but it is "
          + statusText());
    }
    return myself;
  }

  /** Verifies that the span has an end. */
  public SELF hasEnded() {
    isNotNull();
    if (actual.endNanos() == 0) {
      fail("to have ended but it is open");
    }
    return myself;
  }

  /** Verifies that there is an event of that name. */
  public SELF hasEvent(String name) {
    isNotNull();
    requireEvents(name);
    return myself;
  }

  /** Verifies that there is an event of that name with at least these attributes. */
  public SELF hasEvent(String name, Map<String, ?> attributes) {
    isNotNull();
    List<StoredSpan.Event> events = requireEvents(name);
    boolean found = events.stream()
        .anyMatch(event -> attributes.entrySet().stream()
            .allMatch(wanted -> event.attributes().containsKey(wanted.getKey())
                && JsonTree.difference(
                        JsonTree.of(wanted.getValue()),
                        JsonTree.of(event.attributes().get(wanted.getKey())))
                    .isEmpty()));
    if (!found) {
      fail("to have an event " + Words.quoted(name) + " with\n  " + PythonJson.dumps(attributes)
          + "\nbut its events of that name have\n  "
          + String.join(
              "\n  ",
              events.stream().map(event -> PythonJson.dumps(event.attributes())).toList()));
    }
    return myself;
  }

  /** Verifies that an exception of that type was recorded, by its name without the package. */
  public SELF hasException(Class<? extends Throwable> type) {
    isNotNull();
    List<String> found = exceptions();
    if (!found.contains(type.getSimpleName()) && !found.contains(type.getName())) {
      fail("to have recorded a " + type.getSimpleName() + " but its exceptions are: "
          + Words.list(found));
    }
    return myself;
  }

  /** Verifies that no exception was recorded. */
  public SELF hasNoException() {
    isNotNull();
    List<String> found = exceptions();
    if (!found.isEmpty()) {
      fail("not to have recorded an exception but it has: " + Words.list(found));
    }
    return myself;
  }

  private void requireJson(String what, String key, @Nullable Object expected) {
    String text = actual.attributes().get(key);
    if (text == null) {
      fail("to have " + what + " but there is no such attribute, there are: "
          + Words.list(actual.attributes().keySet())
          + Words.nearest(key, actual.attributes().keySet()));
      return;
    }
    JsonTree.difference(JsonTree.of(expected), JsonTree.read(text))
        .ifPresent(difference -> fail("to have " + what + "\n  " + PythonJson.dumps(expected)
            + "\nbut it is\n  " + text + "\n" + difference));
  }

  private List<StoredSpan.Event> requireEvents(String name) {
    List<StoredSpan.Event> events =
        actual.events().stream().filter(event -> event.name().equals(name)).toList();
    if (events.isEmpty()) {
      List<String> names = actual.events().stream().map(StoredSpan.Event::name).toList();
      fail("to have an event " + Words.quoted(name) + " but its events are: " + Words.list(names)
          + Words.nearest(name, names));
    }
    return events;
  }

  private List<String> exceptions() {
    return actual.events().stream()
        .filter(event -> event.name().equals(EXCEPTION_EVENT))
        .map(event -> String.valueOf(event.attributes().get(EXCEPTION_TYPE)))
        .toList();
  }

  private Optional<StoredSpan> parent() {
    return trace == null
        ? Optional.empty()
        : trace.spans().stream()
            .filter(span -> span.spanId().equals(actual.parentId()))
            .findFirst();
  }

  private String parentName() {
    return parent()
        .map(span -> Words.quoted(span.name()))
        .orElse(actual.parentId() + (trace == null ? "" : ", which the trace does not have"));
  }

  private String statusText() {
    return actual.statusCode()
        + (actual.statusMessage().isEmpty() ? "" : " " + Words.quoted(actual.statusMessage()));
  }

  private void fail(String expectation) {
    failWithMessage(
        "%s",
        "Expecting span\n  " + Words.quoted(actual.name()) + "\n" + expectation
            + (trace == null ? "" : "\n\n" + TracePicture.of(trace)));
  }
}
