package io.github.tracingharness.conformance.selftest.otlp;

/** All that an exporter decides. A mutant replaces one of these by one that decides wrongly. */
record Rules(
    ConfigRules config,
    PayloadRules payload,
    WireRules wire,
    RetryRules retry,
    PipelineRules pipeline) {

  /** The rules of a sound exporter. */
  static final Rules SOUND = new Rules(
      new ConfigRules(),
      new PayloadRules(),
      new WireRules(),
      new RetryRules(),
      new PipelineRules());

  /** Replaces the rules of configuration. */
  Rules with(ConfigRules other) {
    return new Rules(other, payload, wire, retry, pipeline);
  }

  /** Replaces the rules of payload. */
  Rules with(PayloadRules other) {
    return new Rules(config, other, wire, retry, pipeline);
  }

  /** Replaces the rules of requests and answers. */
  Rules with(WireRules other) {
    return new Rules(config, payload, other, retry, pipeline);
  }

  /** Replaces the rules of retries. */
  Rules with(RetryRules other) {
    return new Rules(config, payload, wire, other, pipeline);
  }

  /** Replaces the rules of pipelines. */
  Rules with(PipelineRules other) {
    return new Rules(config, payload, wire, retry, other);
  }
}
