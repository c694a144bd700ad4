package io.github.tracingharness.core;

import io.github.tracingharness.core.manager.AttributeLimits;
import io.opentelemetry.sdk.trace.SpanLimits;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings of what makes the spans.
 *
 * @param isolated whether the pipeline has a current span of its own
 * @param propagateToOpenTelemetry whether a span that becomes the current one of an isolated
 *     pipeline becomes OpenTelemetry's too
 * @param disabled whether nothing is ever recorded
 * @param samplingRatio share of the traces that are recorded, 0 to 1
 * @param spanLimits limits of what is set through OpenTelemetry, and of events and links
 * @param attributeLimits limits of the application's attributes that are set through MLflow's API
 * @param resource what the environment says of the process
 */
record ProviderConfig(
    boolean isolated,
    boolean propagateToOpenTelemetry,
    boolean disabled,
    double samplingRatio,
    SpanLimits spanLimits,
    AttributeLimits attributeLimits,
    Map<String, String> resource) {

  private static final Logger logger = LoggerFactory.getLogger(MlflowTracing.class);
  private static final int MAX_ATTRIBUTES = 1024;
  private static final int MAX_EVENTS = 4096;
  private static final int MAX_LINKS = 1024;
  private static final int MANY = 1_000_000;
  private static final String SERVICE_NAME = "service.name";

  static ProviderConfig read(SettingsReader reader) {
    // Ids never come from a generator that the application could seed, so the flag has no effect.
    reader.flag(Setting.ISOLATED_IDS);
    return new ProviderConfig(
        reader.flag(Setting.DEFAULT_PROVIDER).orElse(true),
        reader.flag(Setting.PROPAGATE_TO_OTEL).orElse(false),
        reader.flag(Setting.OTEL_DISABLED).orElse(false),
        samplingRatio(reader),
        spanLimits(reader),
        attributeLimits(reader),
        resource(reader));
  }

  /** As MLflow does, but only for the environment: a program that says 1.5 is wrong. */
  private static double samplingRatio(SettingsReader reader) {
    Setting setting = Setting.SAMPLING_RATIO;
    double most = reader.isFromBuilder(setting) ? 1 : Double.MAX_VALUE;
    double least = reader.isFromBuilder(setting) ? 0 : -Double.MAX_VALUE;
    double ratio = reader.decimal(setting, least, most, 1);
    if (ratio >= 0 && ratio <= 1) {
      return ratio;
    }
    logger.warn(
        "{} is {} but must be a number from 0 to 1; all traces are recorded",
        setting.variable(),
        ratio);
    return 1;
  }

  private static SpanLimits spanLimits(SettingsReader reader) {
    return SpanLimits.builder()
        .setMaxNumberOfAttributes(count(reader, Setting.OTEL_ATTRIBUTES, MAX_ATTRIBUTES))
        .setMaxNumberOfEvents(count(reader, Setting.OTEL_EVENTS, MAX_EVENTS))
        .setMaxNumberOfLinks(count(reader, Setting.OTEL_LINKS, MAX_LINKS))
        .setMaxAttributeValueLength(valueLength(reader))
        .build();
  }

  private static AttributeLimits attributeLimits(SettingsReader reader) {
    return new AttributeLimits(
        count(reader, Setting.OTEL_ATTRIBUTES, Integer.MAX_VALUE), valueLength(reader));
  }

  private static int count(SettingsReader reader, Setting setting, int otherwise) {
    return reader.integer(setting, 1, MANY, otherwise);
  }

  private static int valueLength(SettingsReader reader) {
    return reader.integer(Setting.OTEL_VALUE_LENGTH, 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  private static Map<String, String> resource(SettingsReader reader) {
    Map<String, String> resource = new LinkedHashMap<>();
    reader.text(Setting.OTEL_RESOURCE).ifPresent(text -> {
      for (String pair : text.split(",", -1)) {
        int equals = pair.indexOf('=');
        String key = equals < 0 ? "" : pair.substring(0, equals).strip();
        if (!key.isEmpty()) {
          resource.put(key, decoded(reader, text, pair.substring(equals + 1).strip()));
        } else if (!pair.isBlank()) {
          throw wrongResource(reader, text);
        }
      }
    });
    reader.text(Setting.OTEL_SERVICE).ifPresent(name -> resource.put(SERVICE_NAME, name));
    return Map.copyOf(resource);
  }

  private static String decoded(SettingsReader reader, String text, String value) {
    try {
      // A plus stands for itself in percent-encoding.
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw wrongResource(reader, text);
    }
  }

  private static IllegalArgumentException wrongResource(SettingsReader reader, String text) {
    return reader.wrong(
        Setting.OTEL_RESOURCE, text, "pairs key=value with commas between, percent-encoded");
  }
}
