package io.github.tracingharness.conformance.check;

import io.github.tracingharness.conformance.check.WireSpan.Storage;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Statements about how many spans are sent together, and in which order. */
public final class Batches {

  private Batches() {}

  /** These requests carry so many spans each, in the order of their arrival. */
  public static Check sizes(Requests requests, int... sizes) {
    return history -> judge(
        history,
        requests,
        "%s with %s spans, in this order".formatted(requests.name(), Arrays.toString(sizes)),
        Arrays.stream(sizes).boxed().toList(),
        sizes(requests.in(history)));
  }

  /** These requests carry so many spans each, whichever of them arrives first. */
  public static Check sizesInAnyOrder(Requests requests, int... sizes) {
    return history -> judge(
        history,
        requests,
        "%s with %s spans, in any order".formatted(requests.name(), Arrays.toString(sizes)),
        Arrays.stream(sizes).boxed().sorted(Comparator.reverseOrder()).toList(),
        sizes(requests.in(history)).stream().sorted(Comparator.reverseOrder()).toList());
  }

  /** The first request of each of these selections arrives before that of the next. */
  public static Check inOrder(Requests... groups) {
    return history -> {
      List<String> names = Stream.of(groups).map(Requests::name).toList();
      List<Exchange> firsts = Stream.of(groups)
          .flatMap(group -> group.in(history).stream().limit(1))
          .toList();
      List<Exchange> arrived =
          firsts.stream().sorted(Comparator.comparingLong(Exchange::number)).toList();
      return firsts.size() == groups.length && firsts.equals(arrived)
          ? CheckResult.met("in the order of " + names)
          : Finding.unmet(
              "requests in the order " + names,
              arrived.isEmpty() ? "none" : Finding.lines(arrived),
              Finding.requests(history));
    };
  }

  private static CheckResult judge(
      CaseHistory history,
      Requests requests,
      String words,
      List<Integer> expected,
      List<Integer> found) {
    return found.equals(expected)
        ? CheckResult.met("%d requests with %s spans".formatted(found.size(), found))
        : Finding.unmet(
            "requests to " + words,
            found.isEmpty() ? "none" : found + " spans",
            Finding.lines(requests.in(history)) + "; " + Finding.requests(history));
  }

  private static List<Integer> sizes(List<Exchange> exchanges) {
    return exchanges.stream().map(e -> OtlpForm.spans(e, Storage.TABLE).size()).toList();
  }
}
