package io.github.tracingharness.conformance.selftest.edit;

import io.github.tracingharness.conformance.history.CaseHistory;
import io.github.tracingharness.conformance.history.Header;
import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.Payload;
import io.github.tracingharness.conformance.selftest.edit.HistoryEdit.Edited;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Methods, paths, headers, raw bodies, and the answers that requests were given. */
final class RequestEdits {

  /** How a secret of the configuration stands in a history. */
  static final String SECRET = "«secret:auth.bearer:edit»";

  /** What intermediaries add; no statement is made about them. */
  private static final List<String> HOP = List.of("host", "connection");

  private RequestEdits() {}

  static List<HistoryEdit> all(Pool pool) {
    return Stream.of(line(), headers(pool), bytes(), answers())
        .flatMap(List::stream)
        .toList();
  }

  private static List<HistoryEdit> line() {
    return List.of(
        requests(
            "method-changed",
            "Another method is used",
            e -> RecordCopy.with(e, "method", e.method().equals("POST") ? "PUT" : "POST")),
        requests(
            "path-end-changed",
            "The path ends otherwise",
            e -> RecordCopy.with(e, "path", e.path() + "x")),
        requests(
            "path-digit-changed",
            "A digit of the path is another one",
            e -> RecordCopy.with(e, "path", lastDigitChanged(e.path()))),
        requests(
            "path-prefixed",
            "The path has one segment more in front",
            e -> RecordCopy.with(e, "path", "/x" + e.path())),
        requests(
            "path-unknown",
            "The request goes to a path that the server does not know",
            e -> RecordCopy.with(
                e, "path", "/mlflow" + e.path(), "endpoint", "OTHER", "status", 404)),
        requests("query-added", "The address has a query", e -> RecordCopy.with(e, "query", "x=1")),
        requests(
            "query-secret",
            "A secret stands in the query",
            e -> RecordCopy.with(e, "query", "token=" + SECRET)),
        requests(
            "path-secret",
            "A secret stands in the path",
            e -> RecordCopy.with(e, "path", e.path() + "/" + SECRET)));
  }

  private static List<HistoryEdit> headers(Pool pool) {
    return List.of(
        header("header-removed", "A header is missing", h -> List.of()),
        header(
            "header-changed",
            "A header has another value",
            h -> List.of(new Header(h.name(), otherValue(h)))),
        header("header-emptied", "A header has no value", h -> List.of(new Header(h.name(), ""))),
        header(
            "header-secret",
            "A secret stands in a header",
            h -> h.name().equalsIgnoreCase("Authorization")
                ? List.of(h)
                : List.of(new Header(h.name(), h.value() + SECRET))),
        new HistoryEdit(
            "header-added",
            "A request has a header as well that others have",
            h -> Places.requestsAt(h, e -> added(e, pool))),
        requests(
            "content-type-other",
            "The body is said to be plain text",
            e -> withHeader(e, "Content-Type", "text/plain")),
        requests(
            "chunked",
            "The length of the body is not told, but it is sent in chunks",
            e -> withHeader(withoutHeader(e, "Content-Length"), "Transfer-Encoding", "chunked")));
  }

  private static List<HistoryEdit> bytes() {
    return List.of(
        requests("body-emptied", "The body is empty", e -> Bodies.raw(e, new byte[0])),
        requests(
            "body-truncated",
            "The last byte of the body is missing",
            e -> Bodies.raw(
                e, Arrays.copyOf(e.body().bytes(), Math.max(0, e.body().size() - 1)))),
        requests("body-byte-flipped", "A byte of the body is another one", RequestEdits::flipped),
        requests(
            "body-longer",
            "The body is one byte longer than its length says",
            e -> RecordCopy.with(
                e, "body", Payload.of(Arrays.copyOf(e.body().bytes(), e.body().size() + 1)))),
        requests(
            "body-secret",
            "A secret stands in the body",
            e -> RecordCopy.with(e, "body", Payload.of(e.body().text() + SECRET))));
  }

  private static List<HistoryEdit> answers() {
    return List.of(
        requests("status-500", "The request was answered 500", e -> status(e, 500)),
        requests("status-400", "The request was answered 400", e -> status(e, 400)),
        requests("status-broken", "The connection broke instead of an answer", e -> status(e, 0)),
        requests(
            "status-200",
            "What was refused is accepted",
            e -> e.status() == 200 ? e : status(e, 200)));
  }

  private static HistoryEdit requests(String id, String words, UnaryOperator<Exchange> edit) {
    return new HistoryEdit(id, words, h -> Places.requests(h, edit));
  }

  private static HistoryEdit header(
      String id, String words, Function<Header, List<Header>> replacement) {
    Function<CaseHistory, Stream<Edited>> variants = history -> Places.requestsAt(history, e -> {
      Map<String, Exchange> changes = new LinkedHashMap<>();
      for (Header header : e.headers()) {
        if (HOP.contains(header.name().toLowerCase(Locale.ROOT))) {
          continue;
        }
        List<Header> headers = new ArrayList<>(e.headers());
        int at = headers.indexOf(header);
        headers.remove(at);
        headers.addAll(at, replacement.apply(header));
        changes.put(header.name().toLowerCase(Locale.ROOT), RecordCopy.with(e, "headers", headers));
      }
      return changes;
    });
    return new HistoryEdit(id, words, variants);
  }

  private static Map<String, Exchange> added(Exchange e, Pool pool) {
    Map<String, Exchange> changes = new LinkedHashMap<>();
    for (Header header : pool.headers()) {
      if (e.header(header.name()) == null) {
        changes.put(
            header.name().toLowerCase(Locale.ROOT), withHeader(e, header.name(), header.value()));
      }
    }
    return changes;
  }

  private static Exchange withHeader(Exchange e, String name, String value) {
    List<Header> headers = new ArrayList<>(withoutHeader(e, name).headers());
    headers.add(new Header(name, value));
    return RecordCopy.with(e, "headers", headers);
  }

  private static Exchange withoutHeader(Exchange e, String name) {
    List<Header> headers =
        e.headers().stream().filter(h -> !h.name().equalsIgnoreCase(name)).toList();
    return RecordCopy.with(e, "headers", headers);
  }

  /** Another value; a number stays a number. */
  private static String otherValue(Header header) {
    return header.value().matches("[0-9]+") ? header.value() + "7" : "x" + header.value();
  }

  private static String lastDigitChanged(String path) {
    for (int i = path.length() - 1; i >= 0; i--) {
      int digit = Character.digit(path.charAt(i), 10);
      if (digit >= 0) {
        return path.substring(0, i) + (digit + 1) % 10 + path.substring(i + 1);
      }
    }
    return path;
  }

  private static Exchange flipped(Exchange e) {
    byte[] bytes = e.body().bytes();
    if (bytes.length == 0) {
      return e;
    }
    bytes[bytes.length / 2] ^= 0x11;
    return RecordCopy.with(e, "body", Payload.of(bytes));
  }

  private static Exchange status(Exchange e, int status) {
    return RecordCopy.with(e, "status", status);
  }
}
