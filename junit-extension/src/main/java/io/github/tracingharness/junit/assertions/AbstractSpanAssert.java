package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.SpanStatusCode;
import io.github.tracingharness.core.trace.TraceIds;
import io.github.tracingharness.server.StoredSpan;
import io.github.tracingharness.server.StoredTrace;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a span, open to extension.
 *
 * @param <SELF> type of the assertion itself
 * @since 0.1.0
 */
public abstract class AbstractSpanAssert<SELF extends AbstractSpanAssert<SELF>>
    extends AbstractSpanValuesAssert<SELF> {

  private static final String EXCEPTION_EVENT = "exception";
  private static final String EXCEPTION_TYPE = "exception.type";
  private static final String EXCEPTION_MESSAGE = "exception.message";

  /**
   * Creates assertions on a span.
   *
   * @param actual the span
   * @param trace the trace around it, or null if it is not known
   * @param selfType type of the assertion itself
   */
  protected AbstractSpanAssert(
      @Nullable StoredSpan actual, @Nullable StoredTrace trace, Class<?> selfType) {
    super(actual, trace, selfType);
  }

  /**
   * Verifies that the span belongs to a trace, whose other spans the following assertions look at.
   *
   * <pre>{@code
   * softly.assertThat(span).inTrace(trace).hasParent("answer").hasChildren();
   * }</pre>
   */
  public SELF inTrace(StoredTrace expected) {
    isNotNull();
    if (expected.spans().stream().noneMatch(span -> span.spanId().equals(actual.spanId()))) {
      fail("to be in the trace " + expected.traceId() + " but its spans are: "
          + Words.list(expected.spans().stream().map(StoredSpan::name).toList()));
    }
    trace = expected;
    return myself;
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
   * {@link AbstractTraceAssert#hasSpan(String, java.util.function.Consumer)} or after
   * {@link #inTrace}.
   *
   * <pre>{@code
   * assertThat(trace).hasSpan("retrieve", span -> span.hasParent("answer")); // passes
   * assertThat(trace).hasSpan("answer", span -> span.hasParent("retrieve")); // fails
   * }</pre>
   */
  public SELF hasParent(String name) {
    isNotNull();
    requireTrace("parent");
    if (!parent().map(StoredSpan::name).equals(Optional.of(name))) {
      fail("to have the parent " + Words.quoted(name) + " but "
          + (actual.parentId() == null ? "it is a root" : "its parent is " + parentName()));
    }
    return myself;
  }

  /**
   * Verifies that the spans directly below have exactly these names, in any order; none for a span
   * without children. Works within a trace only, like {@link #hasParent}.
   */
  public SELF hasChildren(String... names) {
    isNotNull();
    List<String> found = requireTrace("children").spans().stream()
        .filter(span -> actual.spanId().equals(span.parentId()))
        .map(StoredSpan::name)
        .sorted()
        .toList();
    List<String> wanted = Arrays.stream(names).sorted().toList();
    if (!found.equals(wanted)) {
      fail("to have the children " + Words.list(wanted) + " but they are: " + Words.list(found));
    }
    return myself;
  }

  /**
   * Verifies that the span started when the last span of that name had ended, or later. Works
   * within a trace only, like {@link #hasParent}.
   */
  public SELF startedAfterEndOf(String name) {
    isNotNull();
    List<StoredSpan> others = requireTrace("time beside others").spans().stream()
        .filter(span -> span.name().equals(name))
        .toList();
    if (others.isEmpty()) {
      fail("to have started after the end of " + Words.quoted(name)
          + " but the trace has no such span");
    } else if (others.stream().anyMatch(span -> span.endNanos() == 0)) {
      fail("to have started after the end of " + Words.quoted(name) + " but that is open");
    } else {
      long end = others.stream().mapToLong(StoredSpan::endNanos).max().orElse(0);
      if (actual.startNanos() < end) {
        fail("to have started after the end of " + Words.quoted(name) + " but it started "
            + Words.millis(end - actual.startNanos()) + " before it");
      }
    }
    return myself;
  }

  /** Verifies the time from start to end, to the nanosecond. */
  public SELF hasDuration(Duration expected) {
    isNotNull();
    if (actual.endNanos() == 0 || durationNanos() != expected.toNanos()) {
      fail("to have the duration " + Words.millis(expected) + " but " + durationText());
    }
    return myself;
  }

  /**
   * Verifies that the time from start to end is within bounds.
   *
   * @param shortest least duration that passes
   * @param longest greatest duration that passes
   */
  public SELF hasDurationBetween(Duration shortest, Duration longest) {
    isNotNull();
    if (actual.endNanos() == 0
        || durationNanos() < shortest.toNanos()
        || durationNanos() > longest.toNanos()) {
      fail("to have a duration from " + Words.millis(shortest) + " to " + Words.millis(longest)
          + " but " + durationText());
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
    List<Map<String, @Nullable Object>> found =
        events.stream().map(StoredSpan.Event::attributes).toList();
    if (found.stream().noneMatch(event -> contains(event, attributes))) {
      fail("to have an event " + Words.quoted(name) + " with\n  " + PythonJson.dumps(attributes)
          + "\nbut its events of that name have\n  " + lines(found));
    }
    return myself;
  }

  /** Verifies the names of all events in their order; none for a span without events. */
  public SELF hasEventsInOrder(String... names) {
    isNotNull();
    List<String> found = actual.events().stream().map(StoredSpan.Event::name).toList();
    if (!found.equals(Arrays.asList(names))) {
      fail("to have the events " + Words.list(Arrays.asList(names))
          + " in this order but they are: " + Words.list(found));
    }
    return myself;
  }

  /** Verifies that there is no event of that name. */
  public SELF doesNotHaveEvent(String name) {
    isNotNull();
    if (actual.events().stream().anyMatch(event -> event.name().equals(name))) {
      fail("not to have an event " + Words.quoted(name) + " but it has");
    }
    return myself;
  }

  /**
   * Verifies a link to another span.
   *
   * @param traceId id of the other trace, in MLflow's form {@code tr-<32 hex>} or as plain hex
   * @param spanId id of the other span, 16 hex
   */
  public SELF hasLinkTo(String traceId, String spanId) {
    isNotNull();
    requireLinks(traceId, spanId);
    return myself;
  }

  /** Verifies a link to another span with at least these attributes; see {@link #hasLinkTo}. */
  public SELF hasLinkTo(String traceId, String spanId, Map<String, ?> attributes) {
    isNotNull();
    List<Map<String, @Nullable Object>> found =
        requireLinks(traceId, spanId).stream().map(StoredSpan.Link::attributes).toList();
    if (found.stream().noneMatch(link -> contains(link, attributes))) {
      fail("to have a link to span " + spanId + " with\n  " + PythonJson.dumps(attributes)
          + "\nbut its links to that span have\n  " + lines(found));
    }
    return myself;
  }

  /** Verifies that there is no link. */
  public SELF hasNoLinks() {
    isNotNull();
    if (!actual.links().isEmpty()) {
      fail("not to have links but it has: " + links());
    }
    return myself;
  }

  /** Verifies that an exception of that type was recorded, by its name without the package. */
  public SELF hasException(Class<? extends Throwable> type) {
    isNotNull();
    if (exceptionEvents().stream().noneMatch(event -> isOfType(type, event))) {
      fail("to have recorded a " + type.getSimpleName() + " but its exceptions are: "
          + Words.list(exceptions()));
    }
    return myself;
  }

  /** Verifies that an exception of that type was recorded with that message. */
  public SELF hasException(Class<? extends Throwable> type, String message) {
    isNotNull();
    boolean found = exceptionEvents().stream()
        .anyMatch(event ->
            isOfType(type, event) && message.equals(event.attributes().get(EXCEPTION_MESSAGE)));
    if (!found) {
      fail("to have recorded a " + type.getSimpleName() + " with the message "
          + Words.quoted(message) + " but its exceptions are: "
          + Words.list(exceptionEvents().stream()
              .map(event -> event.attributes().get(EXCEPTION_TYPE) + ": "
                  + event.attributes().get(EXCEPTION_MESSAGE))
              .toList()));
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

  private List<StoredSpan.Link> requireLinks(String traceId, String spanId) {
    List<StoredSpan.Link> links = actual.links().stream()
        .filter(link -> link.spanId().equals(spanId)
            && TraceIds.hex(link.traceId()).equals(TraceIds.hex(traceId)))
        .toList();
    if (links.isEmpty()) {
      fail(
          "to have a link to span " + spanId + " of " + traceId + " but its links are: " + links());
    }
    return links;
  }

  private String links() {
    return Words.list(actual.links().stream()
        .map(link -> link.spanId() + " of " + link.traceId())
        .toList());
  }

  private static boolean contains(Map<String, @Nullable Object> found, Map<String, ?> attributes) {
    return attributes.entrySet().stream()
        .allMatch(wanted -> found.containsKey(wanted.getKey())
            && JsonTree.difference(
                    JsonTree.of(wanted.getValue()), JsonTree.of(found.get(wanted.getKey())))
                .isEmpty());
  }

  private static String lines(List<Map<String, @Nullable Object>> values) {
    return String.join("\n  ", values.stream().map(PythonJson::dumps).toList());
  }

  private List<StoredSpan.Event> exceptionEvents() {
    return actual.events().stream()
        .filter(event -> event.name().equals(EXCEPTION_EVENT))
        .toList();
  }

  private List<String> exceptions() {
    return exceptionEvents().stream()
        .map(event -> String.valueOf(event.attributes().get(EXCEPTION_TYPE)))
        .toList();
  }

  private static boolean isOfType(Class<? extends Throwable> type, StoredSpan.Event event) {
    Object found = event.attributes().get(EXCEPTION_TYPE);
    return type.getSimpleName().equals(found) || type.getName().equals(found);
  }

  private long durationNanos() {
    return actual.endNanos() - actual.startNanos();
  }

  private String durationText() {
    return actual.endNanos() == 0 ? "it is open" : "it is " + Words.millis(durationNanos());
  }

  private StoredTrace requireTrace(String what) {
    if (trace == null) {
      throw new IllegalStateException("The " + what + " of span \"" + actual.name()
          + "\" is known within its trace only: use assertThat(trace).hasSpan(name, span -> …) or"
          + " assertThat(span).inTrace(trace).");
    }
    return trace;
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
}
