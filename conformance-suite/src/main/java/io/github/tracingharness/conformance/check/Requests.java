package io.github.tracingharness.conformance.check;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.SpanIds;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Some of the requests of a case, and statements about them. */
public final class Requests {

  private final String name;
  private final BiPredicate<CaseHistory, Exchange> selected;

  private Requests(String name, BiPredicate<CaseHistory, Exchange> selected) {
    this.name = name;
    this.selected = selected;
  }

  /** Selects the requests to an endpoint, one of {@link Endpoints}. */
  public static Requests requests(String endpoint) {
    return new Requests(endpoint, (h, e) -> e.endpoint().equals(endpoint));
  }

  /** Selects all requests. */
  public static Requests allRequests() {
    return new Requests("any endpoint", (h, e) -> true);
  }

  /** Selects the uploads of {@code traces.json}. */
  public static Requests traceUploads() {
    return new Requests("PUT traces.json", (h, e) -> isTraceUpload(e));
  }

  /** Selects the requests that carry spans: by OTLP, to a table, and by upload. */
  public static Requests spanDeliveries() {
    return new Requests(
        "OTLP_TRACES, UC_SPANS or PUT traces.json",
        (h, e) -> e.endpoint().equals(Endpoints.OTLP_TRACES)
            || e.endpoint().equals(Endpoints.UC_SPANS)
            || isTraceUpload(e));
  }

  /** Keeps those that were answered with a status from 200 to 299. */
  public Requests accepted() {
    return and(name + " answered 2xx", (h, e) -> isAccepted(e));
  }

  /** Keeps those of which a statement is true; the words complete "requests to …". */
  public Requests where(String words, Predicate<Exchange> predicate) {
    return and(name + " " + words, (h, e) -> predicate.test(e));
  }

  /** Keeps those that arrived after the answer to the first command of an operation. */
  public Requests afterReplyTo(String op) {
    return and(
        name + " after the answer to " + op,
        (h, e) -> !h.replies(op).isEmpty() && e.at() > h.replies(op).get(0).at());
  }

  /** Keeps those that arrived before the first command of an operation was sent. */
  public Requests beforeCommand(String op) {
    return and(
        name + " before the command " + op,
        (h, e) -> !h.commands(op).isEmpty() && e.at() < h.commands(op).get(0).at());
  }

  /** Keeps those that arrived before the answer to the first command of an operation. */
  public Requests beforeReplyTo(String op) {
    return and(
        name + " before the answer to " + op,
        (h, e) -> !h.replies(op).isEmpty() && e.at() < h.replies(op).get(0).at());
  }

  /** Keeps the start-trace requests and uploads of the trace of a span. */
  public Requests ofTrace(String ref) {
    return and(name + " for the trace of " + ref, (h, e) -> {
      SpanIds ids = h.refs().get(ref);
      return ids != null
          && (e.path().contains(ids.traceHex()) || e.body().text().contains(ids.traceHex()));
    });
  }

  private Requests and(String newName, BiPredicate<CaseHistory, Exchange> more) {
    return new Requests(newName, selected.and(more));
  }

  List<Exchange> in(CaseHistory history) {
    return history.exchanges().stream().filter(e -> selected.test(history, e)).toList();
  }

  String name() {
    return name;
  }

  /** There are exactly so many. */
  public Check exactly(int count) {
    return count("exactly " + plural(count), n -> n == count);
  }

  /** There are at least so many. */
  public Check atLeast(int count) {
    return count("at least " + plural(count), n -> n >= count);
  }

  /** There are at most so many. */
  public Check atMost(int count) {
    return count("at most " + plural(count), n -> n <= count);
  }

  /** There are none. */
  public Check none() {
    return count("no request", n -> n == 0);
  }

  private Check count(String words, IntPredicate holds) {
    return history -> {
      List<Exchange> found = in(history);
      String expected = words + " to " + name;
      if (holds.test(found.size())) {
        return CheckResult.met(plural(found.size()) + " to " + name);
      }
      return Finding.unmet(
          expected,
          found.isEmpty() ? "none" : found.size() + ": " + Finding.lines(found),
          Finding.requests(history));
    };
  }

