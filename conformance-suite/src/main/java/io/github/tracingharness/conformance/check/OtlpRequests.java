package io.github.tracingharness.conformance.check;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.Header;
import io.github.tracingharness.conformance.history.HistoryEvent.Connection;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.SpanIds;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Statements about the requests to a collector as messages of OTLP. */
public final class OtlpRequests {

  /** Headers that belong to a connection, so that two attempts may differ in them. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "keep-alive", "transfer-encoding", "content-length", "te", "upgrade");

  private static final Requests TRACES = Requests.requests(Endpoints.OTLP_TRACES);

  private OtlpRequests() {}

  /** Each body is an ExportTraceServiceRequest in the encoding that Content-Type says. */
  public static Check decode() {
    return TRACES.each(
        "a body that is an ExportTraceServiceRequest in its Content-Type",
        e -> e.body().size() > 0 && SentSpan.decode(e).isPresent());
  }

  /** Each is compressed with gzip and says so, or is not and does not. */
  public static Check compressed(boolean gzip) {
    return TRACES.each(
        gzip ? "a body in gzip and Content-Encoding: gzip" : "a body that is not compressed",
        e -> isGzip(e) == gzip
            && "gzip".equalsIgnoreCase(e.header("Content-Encoding")) == gzip
            && SentSpan.decode(e).isPresent());
  }

  private static boolean isGzip(Exchange e) {
    byte[] body = e.body().bytes();
    return body.length > 2 && (body[0] & 0xff) == 0x1f && (body[1] & 0xff) == 0x8b;
  }

  /** Each has a header exactly once, with this value. */
  public static Check headerOnce(String name, String value) {
    return TRACES.each(
        "one header %s: %s".formatted(name, value), e -> values(e, name).equals(List.of(value)));
  }

  /** Each has a header exactly once. */
  public static Check headerOnce(String name, Predicate<String> statement, String words) {
    return TRACES.each("one header %s %s".formatted(name, words), e -> {
      List<String> values = values(e, name);
      return values.size() == 1 && statement.test(values.get(0));
    });
  }

