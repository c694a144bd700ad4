// Brings the variables of OpenTelemetry to the SDK, which reads most of them by itself.
'use strict';

const OPTIONS = ['ENDPOINT', 'HEADERS', 'TIMEOUT', 'COMPRESSION', 'CERTIFICATE', 'CLIENT_KEY', 'CLIENT_CERTIFICATE'];

// The SDK has an option for these, but no variable of that name.
const LIMITS = {
  OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: 'attributePerEventCountLimit',
  OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: 'attributePerLinkCountLimit',
};

exports.VARIABLES = [
  ...OPTIONS.map(option => `OTEL_EXPORTER_OTLP_${option}`),
  ...OPTIONS.map(option => `OTEL_EXPORTER_OTLP_TRACES_${option}`),
  // Meant for gRPC; must have no effect here.
  'OTEL_EXPORTER_OTLP_INSECURE',
  'OTEL_BSP_SCHEDULE_DELAY', 'OTEL_BSP_MAX_QUEUE_SIZE', 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 'OTEL_BSP_EXPORT_TIMEOUT',
  'OTEL_SERVICE_NAME', 'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_ATTRIBUTE_COUNT_LIMIT', 'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT',
  'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', 'OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT',
  'OTEL_SPAN_EVENT_COUNT_LIMIT', 'OTEL_SPAN_LINK_COUNT_LIMIT',
  'OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG',
  ...Object.keys(LIMITS),
];

/** Sets the environment, and answers the limits that must be given in code. */
exports.apply = (destination, config) => {
  const variables = Object.fromEntries(Object.entries(config).filter(([key]) => key.startsWith('OTEL_')));
  if (destination.endpoint && !('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT' in variables)) {
    variables.OTEL_EXPORTER_OTLP_ENDPOINT ??= destination.endpoint;
  }
  for (const [key, value] of Object.entries(variables)) if (value !== null) process.env[key] = value;
  return Object.fromEntries(
    Object.entries(LIMITS).filter(([key]) => key in config).map(([key, option]) => [option, Number(config[key])]));
};
