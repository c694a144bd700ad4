package io.github.tracingharness.conformance.selftest.otlp;

import java.util.Map;
import java.util.Optional;

/** OpenTelemetry's variables of a session. */
record Variables(Map<String, String> values, ConfigRules rules) {

  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).filter(rules::isSet);
  }
}
