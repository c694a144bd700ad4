package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.core.trace.TraceState;
import io.github.tracingharness.junit.picture.TracePicture;
import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractListAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on traces, besides AssertJ's own on lists.
 *
 * @since 0.1.0
 */
public class TracesAssert
    extends AbstractListAssert<
        TracesAssert, List<? extends StoredTrace>, StoredTrace, TraceAssert> {

  /** Creates assertions on traces. */
  public TracesAssert(@Nullable List<? extends StoredTrace> actual) {
    super(actual, TracesAssert.class);
  }

  /** Verifies that the roots have exactly these names, as often as given, in any order. */
  public TracesAssert haveRoots(String... names) {
    isNotNull();
    List<String> found = actual.stream()
        .map(trace -> trace.root().map(StoredSpan::name).orElse("(no root)"))
        .sorted()
        .toList();
    if (!found.equals(Arrays.stream(names).sorted().toList())) {
      fail("to have the roots " + Words.list(Arrays.asList(names)) + " but they are: "
          + Words.list(found));
    }
    return myself;
  }

  /** Verifies that every trace has a state. */
  public TracesAssert allHaveState(TraceState expected) {
    isNotNull();
    List<String> others = actual.stream()
        .filter(trace -> !trace.state().equals(expected.name()))
        .map(trace -> trace.traceId() + " " + trace.state())
        .toList();
    if (!others.isEmpty()) {
      fail("all to have state " + expected + " but there are: " + Words.list(others));
    }
    return myself;
  }

  /** Begins assertions on an element; called by AssertJ. */
  @Override
  protected TraceAssert toAssert(StoredTrace value, String description) {
    return new TraceAssert(value).as(description);
  }

  /** Begins assertions on some of the elements; called by AssertJ. */
  @Override
  protected TracesAssert newAbstractIterableAssert(Iterable<? extends StoredTrace> iterable) {
    List<StoredTrace> traces = new ArrayList<>();
    iterable.forEach(traces::add);
    return new TracesAssert(traces);
  }

  private void fail(String expectation) {
    failWithMessage(
        "%s",
        "Expecting " + actual.size() + (actual.size() == 1 ? " trace" : " traces") + "\n"
            + expectation + "\n\n" + TracePicture.of(List.copyOf(actual)));
  }
}
