package io.github.tracingharness.conformance.check;

import io.github.tracingharness.conformance.check.WireSpan.Storage;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.SpanIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Accounting from the sent side: what the case asked for, against what the server accepted. A
 * request counts as accepted when it was answered 2xx. A span that the case never ends is not asked
 * for, nor one that the application makes beside MLflow, in isolated mode.
 */
public final class Delivery {

  private Delivery() {}

  /**
   * Each trace that was started is of so many different spans, and no span came of another trace.
   */
  public static Check startedTracesHaveSpans(int count) {
    return history -> {
      String expected = "%d spans of each trace that was started, and no others".formatted(count);
      Map<String, Set<String>> spans = new TreeMap<>();
      WireSpan.all(history)
          .forEach(span -> spans
              .computeIfAbsent("tr-" + span.traceId(), id -> new TreeSet<>())
              .add(span.spanId()));
      Set<String> started = new TreeSet<>();
      StartedTrace.all(history).stream()
          .filter(StartedTrace::accepted)
          .forEach(trace -> started.add(trace.traceId()));
      List<String> odd = Stream.concat(started.stream(), spans.keySet().stream())
          .distinct()
          .filter(
              id -> !started.contains(id) || spans.getOrDefault(id, Set.of()).size() != count)
          .toList();
      return started.isEmpty() || !odd.isEmpty()
          ? Finding.unmet(
              expected,
              started.isEmpty() ? "no trace" : "others of " + Finding.some(odd),
              Finding.requests(history))
          : CheckResult.met("%d traces with %d spans each".formatted(started.size(), count));
    };
  }

  /** Every trace stands in exactly one accepted start-trace request, and no other trace does. */
  public static Check everyTraceOnce() {
    return history -> {
      List<String> expected =
          Emitted.of(history).stream().filter(Emitted::isRoot).map(Emitted::ref).toList();
      List<String> seen = StartedTrace.all(history).stream()
          .filter(StartedTrace::accepted)
          .map(StartedTrace::traceId)
          .toList();
      return account(
          "trace", "accepted start-trace request", history, expected, SpanIds::trace, seen);
    };
  }

  /**
   * Every span stands in an accepted delivery, in no more than one of the same kind, and no other
   * span does.
   */
  public static Check everySpanOnce() {
    return history -> {
      List<String> expected = Emitted.of(history).stream()
          .filter(s -> !s.neverEnded())
          .map(Emitted::ref)
          .toList();
      Set<String> open = openSpans(history);
      CheckResult result = CheckResult.met("");
      Set<String> delivered = new HashSet<>();
      for (Storage storage : Storage.values()) {
        List<String> seen = accepted(history, storage).stream()
            .map(WireSpan::spanId)
            .filter(id -> !open.contains(id))
            .toList();
        delivered.addAll(seen);
        result = result.isMet() ? noneTwice(history, expected, seen, storage) : result;
      }
      return result.isMet()
          ? account(
              "span", "accepted delivery", history, expected, SpanIds::span, List.copyOf(delivered))
          : result;
    };
  }

  /** Every span stands in one of these requests, and it was accepted. */
  public static Check everySpanIn(Requests requests) {
    return history -> {
      List<Exchange> found = requests.accepted().in(history);
      String expected =
          "every span in a request to %s that was accepted".formatted(requests.name());
      for (Emitted span : Emitted.of(history)) {
        SpanIds ids = history.refs().get(span.ref());
        boolean delivered = ids != null
            && WireSpan.of(history, ids).stream().anyMatch(s -> found.contains(s.exchange()));
        if (!delivered) {
          return Finding.unmet(expected, "not so " + span.ref(), Finding.requests(history));
        }
      }
      return CheckResult.met("all spans in %d requests".formatted(found.size()));
    };
  }

  /** No span was accepted both by OTLP and in an uploaded {@code traces.json}. */
  public static Check spansStoredOnce() {
    return history -> {
      Map<String, WireSpan> byOtlp = accepted(history, Storage.OTLP).stream()
          .collect(Collectors.toMap(s -> s.traceId() + s.spanId(), s -> s, (a, b) -> a));
      for (WireSpan uploaded : accepted(history, Storage.ARTIFACT)) {
        WireSpan twin = byOtlp.get(uploaded.traceId() + uploaded.spanId());
        if (twin != null) {
          return Finding.unmet(
              "each span stored once, in the tracking store or as an artifact",
              uploaded.describe(),
              "the same span in " + Finding.line(twin.exchange()));
        }
      }
      return CheckResult.met("no span is stored twice");
    };
  }

