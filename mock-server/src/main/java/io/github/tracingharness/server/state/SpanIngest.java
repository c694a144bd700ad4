package io.github.tracingharness.server.state;

import io.github.tracingharness.server.otlp.OtlpRequest;
import io.github.tracingharness.server.otlp.OtlpSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the spans of OTLP requests into traces: all spans of a request or none. */
public final class SpanIngest {

  private static final int TRACE_ID_DIGITS = 32;
  private static final int SPAN_ID_DIGITS = 16;
  private static final String SERVICE_NAME = "service.name";

  /**
   * Services whose name the server copies to the root span. It knows five; the others were not
   * recorded.
   */
  private static final Set<String> COPIED_SERVICES = Set.of("claude-code");

  private static final int MAX_SESSION = 250;

  private final ExperimentStore experiments;
  private final TraceStore traces;

  SpanIngest(ExperimentStore experiments, TraceStore traces) {
    this.experiments = experiments;
    this.traces = traces;
  }

  /** A span that cannot be stored; refused with status 422. */
  public static final class UnusableSpanException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableSpanException(String message) {
      super(message, null, false, false);
    }
  }

  /** The spans of one trace in one request, and what was said beside them. */
  record Batch(
      String traceId,
      List<OtlpSpan> sent,
      List<SpanEntry> spans,
      Map<String, @Nullable Object> resource) {}

  /**
   * Stores the spans of a request.
   *
   * @param request the request
   * @param experimentId where new traces go; known traces stay where they are
   * @throws UnusableSpanException if one span cannot be stored
   */
  public void store(OtlpRequest request, String experimentId) throws UnusableSpanException {
    List<Batch> batches = new ArrayList<>(batches(request).values());
    for (Batch batch : batches) {
      if (traces.find(batch.traceId()).isEmpty()) {
        experiments.get(experimentId);
      }
      SpanFacts.session(batch.spans())
          .ifPresent(session -> TraceStore.requireLength("Session ID", session, MAX_SESSION));
      batch.sent().forEach(SpanFacts::requireStorableType);
    }
    for (Batch batch : batches) {
      traces.edit(
          batch.traceId(),
          () -> experiments.get(experimentId),
          draft -> new SpanMerge(draft, batch).apply());
    }
  }

  private static Map<String, Batch> batches(OtlpRequest request) throws UnusableSpanException {
    Map<String, Batch> batches = new LinkedHashMap<>();
    for (OtlpRequest.ResourceSpans resource : request.resourceSpans()) {
      for (OtlpRequest.ScopeSpans scope : resource.scopeSpans()) {
        for (OtlpSpan span : scope.spans()) {
          requireIds(span);
          String traceId = "tr-" + padded(span.traceId(), TRACE_ID_DIGITS);
          Batch batch = batches.computeIfAbsent(
              traceId,
              id -> new Batch(id, new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>()));
          batch.sent().add(span);
          batch.spans().add(entry(traceId, span, resource.resourceAttributes()));
          // Of several resources in one request the first one names the trace.
          resource.resourceAttributes().forEach(batch.resource()::putIfAbsent);
        }
      }
    }
    return batches;
  }

  private static SpanEntry entry(
      String traceId, OtlpSpan span, Map<String, @Nullable Object> resource) {
    Map<String, String> attributes = new LinkedHashMap<>();
    span.attributes().forEach((key, value) -> attributes.put(key, AttributeText.of(value)));
    attributes.putIfAbsent(TraceKeys.TRACE_REQUEST_ID, '"' + traceId + '"');
    SpanTranslation.apply(attributes);
    if (isRoot(span)
        && resource.get(SERVICE_NAME) instanceof String service
        && COPIED_SERVICES.contains(service)) {
      attributes.putIfAbsent(SERVICE_NAME, AttributeText.of(service));
    }
    return entry(span, attributes);
  }

  /** A parent of zeros is none. */
  static boolean isRoot(OtlpSpan span) {
    return span.parentSpanId().matches("0*");
  }

  /** A stored span with the given attributes. */
  static SpanEntry entry(OtlpSpan span, Map<String, String> attributes) {
    return new SpanEntry(
        padded(span.traceId(), TRACE_ID_DIGITS),
        padded(span.spanId(), SPAN_ID_DIGITS),
        isRoot(span) ? null : padded(span.parentSpanId(), SPAN_ID_DIGITS),
        span.name(),
        SpanFacts.type(span),
        span.startUnixNano(),
        span.endUnixNano(),
        new SpanEntry.Status(code(span.statusCode()), span.statusMessage()),
        attributes,
        span.events().stream()
            .map(event ->
                new SpanEntry.Event(event.name(), event.timeUnixNano(), event.attributes()))
            .toList(),
        span.links().stream()
            .map(link -> new SpanEntry.Link(
                padded(link.traceId(), TRACE_ID_DIGITS),
                padded(link.spanId(), SPAN_ID_DIGITS),
                link.attributes()))
            .toList());
  }

  static void requireIds(OtlpSpan span) throws UnusableSpanException {
    if (span.traceId().isEmpty() || span.spanId().isEmpty()) {
      throw new UnusableSpanException("Cannot convert OpenTelemetry span to MLflow span");
    }
    if (span.traceId().length() > TRACE_ID_DIGITS || span.spanId().length() > SPAN_ID_DIGITS) {
      throw new UnusableSpanException("Failed to log OpenTelemetry spans");
    }
  }

  private static SpanEntry.Code code(int number) {
    return switch (number) {
      case 1 -> SpanEntry.Code.OK;
      case 2 -> SpanEntry.Code.ERROR;
      default -> SpanEntry.Code.UNSET;
    };
  }

  private static String padded(String digits, int length) {
    int zeros = 0;
    while (digits.length() - zeros > length && digits.charAt(zeros) == '0') {
      zeros++;
    }
    return "0".repeat(Math.max(0, length - digits.length())) + digits.substring(zeros);
  }

  /**
   * The sum that is declared in the size statistics of a trace.
   *
   * @param trace the trace
   * @return the number of spans that the client announced, or empty
   */
  public static Optional<Integer> announcedSpans(TraceEntry trace) {
    return SpanFacts.announcedSpans(trace.metadata().get(TraceKeys.SIZE_STATS));
  }
}
