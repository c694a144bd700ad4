package io.github.tracingharness.conformance.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a session sends and how.
 *
 * @param endpoint base address, with a path prefix that must be kept
 * @param destination what at that address takes the traces
 * @param settings keys of the driver protocol's configuration table
 */
public record SessionConfig(String endpoint, Destination destination, ObjectNode settings) {

  /** Returns a setting, if it was given. */
  public Optional<JsonNode> get(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  /** Hands a whole number on, if the setting was given. */
  public void ifNumber(String key, Consumer<Integer> use) {
    get(key).ifPresent(value -> use.accept(value.intValue()));
  }

  /** Hands a truth value on, if the setting was given. */
  public void ifFlag(String key, Consumer<Boolean> use) {
    get(key).ifPresent(value -> use.accept(value.booleanValue()));
  }

  /** Hands a number of milliseconds on, if the setting was given. */
  public void ifMillis(String key, Consumer<Duration> use) {
    get(key).ifPresent(value -> use.accept(Duration.ofMillis(value.longValue())));
  }
}
