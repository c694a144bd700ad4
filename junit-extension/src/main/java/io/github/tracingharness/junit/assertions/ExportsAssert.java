package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.core.export.DropReason;
import io.github.tracingharness.core.export.ExportLedger.Counts;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.RecordedCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on what was delivered.
 *
 * @since 0.1.0
 */
public class ExportsAssert extends AbstractAssert<ExportsAssert, Exports> {

  /** Creates assertions on what was delivered. */
  public ExportsAssert(@Nullable Exports actual) {
    super(actual, ExportsAssert.class);
  }

  /**
   * Verifies that every trace and every span that the pipeline made reached the server, and none of
   * them twice: by its own account, and by the calls that the server accepted. Spans count once
   * whether they came by OTLP or as an upload.
   */
  public ExportsAssert deliveredExactlyOnce() {
    isNotNull();
    List<String> complaints = new ArrayList<>();
    account("traces", actual.stats().traces(), complaints);
    account("spans", actual.stats().spans(), complaints);
    repeated("trace", actual.startTraces(), complaints);
    repeated("span", actual.spans(), complaints);
    repeated("upload", actual.uploads(), complaints);
    long created = actual.stats().traces().created();
    if (actual.startTraces().size() != created) {
      complaints.add(created + " traces were made, but the server accepted "
          + actual.startTraces().size());
    }
    if (!actual.uploads().isEmpty() && !actual.spans().isEmpty()) {
      complaints.add(actual.spans().size() + " spans came by OTLP and "
          + actual.uploads().size() + " uploads came as well");
    } else if (actual.uploads().isEmpty()
        && actual.spans().size() != actual.stats().spans().created()) {
      complaints.add(actual.stats().spans().created() + " spans were made, but the server accepted "
          + actual.spans().size());
    }
    if (!complaints.isEmpty()) {
      failWithMessage(
          "%s",
          "Expecting every trace and span to be delivered exactly once but\n- "
              + String.join("\n- ", complaints));
    }
    return this;
  }

  /** Verifies how many calls of an endpoint were finished, whatever they were answered. */
  public ExportsAssert hasCalls(Endpoint endpoint, int expected) {
    isNotNull();
    long found = actual.calls().stream()
        .filter(call -> endpoint.matches(call.endpoint()))
        .count();
    if (found != expected) {
      fail("to have " + expected + " calls of " + endpoint + " but there are " + found);
    }
    return this;
  }

  /**
   * Verifies how many spans travelled together, by OTLP, in any order of the batches.
   *
   * <pre>{@code
   * assertThat(traces.exports()).hasSpanBatches(5, 5, 2);
   * }</pre>
   */
  public ExportsAssert hasSpanBatches(int... sizes) {
    isNotNull();
    List<Integer> wanted = Arrays.stream(sizes).sorted().boxed().toList();
    if (!actual.spanBatches().stream().sorted().toList().equals(wanted)) {
      fail("to have batches of " + wanted + " spans but they are of " + actual.spanBatches());
    }
    return this;
  }

  /** Verifies that at most so many spans travelled together, by OTLP. */
  public ExportsAssert hasNoSpanBatchLargerThan(int most) {
    isNotNull();
    if (actual.spanBatches().stream().anyMatch(size -> size > most)) {
      fail("to have no batch of more than " + most + " spans but they are of "
          + actual.spanBatches());
    }
    return this;
  }

  /** Verifies how many traces the pipeline gave up for a reason, by its own account. */
  public ExportsAssert hasDroppedTraces(DropReason reason, long expected) {
    isNotNull();
    Map<DropReason, Long> dropped = actual.stats().traces().dropped();
    if (dropped.getOrDefault(reason, 0L) != expected) {
      fail("to have dropped " + expected + " traces by " + reason + " but dropped are: "
          + (dropped.isEmpty() ? "none" : dropped));
    }
    return this;
  }

  /** Verifies that the pipeline has nothing open or on its way, by its own account. */
  public ExportsAssert hasNothingPending() {
    isNotNull();
    long traces = actual.stats().traces().pending();
    long spans = actual.stats().spans().pending();
    if (traces != 0 || spans != 0) {
      fail("to have nothing pending but there are " + traces + " traces and " + spans + " spans");
    }
    return this;
  }

  /** Verifies how many requests the pipeline sent again, by its own account. */
  public ExportsAssert hasRetried(long expected) {
    isNotNull();
    if (actual.stats().retried() != expected) {
      fail("to have sent " + expected + " requests again but it was "
          + actual.stats().retried());
    }
    return this;
  }

  /**
   * Verifies, for every trace that was begun on the server, that its accepted calls came in an
   * order: the first call of an endpoint arrived after the last one of the endpoint before it was
   * answered. Calls of different traces may mix.
   *
   * <pre>{@code
   * assertThat(traces.exports())
   *     .hasOrderInEachTrace(Endpoint.OTLP_TRACES, Endpoint.START_TRACE, Endpoint.LINK_PROMPTS);
   * }</pre>
   */
  public ExportsAssert hasOrderInEachTrace(Endpoint... endpoints) {
    isNotNull();
    List<String> complaints = new ArrayList<>();
    for (String trace : new TreeSet<>(actual.startTraces().keySet())) {
      List<RecordedCall> before = List.of();
      for (Endpoint endpoint : endpoints) {
        List<RecordedCall> calls = actual.calls().stream()
            .filter(call -> call.endpoint() == endpoint
                && call.status() / 100 == 2
                && CallContent.concerns(call, trace))
            .toList();
        if (calls.isEmpty()) {
          complaints.add("trace " + trace + " has no accepted call of " + endpoint);
          continue;
        }
        RecordedCall first = calls.get(0);
        for (RecordedCall earlier : before) {
          if (earlier.answeredNanos() - first.arrivedNanos() > 0) {
            complaints.add(
                "of trace " + trace + " " + first + " came before the answer to " + earlier);
          }
        }
        before = calls;
      }
    }
    if (actual.startTraces().isEmpty()) {
      complaints.add("there is no trace");
    }
    if (!complaints.isEmpty()) {
      fail("to have the order " + Arrays.toString(endpoints) + " in each trace but\n- "
          + String.join("\n- ", complaints));
    }
    return this;
  }

  private void fail(String expectation) {
    List<String> calls = actual.calls().stream().map(call -> "\n  " + call).toList();
    failWithMessage(
        "%s",
        "Expecting exports\n" + expectation + "\n\nCalls that the server saw: "
            + (calls.isEmpty() ? "none" : calls.size() + String.join("", calls)));
  }

  private static void account(String what, Counts counts, List<String> complaints) {
    if (counts.droppedInAll() > 0) {
      complaints.add(counts.droppedInAll() + " " + what + " were dropped: " + counts.dropped());
    }
    if (counts.pending() > 0) {
      complaints.add(counts.pending() + " " + what + " are pending");
    }
  }

  private static void repeated(
      String what, Map<String, Integer> deliveries, List<String> complaints) {
    new TreeMap<>(deliveries).forEach((id, times) -> {
      if (times > 1) {
        complaints.add(what + " " + id + " was delivered " + times + " times");
      }
    });
  }
}