  /** Each has a header with a value that the pattern matches as a whole. */
  public Check header(String header, Pattern value) {
    return each("header %s matching %s".formatted(header, value), e -> {
      String found = e.header(header);
      return found != null && value.matcher(found).matches();
    });
  }

  /** Each has a header with exactly this value. */
  public Check header(String header, String value) {
    return each("header %s: %s".formatted(header, value), e -> value.equals(e.header(header)));
  }

  /** None has the header. */
  public Check withoutHeader(String header) {
    return each("no header " + header, e -> e.header(header) == null);
  }

  /**
   * Each that has a body says its length in {@code Content-Length}, rightly, and none is chunked.
   */
  public Check bodyLengthDeclared() {
    return each(
        "Content-Length of the body's size and no Transfer-Encoding",
        e -> e.header("Transfer-Encoding") == null
            && (e.body().size() == 0
                || Integer.toString(e.body().size()).equals(e.header("Content-Length"))));
  }

  /** Each uses this method. */
  public Check method(String method) {
    return each("method " + method, e -> e.method().equals(method));
  }

  /** Each has a path that the pattern matches as a whole. */
  public Check path(Pattern path) {
    return each("path matching " + path, e -> path.matcher(e.path()).matches());
  }

  /** They came on so many connections at most, and there is at least one. */
  public Check connectionsAtMost(int most) {
    return history -> {
      List<Exchange> found = in(history);
      long connections = found.stream().map(Exchange::connection).distinct().count();
      String expected = "all requests to %s on at most %d connections".formatted(name, most);
      return found.isEmpty()
          ? nothing(expected, history)
          : connections <= most
              ? CheckResult.met("%s on %d connections".formatted(plural(found.size()), connections))
              : Finding.unmet(expected, Long.toString(connections), Finding.requests(history));
    };
  }

  /** Each was sent with the very same body as the first. */
  public Check sameBody() {
    return history -> {
      List<Exchange> found = in(history);
      for (Exchange e : found) {
        if (!e.body().equals(found.get(0).body())) {
          return Finding.unmet(
              "all requests to " + name + " with the same body",
              Finding.withBody(e),
              Finding.withBody(found.get(0)));
        }
      }
      return found.isEmpty()
          ? nothing("all requests to " + name + " with the same body", history)
          : CheckResult.met(plural(found.size()) + " with the same body");
    };
  }

  /**
   * A statement is true of each, and there is at least one: a statement about no request at all is
   * not met.
   */
  public Check each(String words, Predicate<Exchange> statement) {
    return history -> {
      List<Exchange> found = in(history);
      String expected = "each request to %s with %s".formatted(name, words);
      for (Exchange e : found) {
        if (!statement.test(e)) {
          return Finding.unmet(expected, Finding.line(e) + " with headers " + headers(e), body(e));
        }
      }
      return found.isEmpty()
          ? nothing(expected, history)
          : CheckResult.met(plural(found.size()) + " with " + words);
    };
  }

  private static CheckResult nothing(String expected, CaseHistory history) {
    return Finding.unmet(expected, "no such request", Finding.requests(history));
  }

  private static String headers(Exchange e) {
    return e.headers().stream().map(h -> h.name() + ": " + h.value()).toList().toString();
  }

  private static String body(Exchange e) {
    return "its body: " + (e.body().size() == 0 ? "empty" : Finding.cut(e.body().toString()));
  }

  private static String plural(int count) {
    return count == 1 ? "1 request" : count + " requests";
  }

  static boolean isAccepted(Exchange e) {
    return e.status() >= 200 && e.status() < 300;
  }

  static boolean isTraceUpload(Exchange e) {
    return e.endpoint().equals(Endpoints.SIGNED_UPLOAD)
        || (e.endpoint().equals(Endpoints.PUT_ARTIFACT) && e.path().endsWith("/traces.json"));
  }
}
