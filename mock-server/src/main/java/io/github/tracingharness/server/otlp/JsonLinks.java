package io.github.tracingharness.server.otlp;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The links of JSON requests as the real server understands them. It takes the ids of spans as
 * hexadecimal digits, as OTLP says, but those of links as base64, as protobuf says, so that a link
 * leads to an id that nobody sent.
 */
public final class JsonLinks {

  private JsonLinks() {}

  /**
   * Misreads the links of a request.
   *
   * @param request a request that was sent as JSON
   * @return the same request with the link ids that the real server stores
   */
  public static OtlpRequest misread(OtlpRequest request) {
    return new OtlpRequest(request.resourceSpans().stream()
        .map(resource -> new OtlpRequest.ResourceSpans(
            resource.resourceAttributes(),
            resource.schemaUrl(),
            resource.scopeSpans().stream().map(JsonLinks::scope).toList()))
        .toList());
  }

  private static OtlpRequest.ScopeSpans scope(OtlpRequest.ScopeSpans scope) {
    return new OtlpRequest.ScopeSpans(
        scope.name(),
        scope.version(),
        scope.attributes(),
        scope.schemaUrl(),
        scope.spans().stream().map(JsonLinks::span).toList());
  }

  private static OtlpSpan span(OtlpSpan span) {
    List<OtlpSpan.Link> links = span.links().stream()
        .map(link -> new OtlpSpan.Link(
            base64(link.traceId()),
            base64(link.spanId()),
            link.traceState(),
            link.attributes(),
            link.droppedAttributes(),
            link.flags()))
        .toList();
    return span.withLinks(links);
  }

  private static String base64(String digits) {
    // Digits come in pairs. An odd number of pairs is padded as base64 is.
    String padded = digits.length() % 4 == 0 ? digits : digits + "==";
    return HexFormat.of().formatHex(Base64.getDecoder().decode(padded));
  }
}
