package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.junit.golden.GoldenTrace;
import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a trace, open to extension.
 *
 * @param <SELF> type of the assertion itself
 * @since 0.1.0
 */
public abstract class AbstractTraceAssert<SELF extends AbstractTraceAssert<SELF>>
    extends AbstractTraceInfoAssert<SELF> {

  /** Creates assertions on a trace. */
  protected AbstractTraceAssert(@Nullable StoredTrace actual, Class<?> selfType) {
    super(actual, selfType);
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

  /** Verifies that all spans have an end. */
  public SELF hasOnlyEndedSpans() {
    isNotNull();
    List<String> open = actual.spans().stream()
        .filter(span -> span.endNanos() == 0)
        .map(StoredSpan::name)
        .toList();
    if (!open.isEmpty()) {
      fail("to have only ended spans but open are: " + Words.list(open));
    }
    return myself;
  }

  /**
   * Verifies which span is below which, for all spans of the trace. The order of siblings does not
   * matter.
   *
   * <pre>{@code
   * assertThat(trace).hasTree("""
   *     answer
   *       retrieve
   *       generate
   *     """);
   * }</pre>
   *
   * @param names one line for each span, further to the right than its parent
   */
  public SELF hasTree(String names) {
    isNotNull();
    String expected = SpanTree.parse(names).text(1);
    String found = SpanTree.of(actual.spans()).text(1);
    if (!found.equals(expected)) {
      fail("to have the tree\n" + expected + "but it is\n" + found.stripTrailing());
    }
    return myself;
  }

  /**
   * Verifies that spans of these names started in this order; other spans may have started
   * meanwhile.
   *
   * <pre>{@code
   * assertThat(trace).hasSpansInOrder("retrieve", "generate"); // passes
   * assertThat(trace).hasSpansInOrder("generate", "retrieve"); // fails
   * }</pre>
   */
  public SELF hasSpansInOrder(String... names) {
    isNotNull();
    List<String> started = actual.spans().stream()
        .sorted(Comparator.comparingLong(StoredSpan::startNanos))
        .map(StoredSpan::name)
        .toList();
    int next = 0;
    for (String name : started) {
      if (next < names.length && name.equals(names[next])) {
        next++;
      }
    }
    if (next < names.length) {
      fail("to have the spans " + Words.list(Arrays.asList(names)) + " in order of their start but "
          + Words.quoted(names[next]) + " does not follow, the order is: " + Words.list(started));
    }
    return myself;
  }

  /**
   * Verifies that the trace is as it was once recorded, but for ids, times, sizes and what tells
   * the machine. The file is {@code src/test/resources/golden-traces/NAME.txt}, or below the folder
   * that the system property {@value GoldenTrace#FOLDER_PROPERTY} names.
   *
   * <p>A file that does not exist is written and the assertion passes, unless the environment
   * variable {@code CI} is set: there a missing file is a failure. With the system property
   * {@code tracingharness.golden=update} files are written anew, with {@code =check} never.
   *
   * @param name letters, digits, {@code _ - .}, and {@code /} for folders
   */
  public SELF matchesGolden(String name) {
    isNotNull();
    GoldenTrace.complaint(name, actual).ifPresent(this::fail);
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

  private List<String> names() {
    return actual.spans().stream().map(StoredSpan::name).toList();
  }

  private static String firstLine(AssertionError failure) {
    String message = String.valueOf(failure.getMessage());
    int end = message.indexOf("\n\n");
    return (end < 0 ? message : message.substring(0, end)).replaceAll("\\s*\n\\s*", " ");
  }
}
