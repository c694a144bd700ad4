// The SDK as applications set it up, or the bare exporter with spans that the SDK has finished.
'use strict';

const { defaultResource, detectResources, envDetector } = require('@opentelemetry/resources');
const { BasicTracerProvider, BatchSpanProcessor, InMemorySpanExporter, SimpleSpanProcessor } =
  require('@opentelemetry/sdk-trace-base');
const { specsOf, SpanMaker } = require('./spans');

exports.Pipeline = class {
  constructor(exporter, spanLimits, direct) {
    this.direct = direct;
    this.exporter = exporter;
    this.finished = new InMemorySpanExporter();
    const resource = defaultResource().merge(detectResources({ detectors: [envDetector] }));
    const spanProcessors = [direct ? new SimpleSpanProcessor(this.finished) : new BatchSpanProcessor(exporter)];
    this.maker = new SpanMaker(sampler =>
      new BasicTracerProvider({ resource, spanLimits, spanProcessors, ...(sampler && { sampler }) }));
    this.provider = this.maker.provider;
  }

  emit(command) {
    const begun = process.hrtime.bigint();
    const { refs, longest } = this.maker.make(specsOf(command));
    return {
      refs, accepted: Object.keys(refs).length, caller_max_ns: String(longest),
      caller_total_ns: String(process.hrtime.bigint() - begun),
    };
  }

  async export(command) {
    const { refs } = this.maker.make(specsOf(command));
    await this.provider.forceFlush();
    const batch = this.finished.getFinishedSpans().slice();
    this.finished.reset();
    const result = await new Promise(resolve => this.exporter.export(batch, resolve));
    return { refs, result: result.code === 0 ? 'success' : 'failure', error: result.error && String(result.error) };
  }

  flush(timeoutMillis) {
    return resultOf(this.direct ? this.exporter.forceFlush() : this.provider.forceFlush({ timeoutMillis }));
  }

  shutdown() {
    return resultOf(this.direct ? this.exporter.shutdown() : this.provider.shutdown());
  }
};

/** A promise that is kept is all that the SDK says of a success. */
async function resultOf(promise) {
  try {
    await promise;
    return { result: 'success' };
  } catch (reasons) {
    const text = String(reasons);
    return { result: /within timeout period/.test(text) ? 'timeout' : 'failure', error: text };
  }
}
