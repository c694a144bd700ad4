package io.github.tracingharness.core;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;

/** Describes the process with OpenTelemetry's settings of its name and attributes. */
final class OtelResource {

  private static final String SERVICE_NAME = "service.name";

  private OtelResource() {}

  static Resource read(SettingsReader reader) {
    AttributesBuilder attributes = Attributes.builder();
    OtlpConfig.pairs(reader, Setting.OTEL_RESOURCE_ATTRIBUTES).forEach(attributes::put);
    reader
        .text(Setting.OTEL_SERVICE_NAME)
        .ifPresent(name -> attributes.put(SERVICE_NAME, name.strip()));
    return Resource.getDefault().merge(Resource.create(attributes.build()));
  }
}
