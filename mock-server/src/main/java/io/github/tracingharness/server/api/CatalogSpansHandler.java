package io.github.tracingharness.server.api;

import io.github.tracingharness.server.http.Reply;
import io.github.tracingharness.server.http.Request;
import io.github.tracingharness.server.otlp.OtlpException;
import io.github.tracingharness.server.otlp.OtlpRequest;
import io.github.tracingharness.server.state.CatalogNames;
import io.github.tracingharness.server.state.SpanIngest;
import io.github.tracingharness.server.state.TrackingException;

/** {@code POST /api/2.0/otel/v1/traces}: spans for a table of Unity Catalog. */
final class CatalogSpansHandler implements Handler {

  private static final String TABLE_HEADER = "X-Databricks-UC-Table-Name";

  @Override
  public Reply handle(Call call) {
    Request request = call.request();
    String table = request
        .header(TABLE_HEADER)
        .filter(name -> !name.isBlank())
        .orElseThrow(() -> TrackingException.invalid("Missing required header " + TABLE_HEADER));
    if (!CatalogNames.isTable(table)) {
      throw TrackingException.invalid("Invalid table name '" + table + "' in header " + TABLE_HEADER
          + ". Expected <catalog>.<schema>.<table>.");
    }
    try {
      OtlpRequest spans = OtlpRequest.decode(
          request.body(),
          request.header("Content-Type").orElse(null),
          request.header("Content-Encoding").orElse(null));
      call.state().catalog().add(table, OtlpPart.taken(spans, request));
      return OtlpPart.answer(spans, request);
    } catch (OtlpException | SpanIngest.UnusableSpanException refused) {
      throw TrackingException.invalid(String.valueOf(refused.getMessage()));
    }
  }
}
