package io.github.tracingharness.conformance.check;

import io.github.tracingharness.conformance.history.HistoryEvent.Exchange;
import io.github.tracingharness.server.otlp.OtlpRequest;
import io.github.tracingharness.server.otlp.OtlpRequest.ResourceSpans;
import io.github.tracingharness.server.otlp.OtlpRequest.ScopeSpans;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Statements about how requests group their spans. */
public final class Envelopes {

  private Envelopes() {}

  /** In each request a resource, and a scope of a resource, stands once. */
  public static Check grouped() {
    return history -> {
      String expected = "each resource and each of its scopes once in a request";
      List<Exchange> requests = history.exchanges(Endpoints.OTLP_TRACES);
      if (requests.isEmpty()) {
        return Finding.unmet(expected, "no request", Finding.requests(history));
      }
      for (Exchange e : requests) {
        OtlpRequest request = SentSpan.decode(e).orElse(new OtlpRequest(List.of()));
        if (isRepeated(request)) {
          return Finding.unmet(expected, words(request), Finding.line(e));
        }
      }
      return CheckResult.met("%d requests".formatted(requests.size()));
    };
  }

  private static boolean isRepeated(OtlpRequest request) {
    Set<String> resources = new HashSet<>();
    for (ResourceSpans resource : request.resourceSpans()) {
      Set<String> scopes = new HashSet<>();
      boolean twice = !resources.add(resource.resourceAttributes() + resource.schemaUrl());
      for (ScopeSpans scope : resource.scopeSpans()) {
        twice |= !scopes.add(name(scope));
      }
      if (twice) {
        return true;
      }
    }
    return false;
  }

  private static String name(ScopeSpans scope) {
    return scope.name() + " " + scope.version() + " " + scope.attributes() + scope.schemaUrl();
  }

  private static String words(OtlpRequest request) {
    return request.resourceSpans().stream()
        .map(r -> "a resource with the scopes "
            + r.scopeSpans().stream().map(Envelopes::name).toList())
        .toList()
        .toString();
  }
}
