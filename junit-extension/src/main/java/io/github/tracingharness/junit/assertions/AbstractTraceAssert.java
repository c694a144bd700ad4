package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.junit.picture.TracePicture;
import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a trace, open to extension.
 *
 * @param <SELF> type of the assertion itself
 * @since 0.1.0
 */
public abstract class AbstractTraceAssert<SELF extends AbstractTraceAssert<SELF>>
    extends AbstractAssert<SELF, StoredTrace> {

  /** Creates assertions on a trace. */
  protected AbstractTraceAssert(@Nullable StoredTrace actual, Class<?> selfType) {
    super(actual, selfType);
  }

  /**
   * Verifies the state of the trace.
   *
   * <pre>{@code
   * assertThat(okTrace).hasState(TraceState.OK);    // passes
   * assertThat(okTrace).hasState(TraceState.ERROR); // fails
   * }</pre>
   */
  public SELF hasState(TraceState expected) {
    isNotNull();
    if (!actual.state().equals(expected.name())) {
      fail("to have state " + expected + " but it is " + actual.state());
    }
    return myself;
  }

  /**
   * Verifies that the trace has exactly one root, of that name.
   *
   * <pre>{@code
   * assertThat(trace).hasRoot("answer");   // passes
   * assertThat(trace).hasRoot("retrieve"); // fails: "retrieve" is a child
   * }</pre>
   */
  public SELF hasRoot(String name) {
    isNotNull();
    List<String> roots = actual.spans().stream()
        .filter(span -> span.parentId() == null)
        .map(StoredSpan::name)
        .toList();
    if (!roots.equals(List.of(name))) {
      fail("to have the one root " + Words.quoted(name) + " but its roots are: "
          + Words.list(roots));
    }
    return myself;
  }

  /** Verifies that the trace has at least one span of that name. */
  public SELF hasSpan(String name) {
    isNotNull();
    requireSpans(name);
    return myself;
  }

  /**
   * Verifies that the trace has a span of that name that fulfils the requirements. Of several such
   * spans one must.
   *
   * <pre>{@code
   * assertThat(trace).hasSpan("retrieve", span -> span.hasParent("answer")); // passes
   * assertThat(trace).hasSpan("retrieve", span -> span.isRoot());            // fails
   * }</pre>
   */
  public SELF hasSpan(String name, Consumer<? super SpanAssert> requirements) {
    isNotNull();
    List<AssertionError> failures = new ArrayList<>();
    for (StoredSpan span : requireSpans(name)) {
      try {
        requirements.accept(new SpanAssert(span, actual));
        return myself;
      } catch (AssertionError failure) {
        failures.add(failure);
      }
    }
    if (failures.size() == 1) {
      throw failures.get(0);
    }
    StringBuilder reasons = new StringBuilder();
    failures.forEach(failure -> reasons.append("\n- ").append(firstLine(failure)));
    fail("to have a span " + Words.quoted(name) + " that fulfils the requirements but none of its "
        + failures.size() + " spans of that name does:" + reasons);
    return myself;
  }

  /** Verifies that the trace has spans of exactly these names, as often as given, in any order. */
  public SELF hasSpans(String... names) {
    isNotNull();
    List<String> missing = new ArrayList<>(Arrays.asList(names));
    List<String> unexpected = new ArrayList<>();
    for (String name : names()) {
      if (!missing.remove(name)) {
        unexpected.add(name);
      }
    }
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      fail("to have exactly the spans " + Words.list(Arrays.asList(names)) + " but missing are: "
          + Words.list(missing) + " and unexpected are: " + Words.list(unexpected));
    }
    return myself;
  }

  /** Verifies the number of spans. */
  public SELF hasSpanCount(int expected) {
    isNotNull();
    if (actual.spans().size() != expected) {
      fail("to have " + expected + " spans but there are " + actual.spans().size());
    }
    return myself;
  }

  /** Verifies that the trace has no span of that name. */
  public SELF doesNotHaveSpan(String name) {
    isNotNull();
    if (names().contains(name)) {
      fail("not to have a span " + Words.quoted(name) + " but it has");
    }
    return myself;
  }

  /** Verifies a tag. */
  public SELF hasTag(String key, String value) {
    isNotNull();
    requireEntry("tag", "tags", actual.tags(), key, value);
    return myself;
  }

  /** Verifies that there is no tag with that key. */
  public SELF doesNotHaveTag(String key) {
    isNotNull();
    if (actual.tags().containsKey(key)) {
      fail("not to have a tag " + Words.quoted(key) + " but it is "
          + Words.quoted(actual.tags().get(key)));
    }
    return myself;
  }

  /** Verifies a metadata value. */
  public SELF hasMetadata(String key, String value) {
    isNotNull();
    requireEntry("metadata value", "metadata", actual.metadata(), key, value);
    return myself;
  }

  /** Verifies the preview of the request. */
  public SELF hasRequestPreview(String expected) {
    isNotNull();
    requireText("request preview", actual.requestPreview(), expected);
    return myself;
  }

  /** Verifies the preview of the response. */
  public SELF hasResponsePreview(String expected) {
    isNotNull();
    requireText("response preview", actual.responsePreview(), expected);
    return myself;
  }

  /** Verifies the id that the application gave to the request. */
  public SELF hasClientRequestId(String expected) {
    isNotNull();
    requireText("client request id", actual.clientRequestId(), expected);
    return myself;
  }

  /** Verifies that a version of a prompt is linked to the trace. */
  public SELF hasPrompt(String name, String version) {
    isNotNull();
    String prompt = name + "/" + version;
    if (!actual.prompts().contains(prompt)) {
      fail("to be linked to the prompt " + Words.quoted(prompt) + " but its prompts are: "
          + Words.list(actual.prompts()));
    }
    return myself;
  }

  /** Verifies the experiment that the trace belongs to. */
  public SELF isInExperiment(String experimentId) {
    isNotNull();
    if (!actual.experimentId().equals(experimentId)) {
      fail("to be in experiment " + experimentId + " but it is in " + actual.experimentId());
    }
    return myself;
  }

  private List<StoredSpan> requireSpans(String name) {
    List<StoredSpan> spans =
        actual.spans().stream().filter(span -> span.name().equals(name)).toList();
    if (spans.isEmpty()) {
      fail("to have a span " + Words.quoted(name) + " but its spans are: " + Words.list(names())
          + Words.nearest(name, names()));
    }
    return spans;
  }

  private void requireEntry(
      String kind, String kinds, Map<String, String> entries, String key, String value) {
    String found = entries.get(key);
    if (found == null) {
      fail("to have a " + kind + " " + Words.quoted(key) + " but its " + kinds + " are:\n"
          + Words.entries(entries) + Words.nearest(key, entries.keySet()));
    } else if (!found.equals(value)) {
      fail("to have a " + kind + " " + Words.quoted(key) + " with value " + Words.quoted(value)
          + " but it is " + Words.quoted(found));
    }
  }

  private void requireText(String kind, Optional<String> found, String expected) {
    if (!found.equals(Optional.of(expected))) {
      fail("to have the " + kind + "\n  " + Words.quoted(expected) + "\nbut "
          + found.map(text -> "it is\n  " + Words.quoted(text)).orElse("it has none"));
    }
  }

  private List<String> names() {
    return actual.spans().stream().map(StoredSpan::name).toList();
  }

  private void fail(String expectation) {
    failWithMessage(
        "%s",
        "Expecting trace\n  " + actual.traceId() + "\n" + expectation + "\n\n"
            + TracePicture.of(actual));
  }

  private static String firstLine(AssertionError failure) {
    String message = String.valueOf(failure.getMessage());
    int end = message.indexOf("\n\n");
    return (end < 0 ? message : message.substring(0, end)).replaceAll("\\s*\n\\s*", " ");
  }
}