  /** Each trace has an accepted upload, and each accepted upload holds all spans of its trace. */
  public static Check uploadsAreComplete() {
    return history -> {
      Map<String, Long> expected = history.refs().values().stream()
          .collect(Collectors.groupingBy(SpanIds::trace, Collectors.counting()));
      for (Map.Entry<String, Long> trace : expected.entrySet()) {
        Map<Long, Long> uploads = accepted(history, Storage.ARTIFACT).stream()
            .filter(s -> trace.getKey().endsWith(s.traceId()))
            .collect(Collectors.groupingBy(s -> s.exchange().number(), Collectors.counting()));
        if (uploads.isEmpty()
            || uploads.values().stream().anyMatch(n -> !n.equals(trace.getValue()))) {
          return Finding.unmet(
              "an upload with all %d spans of %s".formatted(trace.getValue(), trace.getKey()),
              uploads.isEmpty()
                  ? "no accepted upload"
                  : "uploads with " + uploads.values() + " spans",
              Finding.requests(history));
        }
      }
      return CheckResult.met("each upload holds all spans of its trace");
    };
  }

  /** Each upload lists the spans of its trace in this order. */
  public static Check uploadedInOrder(String... refs) {
    return history -> {
      List<String> expected = Stream.of(refs)
          .map(ref -> history.refs().getOrDefault(ref, new SpanIds("", "no id for " + ref)))
          .map(SpanIds::span)
          .toList();
      List<String> found =
          accepted(history, Storage.ARTIFACT).stream().map(WireSpan::spanId).toList();
      return found.equals(expected)
          ? CheckResult.met("uploaded in the order " + List.of(refs))
          : Finding.unmet(
              "an upload with the spans %s in this order: %s".formatted(List.of(refs), expected),
              found.toString(),
              Finding.requests(history));
    };
  }

  private static List<WireSpan> accepted(CaseHistory history, Storage storage) {
    return WireSpan.all(history).stream()
        .filter(s -> s.storage() == storage && s.accepted())
        .toList();
  }

  private static Set<String> openSpans(CaseHistory history) {
    Set<String> refs = Emitted.of(history).stream()
        .filter(Emitted::neverEnded)
        .map(Emitted::ref)
        .collect(Collectors.toSet());
    return history.refs().entrySet().stream()
        .filter(e -> refs.contains(e.getKey()))
        .map(e -> e.getValue().span())
        .collect(Collectors.toSet());
  }

  private static CheckResult noneTwice(
      CaseHistory history, List<String> expected, List<String> seen, Storage storage) {
    List<String> twice = repeated(seen);
    return twice.isEmpty()
        ? CheckResult.met("")
        : Finding.unmet(
            "each of %d spans in one accepted delivery".formatted(expected.size()),
            "more than once by %s: %s".formatted(storage, Finding.some(twice)),
            Finding.requests(history));
  }

  /** Which id of a span is accounted for. */
  @FunctionalInterface
  private interface Id {
    String of(SpanIds ids);
  }

  private static CheckResult account(
      String thing,
      String place,
      CaseHistory history,
      List<String> expected,
      Id id,
      List<String> seen) {
    Map<String, SpanIds> refs = history.refs();
    List<String> faults = new ArrayList<>();
    Set<String> known = new HashSet<>();
    List<String> lost = new ArrayList<>();
    for (String ref : expected) {
      SpanIds ids = refs.get(ref);
      if (ids == null) {
        lost.add(ref + " (no id told)");
      } else if (!seen.contains(id.of(ids))) {
        lost.add("%s (%s)".formatted(ref, id.of(ids)));
      }
      known.add(ids == null ? "" : id.of(ids));
    }
    add(faults, lost, "missing");
    add(faults, repeated(seen), "more than once");
    add(faults, seen.stream().filter(s -> !known.contains(s)).toList(), "never asked for");
    if (faults.isEmpty()) {
      return CheckResult.met(
          "%d %ss, each in exactly one %s".formatted(expected.size(), thing, place));
    }
    return Finding.unmet(
        "each of %d %ss in exactly one %s".formatted(expected.size(), thing, place),
        String.join("; ", faults),
        Finding.requests(history));
  }

  private static void add(List<String> faults, List<String> names, String fault) {
    if (!names.isEmpty()) {
      faults.add("%d %s: %s".formatted(names.size(), fault, Finding.some(names)));
    }
  }

  private static List<String> repeated(List<String> ids) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    ids.forEach(s -> counts.merge(s, 1, Integer::sum));
    return counts.entrySet().stream()
        .filter(e -> e.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }
}
