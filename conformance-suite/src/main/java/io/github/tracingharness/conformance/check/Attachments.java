package io.github.tracingharness.conformance.check;

import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.conformance.history.SpanIds;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Statements about files that belong to a trace. */
public final class Attachments {

  private Attachments() {}

  /** Exactly one accepted upload below the trace's artifacts has this content. */
  public static Check uploadedOnce(String ref, byte[] content) {
    return history -> {
      String expected = "one accepted upload of the bytes %s below the artifacts of the trace of %s"
          .formatted(HexFormat.of().formatHex(content), ref);
      SpanIds ids = history.refs().get(ref);
      List<Exchange> uploads =
          Requests.requests(Endpoints.PUT_ARTIFACT).accepted().in(history).stream()
              .filter(e -> Arrays.equals(e.body().bytes(), content))
              .filter(e -> ids != null && e.path().contains("/" + ids.trace() + "/artifacts/"))
              .toList();
      return uploads.size() == 1
          ? CheckResult.met(Finding.line(uploads.get(0)))
          : Finding.unmet(
              expected,
              uploads.isEmpty() ? "none" : Finding.lines(uploads),
              Finding.requests(history));
    };
  }
}
