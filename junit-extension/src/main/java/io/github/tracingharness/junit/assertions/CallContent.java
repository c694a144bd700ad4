package io.github.tracingharness.junit.assertions;

import io.github.tracingharness.core.trace.PythonJson;
import io.github.tracingharness.core.trace.TraceIds;
import io.github.tracingharness.server.Endpoint;
import io.github.tracingharness.server.RecordedCall;
import io.github.tracingharness.server.otlp.OtlpException;
import io.github.tracingharness.server.otlp.OtlpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what calls are about. */
final class CallContent {

  private static final Pattern V3_ID = Pattern.compile("tr-[0-9a-f]{32}");
  private static final Pattern CATALOG_PATH = Pattern.compile("/([0-9a-f]{32})/info$");

  private CallContent() {}

  static boolean bringsSpans(RecordedCall call) {
    return call.endpoint() == Endpoint.OTLP_TRACES || call.endpoint() == Endpoint.UC_SPANS;
  }

  static boolean bringsTraceInfo(RecordedCall call) {
    return call.endpoint() == Endpoint.START_TRACE || call.endpoint() == Endpoint.UC_TRACE_INFO;
  }

  /** Returns the traces that a call names, as MLflow ids, or as plain hex where it says no more. */
  static Set<String> traceIds(RecordedCall call) {
    return switch (call.endpoint()) {
      case START_TRACE -> startedTrace(call).map(Set::of).orElse(Set.of());
      case UC_TRACE_INFO -> {
        Matcher path = CATALOG_PATH.matcher(call.path());
        yield path.find() ? Set.of(path.group(1)) : Set.of();
      }
      case OTLP_TRACES, UC_SPANS ->
        spanIds(call).stream()
            .map(id -> id.substring(0, id.indexOf('/')))
            .collect(Collectors.toSet());
      case LINK_PROMPTS -> found(call.bodyText());
      default -> found(call.path());
    };
  }

  /** Returns trace id and span id of each span in a call. */
  static List<String> spanIds(RecordedCall call) {
    try {
      return OtlpRequest.decode(
              call.body(),
              call.header("content-type").orElse(null),
              call.header("content-encoding").orElse(null))
          .spans()
          .stream()
          .map(span -> span.traceId() + "/" + span.spanId())
          .toList();
    } catch (OtlpException refused) {
      return List.of();
    }
  }

  /** Tells whether a call is about a trace, in whichever form either names it. */
  static boolean concerns(RecordedCall call, String traceId) {
    return traceIds(call).stream().anyMatch(id -> TraceIds.hex(id).equals(TraceIds.hex(traceId)));
  }

  private static Set<String> found(String text) {
    return V3_ID.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static Optional<String> startedTrace(RecordedCall call) {
    try {
      return PythonJson.loads(call.bodyText()) instanceof Map<?, ?> body
              && body.get("trace") instanceof Map<?, ?> trace
              && trace.get("trace_info") instanceof Map<?, ?> info
              && info.get("trace_id") instanceof String id
          ? Optional.of(id)
          : Optional.empty();
    } catch (IllegalArgumentException notJson) {
      return Optional.empty();
    }
  }
}
