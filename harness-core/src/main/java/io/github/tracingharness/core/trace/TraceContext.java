package io.github.tracingharness.core.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What traces have from their surroundings, whatever code starts them: tags and metadata, among
 * them the session and the user. Immutable.
 *
 * @param tags tags, which may be changed later on the server
 * @param metadata values that stay as they are
 * @see <a href="https://mlflow.org/docs/latest/api_reference/python_api/mlflow.tracing.html">
 *     mlflow.tracing.context</a>
 * @since 0.1.0
 */
public record TraceContext(Map<String, String> tags, Map<String, String> metadata) {

  private static final TraceContext EMPTY = new TraceContext(Map.of(), Map.of());

  /** Keeps copies of the maps. */
  public TraceContext {
    tags = Map.copyOf(tags);
    metadata = Map.copyOf(metadata);
  }

  /** Returns a context that says nothing. */
  public static TraceContext empty() {
    return EMPTY;
  }

  /**
   * Returns this context with a tag more. The tag {@code mlflow.traceName} has no effect: the name
   * of a trace is that of its root span.
   */
  public TraceContext withTag(String key, String value) {
    return new TraceContext(with(tags, key, value), metadata);
  }

  /** Returns this context with a metadata value more. */
  public TraceContext withMetadata(String key, String value) {
    return new TraceContext(tags, with(metadata, key, value));
  }

  /** Returns this context with the session that traces belong to. */
  public TraceContext withSession(String sessionId) {
    return withMetadata(TraceMetadataKey.SESSION, sessionId);
  }

  /** Returns this context with the user of the traced application. */
  public TraceContext withUser(String user) {
    return withMetadata(TraceMetadataKey.TRACE_USER, user);
  }

  /** Returns what holds inside of this context for one within it, whose values win. */
  public TraceContext enclosing(TraceContext inner) {
    Map<String, String> allTags = new LinkedHashMap<>(tags);
    allTags.putAll(inner.tags);
    Map<String, String> allMetadata = new LinkedHashMap<>(metadata);
    allMetadata.putAll(inner.metadata);
    return new TraceContext(allTags, allMetadata);
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(map);
    more.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
    return more;
  }
}
