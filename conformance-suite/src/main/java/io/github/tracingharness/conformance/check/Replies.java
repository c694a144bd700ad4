package io.github.tracingharness.conformance.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Released;
import io.github.tracingharness.conformance.history.HistoryEvent.Reply;
import io.github.tracingharness.conformance.history.SpanIds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Statements about what the subject answered. */
public final class Replies {

  private Replies() {}

  /** The n-th answer to an operation, from 1, was {@code ok}. */
  public static Check answered(String op, int n) {
    return history -> history.ok(op, n - 1).isPresent()
        ? CheckResult.met("%s %d was answered ok".formatted(op, n))
        : Finding.unmet("an ok answer to %s %d".formatted(op, n), "none", answers(history, op));
  }

  /**
   * The n-th {@code result} of an operation, from 1, is one of these; {@code unknown} cannot be
   * judged.
   */
  public static Check result(String op, int n, String... allowed) {
    return history -> {
      String found = history
          .ok(op, n - 1)
          .map(body -> body.path("result").asText("none"))
          .orElse("no ok answer");
      if (found.equals("unknown")) {
        return CheckResult.unobservable("the subject's %s tells no result".formatted(op));
      }
      return Set.of(allowed).contains(found)
          ? CheckResult.met("%s %d: %s".formatted(op, n, found))
          : Finding.unmet(
              "result of %s %d to be %s".formatted(op, n, String.join(" or ", allowed)),
              found,
              answers(history, op));
    };
  }

  /** The n-th answer to {@code emit}, from 1, says that so many spans were accepted. */
  public static Check accepted(int n, int spans) {
    return history -> {
      String expected = "emit %d to accept %d spans".formatted(n, spans);
      String found = history
          .ok("emit", n - 1)
          .map(body -> body.path("accepted").asText("not told"))
          .orElse("no ok answer");
      return found.equals(Integer.toString(spans))
          ? CheckResult.met("emit %d accepted %d spans".formatted(n, spans))
          : Finding.unmet(expected, found, answers(history, "emit"));
    };
  }

  /** So many threads that raced each told a result, and none of them got an exception. */
  public static Check raceUnharmed(int threads) {
    return history -> {
      String expected = "%d results of the race and no exception".formatted(threads);
      JsonNode body = history.ok("race", 0).orElse(MissingNode.getInstance());
      return body.path("results").size() == threads && body.path("errors").isEmpty()
          ? CheckResult.met(expected)
          : Finding.unmet(expected, body.toString(), answers(history, "race"));
    };
  }

  /** The two first {@code result}s of an operation are the same. */
  public static Check sameResult(String op) {
    return history -> {
      String first = history.ok(op, 0).map(b -> b.path("result").asText()).orElse("no ok answer");
      String second = history.ok(op, 1).map(b -> b.path("result").asText()).orElse("no ok answer");
      if (first.equals("unknown") || second.equals("unknown")) {
        return CheckResult.unobservable("the subject's %s tells no result".formatted(op));
      }
      return first.equals(second)
          ? CheckResult.met("%s twice: %s".formatted(op, first))
          : Finding.unmet(
              "the second %s to tell the first one's result, %s".formatted(op, first),
              second,
              answers(history, op));
    };
  }

  /** The n-th {@code observe}, from 1, told the trace id of a span as the last active one. */
  public static Check lastActiveTrace(int n, String ref) {
    return history -> {
      SpanIds ids = history.refs().get(ref);
      String expected = ids == null ? "no id told for " + ref : ids.trace();
      String found = history
          .ok("observe", n - 1)
          .map(b -> b.path("trace.last_active"))
          .orElse(MissingNode.getInstance())
          .asText();
      return found.equals(expected)
          ? CheckResult.met("last active trace is " + found)
          : Finding.unmet(
              "the last active trace to be that of %s, %s".formatted(ref, expected),
              found.isEmpty() ? "none" : found,
              answers(history, "observe"));
    };
  }

  /** While a span was current, the tracing API called that very span the active one. */
  public static Check activeSpanIsItself(String ref) {
    return history -> {
      SpanIds ids = history.refs().getOrDefault(ref, new SpanIds("", "no id told"));
      JsonNode told = ids.told().getOrDefault("active_span", MissingNode.getInstance());
      return told.asText().equals(ids.span())
          ? CheckResult.met("the active span was " + ids.span())
          : Finding.unmet(
              "the active span inside of %s to be %s".formatted(ref, ids.span()),
              told.isMissingNode() ? "nothing was told" : told.toString(),
              answers(history, "emit"));
    };
  }

  /**
   * While a span was current, the headers for other processes named its trace and itself, and said
   * that it is sampled.
   */
  public static Check headersNameTheSpan(String ref) {
    return history -> {
      SpanIds ids = history.refs().getOrDefault(ref, new SpanIds("", "no id told"));
      JsonNode headers = ids.told().getOrDefault("headers", MissingNode.getInstance());
      Pattern expected =
          Pattern.compile("00-%s-%s-[0-9a-f][13579bdf]".formatted(ids.traceHex(), ids.span()));
      return expected.matcher(headers.path("traceparent").asText()).matches()
          ? CheckResult.met("traceparent is " + headers.path("traceparent").asText())
          : Finding.unmet(
              "the header traceparent inside of %s to match %s".formatted(ref, expected),
              headers.isMissingNode() ? "nothing was told" : headers.toString(),
              answers(history, "emit"));
    };
  }

