package io.github.tracingharness.server.otlp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decoded {@code ExportTraceServiceRequest}.
 *
 * <p>Attribute values are plain: {@code String}, {@code Long}, {@code Double}, {@code Boolean},
 * {@code byte[]}, {@code List}, {@code Map} in order, or null for an empty value.
 *
 * @param resourceSpans the spans by resource, in order
 * @since 0.1.0
 */
public record OtlpRequest(List<ResourceSpans> resourceSpans) {

  /** Copies the list. */
  public OtlpRequest {
    resourceSpans = List.copyOf(resourceSpans);
  }

  /**
   * Decodes a body.
   *
   * @param body the body as received
   * @param contentType the Content-Type, or null
   * @param contentEncoding the Content-Encoding, or null
   * @return the request
   * @throws OtlpException if the real server would refuse the body; the message is the real
   *     server's
   */
  public static OtlpRequest decode(
      byte[] body, @Nullable String contentType, @Nullable String contentEncoding)
      throws OtlpException {
    return OtlpBody.decode(body, contentType, contentEncoding);
  }

  /**
   * All spans, whatever their resource and scope.
   *
   * @return the spans in order
   */
  public List<OtlpSpan> spans() {
    List<OtlpSpan> all = new ArrayList<>();
    resourceSpans.forEach(
        resource -> resource.scopeSpans().forEach(scope -> all.addAll(scope.spans())));
    return all;
  }

  /**
   * The same request without its first spans.
   *
   * @param count how many spans are left out
   * @return the rest, resources and scopes without spans included
   */
  public OtlpRequest withoutFirst(int count) {
    List<ResourceSpans> rest = new ArrayList<>();
    int left = count;
    for (ResourceSpans resource : resourceSpans) {
      List<ScopeSpans> scopes = new ArrayList<>();
      for (ScopeSpans scope : resource.scopeSpans()) {
        int out = Math.min(left, scope.spans().size());
        left -= out;
        scopes.add(new ScopeSpans(
            scope.name(),
            scope.version(),
            scope.attributes(),
            scope.schemaUrl(),
            scope.spans().subList(out, scope.spans().size())));
      }
      rest.add(new ResourceSpans(resource.resourceAttributes(), resource.schemaUrl(), scopes));
    }
    return new OtlpRequest(rest);
  }

  /**
   * The spans of one resource.
   *
   * @param resourceAttributes the resource's attributes in order
   * @param schemaUrl the resource's schema URL, possibly empty
   * @param scopeSpans the spans by scope
   */
  public record ResourceSpans(
      Map<String, @Nullable Object> resourceAttributes,
      String schemaUrl,
      List<ScopeSpans> scopeSpans) {

    /** Copies the list. */
    public ResourceSpans {
      scopeSpans = List.copyOf(scopeSpans);
    }
  }

  /**
   * The spans of one instrumentation scope.
   *
   * @param name the scope's name, possibly empty
   * @param version the scope's version, possibly empty
   * @param attributes the scope's attributes
   * @param schemaUrl the scope's schema URL, possibly empty
   * @param spans the spans in order
   */
  public record ScopeSpans(
      String name,
      String version,
      Map<String, @Nullable Object> attributes,
      String schemaUrl,
      List<OtlpSpan> spans) {

    /** Copies the list. */
    public ScopeSpans {
      spans = List.copyOf(spans);
    }
  }
}
