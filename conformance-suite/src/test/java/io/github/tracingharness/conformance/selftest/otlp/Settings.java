package io.github.tracingharness.conformance.selftest.otlp;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/**
 * What the variables say.
 *
 * @param timeoutMillis limit of an export with all its attempts; 0 for none
 * @param certificate PEM file of the authorities to trust, if not those of the machine
 */
record Settings(
    Address address,
    boolean json,
    boolean gzip,
    Map<String, String> headers,
    long timeoutMillis,
    Optional<Path> certificate,
    Optional<Path> clientKey,
    Optional<Path> clientCertificate,
    Batching batching,
    Limits limits,
    Map<String, String> resource,
    boolean disabled) {

  /** Settings of the batch pipeline; times in milliseconds, an export timeout of 0 is none. */
  record Batching(long delayMillis, long exportTimeoutMillis, int maxQueue, int maxBatch) {}

  /** Limits of spans; a length of {@link Integer#MAX_VALUE} is none. */
  record Limits(
      int attributes, int valueLength, int events, int links, int perEvent, int perLink) {}

  static Settings read(Map<String, String> values, ConfigRules rules, Diagnostics log) {
    Variables variables = new Variables(values, rules);
    Reader reader = new Reader(variables, rules, log);
    return new Settings(
        Address.read(variables, rules),
        reader
            .oneOf("PROTOCOL", List.of("http/protobuf", "http/json"), rules.defaultProtocol())
            .equals("http/json"),
        reader.oneOf("COMPRESSION", List.of("none", "gzip"), "none").equals("gzip"),
        rules.headers(variables, log),
        reader.otlpTimeout(10_000),
        rules.option(variables, "CERTIFICATE").map(Path::of),
        rules.option(variables, "CLIENT_KEY").map(Path::of),
        rules.option(variables, "CLIENT_CERTIFICATE").map(Path::of),
        reader.batching(),
        reader.limits(),
        rules.resourceAttributes(variables, log),
        variables.get("OTEL_SDK_DISABLED").map(rules::truth).orElse(false));
  }

  /** Reads single values and tells what is wrong with them. */
  private record Reader(Variables variables, ConfigRules rules, Diagnostics log) {

    String oneOf(String option, List<String> known, String otherwise) {
      Optional<String> value = rules.option(variables, option).map(rules::enumValue);
      if (value.isPresent() && !known.contains(value.get())) {
        rules.ignored(log, ConfigRules.OTLP + option, "it must be one of " + known);
        return otherwise;
      }
      return value.orElse(otherwise);
    }

    long otlpTimeout(long otherwise) {
      Optional<String> value = rules.option(variables, "TIMEOUT");
      return value.isEmpty()
          ? otherwise
          : rules.millis(number(ConfigRules.OTLP + "TIMEOUT", value.get(), otherwise, n -> true));
    }

    Batching batching() {
      int maxQueue = (int) number("OTEL_BSP_MAX_QUEUE_SIZE", 2048, rules::isPositive);
      long maxBatch = number("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", 512, rules::isPositive);
      if (maxBatch > maxQueue) {
        rules.ignored(log, "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "it is larger than the queue");
        maxBatch = maxQueue;
      }
      return new Batching(
          number("OTEL_BSP_SCHEDULE_DELAY", 5_000, rules::isPositive),
          number("OTEL_BSP_EXPORT_TIMEOUT", 30_000, n -> true),
          maxQueue,
          (int) maxBatch);
    }

    Limits limits() {
      long general = number("OTEL_ATTRIBUTE_COUNT_LIMIT", 128, n -> true);
      long length = number("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", Integer.MAX_VALUE, n -> true);
      return new Limits(
          (int) number("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", general, n -> true),
          (int) number("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", length, n -> true),
          (int) number("OTEL_SPAN_EVENT_COUNT_LIMIT", 128, n -> true),
          (int) number("OTEL_SPAN_LINK_COUNT_LIMIT", 128, n -> true),
          (int) number("OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", 128, n -> true),
          (int) number("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", 128, n -> true));
    }

    private long number(String variable, long otherwise, LongPredicate allowed) {
      return variables
          .get(variable)
          .map(value -> number(variable, value, otherwise, allowed))
          .orElse(otherwise);
    }

    private long number(String variable, String value, long otherwise, LongPredicate allowed) {
      OptionalLong number = rules.number(value);
      if (number.isEmpty()
          || number.getAsLong() > Integer.MAX_VALUE
          || !allowed.test(number.getAsLong())) {
        rules.ignored(log, variable, "its value is out of range or no whole number");
        return otherwise;
      }
      return number.getAsLong();
    }
  }
}