  /**
   * The n-th {@code emit}, from 1, was answered before the case released a hold, so the caller did
   * not wait for the server.
   */
  public static Check callerNotHeld(int n, String hold) {
    return history -> {
      List<Reply> replies = history.replies("emit");
      List<Released> released = history.all(Released.class).stream()
          .filter(r -> r.hold().equals(hold))
          .toList();
      String expected = "emit %d to be answered while the server held its answers".formatted(n);
      if (replies.size() < n || released.isEmpty()) {
        return Finding.unmet(
            expected,
            replies.size() < n ? "no answer" : "no release of " + hold,
            answers(history, "emit"));
      }
      return replies.get(n - 1).at() < released.get(0).at()
          ? CheckResult.met("emit was answered while the server held its answers")
          : Finding.unmet(
              expected,
              "answered %d ms after the release (%s)"
                  .formatted(
                      (replies.get(n - 1).at() - released.get(0).at()) / 1_000_000,
                      released.get(0).reason()),
              Finding.requests(history));
    };
  }

  /**
   * All callers of the n-th {@code emit}, from 1, were done within this time of the first start.
   */
  public static Check callersTogetherBelow(int n, Duration limit) {
    return history -> {
      String text =
          history.ok("emit", n - 1).map(b -> b.path("caller_total_ns").asText()).orElse("");
      if (!text.matches("[0-9]+")) {
        return CheckResult.unobservable("the answer to emit has no caller_total_ns");
      }
      long millis = Long.parseLong(text) / 1_000_000;
      return millis < limit.toMillis()
          ? CheckResult.met("callers were done after %d ms".formatted(millis))
          : Finding.unmet(
              "callers to be done in less than %d ms".formatted(limit.toMillis()),
              "%d ms".formatted(millis),
              Finding.requests(history));
    };
  }

  /** Some request was answered only when the case released a hold, so the hold was felt. */
  public static Check holdWasFelt(Requests requests, String hold) {
    return history -> {
      Optional<Released> released = history.all(Released.class).stream()
          .filter(r -> r.hold().equals(hold))
          .findFirst();
      boolean felt = released.isPresent()
          && requests.in(history).stream()
              .anyMatch(e -> e.at() < released.get().at()
                  && e.answeredAt() >= released.get().at());
      return felt
          ? CheckResult.met("answers were held")
          : Finding.unmet(
              "a request to %s whose answer was held".formatted(requests.name()),
              "none",
              Finding.requests(history));
    };
  }

  /** In the n-th {@code stats}, from 1, created = delivered + dropped + queued. */
  public static Check statsBalance(int n) {
    return history -> {
      JsonNode stats = history.ok("stats", n - 1).orElse(MissingNode.getInstance());
      for (String count : List.of("created", "delivered", "dropped", "queued")) {
        if (!stats.path(count).isIntegralNumber()) {
          return CheckResult.unobservable("the subject's stats have no " + count);
        }
      }
      long created = stats.get("created").longValue();
      long accounted = stats.get("delivered").longValue()
          + stats.get("dropped").longValue()
          + stats.get("queued").longValue();
      return created == accounted
          ? CheckResult.met("created %d = delivered + dropped + queued".formatted(created))
          : Finding.unmet(
              "created = delivered + dropped + queued",
              "%d against %d".formatted(created, accounted),
              stats.toString());
    };
  }

  /** The n-th {@code stats}, from 1, tells as many delivered traces as the server accepted. */
  public static Check deliveredAgrees(int n) {
    return history -> {
      long accepted =
          StartedTrace.all(history).stream().filter(StartedTrace::accepted).count();
      return stat(n, "delivered", accepted).judge(history);
    };
  }

  /** In the n-th {@code stats}, from 1, a count has this value. */
  public static Check stat(int n, String name, long value) {
    return history -> {
      JsonNode found =
          history.ok("stats", n - 1).orElse(MissingNode.getInstance()).path(name);
      if (!found.isIntegralNumber()) {
        return CheckResult.unobservable("the subject's stats have no " + name);
      }
      return found.longValue() == value
          ? CheckResult.met("%s is %d".formatted(name, value))
          : Finding.unmet(
              "stats to tell %s = %d".formatted(name, value),
              found.toString(),
              answers(history, "stats"));
    };
  }

  private static String answers(CaseHistory history, String op) {
    List<Reply> replies = history.replies(op);
    return replies.isEmpty()
        ? "no answer to " + op
        : "answers to %s: %s"
            .formatted(
                op,
                Finding.cut(replies.stream()
                    .map(r -> r.kind() + " " + r.body())
                    .toList()
                    .toString()));
  }
}