  private static List<String> values(Exchange e, String name) {
    return e.headers().stream()
        .filter(h -> h.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  /** All are the same request: method, target, body without compression, and headers. */
  public static Check same() {
    return history -> {
      List<Exchange> requests = TRACES.in(history);
      String expected = "all attempts to be the same request";
      if (requests.isEmpty()) {
        return Finding.unmet(expected, "no request", Finding.requests(history));
      }
      Exchange first = requests.get(0);
      for (Exchange e : requests) {
        Optional<String> difference = difference(first, e);
        if (difference.isPresent()) {
          return Finding.unmet(expected, difference.get() + " of " + Finding.line(e), line(first));
        }
      }
      return CheckResult.met(requests.size() + " times the same request");
    };
  }

  private static Optional<String> difference(Exchange a, Exchange b) {
    if (!a.method().equals(b.method()) || !a.path().equals(b.path())) {
      return Optional.of("another target");
    }
    if (!a.query().equals(b.query())) {
      return Optional.of("another query");
    }
    if (!lines(a).equals(lines(b))) {
      return Optional.of("other headers: " + lines(b));
    }
    return SentSpan.decode(a).equals(SentSpan.decode(b)) && a.body().size() > 0
        ? Optional.empty()
        : Optional.of("another body");
  }

  private static List<String> lines(Exchange e) {
    return e.headers().stream()
        .filter(h -> !OF_THE_CONNECTION.contains(h.name().toLowerCase(Locale.ROOT)))
        .map(h -> h.name().toLowerCase(Locale.ROOT) + ": " + h.value())
        .sorted()
        .toList();
  }

  private static String line(Exchange e) {
    return Finding.line(e) + " with " + lines(e);
  }

  /** No span of a request that was answered with this status was sent again. */
  public static Check notRepeatedAfter(int status) {
    return history -> {
      List<Exchange> requests = TRACES.in(history);
      Set<String> refused = new HashSet<>();
      for (Exchange e : requests) {
        for (SentSpan span : SentSpan.of(e)) {
          if (refused.contains(span.span().spanId())) {
            return Finding.unmet(
                "no span to be sent again after the answer %d".formatted(status),
                span.describe(),
                Finding.requests(history));
          }
          if (e.status() == status) {
            refused.add(span.span().spanId());
          }
        }
      }
      return CheckResult.met("%d spans, none sent again".formatted(refused.size()));
    };
  }

  /** Every span that was refused with this status is in no later request. */
  public static Check answeredWith(int status) {
    return TRACES
        .where(
            "answered " + status, e -> e.status() == status && !SentSpan.of(e).isEmpty())
        .atLeast(1);
  }

  /** No request has more spans than this. */
  public static Check spansAtMost(int most) {
    return TRACES.each("at most %d spans".formatted(most), e -> SentSpan.of(e).size() <= most);
  }

  /** Never more than one request was under way. */
  public static Check oneAtATime() {
    return TRACES.each(
        "no other request under way", e -> e.wire() != null && e.wire().inFlight() == 1);
  }

  /** All requests came on one connection. */
  public static Check oneConnection() {
    return history -> {
      List<Exchange> requests = TRACES.in(history);
      Set<Integer> connections = new HashSet<>();
      requests.forEach(e -> connections.add(e.connection()));
      return connections.size() == 1
          ? CheckResult.met("%d requests on one connection".formatted(requests.size()))
          : Finding.unmet(
              "all requests on one connection",
              "%d connections".formatted(connections.size()),
              Finding.requests(history));
    };
  }

  /** So many different spans at most were delivered. */
  public static Check deliveredAtMost(int most) {
    return history -> {
      Set<String> ids = new HashSet<>();
      SentSpan.all(history).stream()
          .filter(s -> Requests.isAccepted(s.exchange()))
          .forEach(s -> ids.add(s.span().spanId()));
      return ids.size() <= most
          ? CheckResult.met("%d spans delivered".formatted(ids.size()))
          : Finding.unmet(
              "at most %d spans delivered".formatted(most),
              Integer.toString(ids.size()),
              Finding.requests(history));
    };
  }

  /** Every request that was accepted had its answer before the n-th answer to an operation. */
  public static Check answeredBeforeReply(String op, int n) {
    return history -> {
      String expected = "every request to be answered before the answer to %s %d".formatted(op, n);
      List<Exchange> accepted = TRACES.accepted().in(history);
      if (history.replies(op).size() < n || accepted.isEmpty()) {
        return Finding.unmet(
            expected, "no accepted request or no answer", Finding.requests(history));
      }
      long reply = history.replies(op).get(n - 1).at();
      return accepted.stream()
          .filter(e -> e.answeredAt() > reply)
          .findFirst()
          .map(e -> Finding.unmet(
              expected,
              "%d ms after it".formatted((e.answeredAt() - reply) / 1_000_000),
              Finding.line(e)))
          .orElseGet(() -> CheckResult.met("%d requests, all before".formatted(accepted.size())));
    };
  }

  /** Each came by a version of TLS that the pattern matches, such as {@code TLSv1.3}. */
  public static Check tls(String pattern) {
    return TRACES.each(
        "TLS " + pattern, e -> matches(e.wire() == null ? null : e.wire().tls(), pattern));
  }

  /** Each came with a client certificate whose subject the pattern matches. */
  public static Check clientCertificate(String pattern) {
    return TRACES.each(
        "a client certificate of " + pattern,
        e -> matches(e.wire() == null ? null : e.wire().clientCertificate(), pattern));
  }

  private static boolean matches(@Nullable String text, String pattern) {
    return text != null && text.matches(pattern);
  }

  /** No client gave a request up. */
  public static Check noneGivenUp() {
    return TRACES.each(
        "an answer that was waited for", e -> e.wire() != null && e.wire().gaveUpAt() == 0);
  }

  /** No span of this ref was sent. */
  public static Check neverSent(String ref) {
    return history -> {
      SpanIds ids = history.refs().get(ref);
      List<SentSpan> sent = ids == null ? List.of() : SentSpan.of(history, ids);
      return sent.isEmpty()
          ? CheckResult.met(ref + " was not sent")
          : Finding.unmet(
              "span %s not to be sent".formatted(ref),
              sent.get(0).describe(),
              Finding.requests(history));
    };
  }

  /** Something of this kind happened to a connection, so many times at least. */
  public static Check connectionEvents(String what, int least) {
    return history -> {
      long found = events(history, what);
      return found >= least
          ? CheckResult.met("%d times %s".formatted(found, what))
          : Finding.unmet(
              "%s on a connection, %d times at least".formatted(what, least),
              Long.toString(found),
              Finding.requests(history));
    };
  }

  /** Nothing of this kind happened to a connection. */
  public static Check noConnectionEvent(String what) {
    return history -> {
      long found = events(history, what);
      return found == 0
          ? CheckResult.met("no " + what)
          : Finding.unmet(
              "no %s on a connection".formatted(what), found + " times", Finding.requests(history));
    };
  }

  private static long events(CaseHistory history, String what) {
    return history.all(Connection.class).stream()
        .filter(c -> c.what().equals(what))
        .count();
  }
}
