package io.github.tracingharness.conformance.subject;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tracingharness.conformance.history.SpanIds;
import io.github.tracingharness.core.trace.TraceIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the spans of a case, by whichever API the case wants, in the order that it wants. */
final class SpanMaker {

  private final Application application;
  private final Map<String, MadeSpan> spans = new LinkedHashMap<>();

  SpanMaker(Application application) {
    this.application = application;
  }

  Map<String, SpanIds> make(List<SpanSpec> specs) {
    Map<String, SpanIds> refs = new LinkedHashMap<>();
    for (SpanSpec spec : specs) {
      MadeSpan span = application.start(spec, parent(spec));
      spans.put(spec.ref(), span);
      Map<String, JsonNode> told =
          spec.tell().isEmpty() ? Map.of() : application.tell(spec.tell(), span);
      if (!span.traceId().equals(TraceIds.NO_OP_TRACE_ID)) {
        refs.put(spec.ref(), new SpanIds(span.traceId(), span.spanId(), told));
      }
    }
    for (SpanSpec spec : inOrderOfEnd(specs)) {
      span(spec.ref()).end(spec);
    }
    return refs;
  }

  private MadeSpan parent(SpanSpec spec) {
    String ref = spec.parent();
    return ref == null ? MadeSpan.NONE : span(ref);
  }

  private MadeSpan span(String ref) {
    MadeSpan span = spans.get(ref);
    if (span == null) {
      throw new IllegalStateException("the case names the parent " + ref + " before it exists");
    }
    return span;
  }

  /** Children end before their parents, siblings in order; where the case gives ranks, by rank. */
  private static List<SpanSpec> inOrderOfEnd(List<SpanSpec> specs) {
    List<SpanSpec> ordered = new ArrayList<>();
    specs.stream()
        .filter(spec -> spec.parent() == null)
        .forEach(root -> addAfterChildren(root, specs, ordered));
    if (specs.stream().anyMatch(spec -> spec.endOrder().isPresent())) {
      ordered.sort(Comparator.comparingLong(spec -> spec.endOrder().orElse(Long.MAX_VALUE)));
    }
    return ordered;
  }

  private static void addAfterChildren(
      SpanSpec spec, List<SpanSpec> specs, List<SpanSpec> ordered) {
    specs.stream()
        .filter(child -> spec.ref().equals(child.parent()))
        .forEach(child -> addAfterChildren(child, specs, ordered));
    ordered.add(spec);
  }
}
