package io.github.tracingharness.server.search;

import io.github.tracingharness.server.state.TraceEntry;
import io.github.tracingharness.server.state.TraceKeys;
import io.github.tracingharness.server.state.TrackingException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a filter or an order looks at.
 *
 * @param kind the kind of thing
 * @param name its name without prefix and quotes
 */
record Key(Kind kind, String name) {

  enum Kind {
    NUMBER,
    TEXT,
    /** Tags, metadata and the trace name: they can be absent. */
    ENTRY_TAG,
    ENTRY_METADATA,
    PROMPT,
    SPAN,
    FEEDBACK,
    EXPECTATION,
    ISSUE
  }

  static final Set<String> NUMBERS = Set.of(
      "timestamp",
      "timestamp_ms",
      "execution_time",
      "execution_time_ms",
      "end_time",
      "end_time_ms");
  private static final List<String> ENTITIES = List.of(
      "attribute",
      "attributes",
      "trace",
      "tag",
      "tags",
      "metadata",
      "request_metadata",
      "span",
      "feedback",
      "expectation",
      "issue");
  private static final List<String> FILTER_KEYS = List.of(
      "request_id",
      "timestamp",
      "timestamp_ms",
      "execution_time",
      "execution_time_ms",
      "end_time",
      "end_time_ms",
      "status",
      "client_request_id",
      "name",
      "run_id",
      "prompt",
      "text");
  private static final List<String> ORDER_KEYS = List.of(
      "experiment_id",
      "request_id",
      "timestamp",
      "timestamp_ms",
      "execution_time",
      "execution_time_ms",
      "end_time",
      "end_time_ms",
      "status",
      "name",
      "run_id");

  static Key ofFilter(String written) {
    return of(written, FILTER_KEYS);
  }

  static Key ofOrder(String written) {
    Key key = of(written, ORDER_KEYS);
    return switch (key.kind()) {
      case SPAN, FEEDBACK, EXPECTATION, ISSUE ->
        throw TrackingException.invalid(
            "Invalid identifier type '" + written.split("\\.", 2)[0] + "'");
      default -> key;
    };
  }

  private static Key of(String written, List<String> attributes) {
    String[] parts = written.split("\\.", 2);
    if (parts.length == 1) {
      return attribute(unquoted(written), attributes);
    }
    String entity = parts[0].toLowerCase(Locale.ROOT);
    String name = unquoted(parts[1]);
    return switch (entity) {
      case "attribute", "attributes", "trace" -> attribute(name, attributes);
      case "tag", "tags" -> new Key(Kind.ENTRY_TAG, name);
      case "metadata", "request_metadata" -> new Key(Kind.ENTRY_METADATA, name);
      case "span" -> new Key(Kind.SPAN, name);
      case "feedback" -> new Key(Kind.FEEDBACK, name);
      case "expectation" -> new Key(Kind.EXPECTATION, name);
      case "issue" -> new Key(Kind.ISSUE, name);
      default ->
        throw TrackingException.invalid(
            "Invalid entity type '" + parts[0] + "'. Valid values are " + pythonSet(ENTITIES));
    };
  }

  private static Key attribute(String name, List<String> valid) {
    if (!valid.contains(name)) {
      throw TrackingException.invalid("Invalid attribute key '"
          + name
          + "' specified. Valid keys are '"
          + pythonSet(valid)
          + "'");
    }
    if (NUMBERS.contains(name)) {
      return new Key(Kind.NUMBER, name);
    }
    if (name.equals("name")) {
      return new Key(Kind.ENTRY_TAG, TraceKeys.TRACE_NAME);
    }
    if (name.equals("prompt")) {
      return new Key(Kind.PROMPT, name);
    }
    return name.equals("text") ? new Key(Kind.SPAN, SpanFilters.CONTENT) : new Key(Kind.TEXT, name);
  }

  @Nullable
  Long number(TraceEntry trace) {
    return switch (name) {
      case "timestamp", "timestamp_ms" -> Long.valueOf(trace.requestMillis());
      case "execution_time", "execution_time_ms" -> trace.durationMillis();
      default -> {
        Long duration = trace.durationMillis();
        yield trace.requestMillis() + (duration == null ? 0 : duration);
      }
    };
  }

  @Nullable
  String text(TraceEntry trace) {
    return switch (kind) {
      case ENTRY_TAG -> trace.tags().get(name);
      case ENTRY_METADATA -> trace.metadata().get(name);
      default ->
        switch (name) {
          case "request_id" -> trace.id();
          case "status" -> trace.state().name();
          case "client_request_id" -> trace.clientRequestId();
          case "run_id" -> trace.metadata().get("mlflow.sourceRun");
          default -> trace.experimentId();
        };
    };
  }

  static String unquoted(String name) {
    boolean quoted = name.length() >= 2
        && (name.charAt(0) == '`' || name.charAt(0) == '"')
        && name.charAt(name.length() - 1) == name.charAt(0);
    return quoted ? name.substring(1, name.length() - 1) : name;
  }

  /** A set as Python prints it; its order there is random. */
  static String pythonSet(Iterable<String> names) {
    return "{'" + String.join("', '", names) + "'}";
  }

  static String pythonSet(String... names) {
    return pythonSet(Arrays.asList(names));
  }
}
