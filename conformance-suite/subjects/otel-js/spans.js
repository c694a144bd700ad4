// Makes the spans of a command through the OpenTelemetry API.
'use strict';

const { createTraceState, defaultTextMapGetter, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } =
  require('@opentelemetry/api');
const { W3CTraceContextPropagator } = require('@opentelemetry/core');
const { SamplingDecision } = require('@opentelemetry/sdk-trace-base');

// JavaScript has one type of numbers; its API has neither bytes nor maps, and no attributes of scopes.
exports.FEATURES = ['attributes', 'events', 'links', 'status', 'kind', 'scope', 'nan', 'remote-parent', 'trace-state',
  'not-sampled', 'lone-surrogate', 'never-ended', 'end-twice', 'end-order'];

/** The list of spans, also where a `gen` stands for them. */
exports.specsOf = ({ spans, gen }) => {
  if (!gen) return spans;
  const { template, count, pad } = gen;
  const padding = pad ? [{ key: pad.key, value: { stringValue: 'x'.repeat(pad.chars) } }] : [];
  const attributes = [...(template.attributes ?? []), ...padding];
  return Array.from({ length: count }, (_, n) => ({ ...template, attributes, ref: `${template.ref}-${n}` }));
};

exports.SpanMaker = class {
  /** Takes a function that makes a provider, of one pipeline, with a sampler or the SDK's own. */
  constructor(provide) {
    this.provide = provide;
    this.provider = provide();
  }

  make(specs) {
    const made = {};
    for (const spec of specs) made[spec.ref] = this.start(spec, made);
    let longest = 0n;
    const ending = [...specs].reverse();
    ending.sort((a, b) => (a.end_order ?? Number.MAX_VALUE) - (b.end_order ?? Number.MAX_VALUE));
    for (const spec of ending) {
      for (let n = spec.end === null ? 0 : spec.end_times ?? 1; n > 0; n--) {
        const begun = process.hrtime.bigint();
        made[spec.ref].end(time(spec.end));
        const took = process.hrtime.bigint() - begun;
        if (took > longest) longest = took;
      }
    }
    const refs = {};
    for (const [ref, span] of Object.entries(made)) {
      const { traceId, spanId } = span.spanContext();
      if (trace.isSpanContextValid(span.spanContext())) refs[ref] = { trace: traceId, span: spanId };
    }
    return { refs, longest };
  }

  start(spec, made) {
    let parent = ROOT_CONTEXT;
    if (spec.parent) {
      parent = trace.setSpan(parent, made[spec.parent]);
    } else if (spec.remote_parent) {
      parent = new W3CTraceContextPropagator().extract(parent, spec.remote_parent, defaultTextMapGetter);
    }
    const scope = spec.scope ?? { name: 'application' };
    const provider = 'sampled' in spec || 'trace_state' in spec ? this.provide(said(spec)) : this.provider;
    const span = provider.getTracer(scope.name, scope.version, { schemaUrl: scope.schema_url }).startSpan(spec.name, {
      kind: SpanKind[spec.kind ?? 'INTERNAL'],
      startTime: time(spec.start),
      links: (spec.links ?? []).map(link => ({ context: linked(link, made), attributes: attributes(link) })),
    }, parent);
    for (const { key, value } of spec.attributes ?? []) span.setAttribute(key, plain(value));
    for (const event of spec.events ?? []) span.addEvent(event.name, attributes(event), time(event.time));
    if (spec.status) span.setStatus({ code: SpanStatusCode[spec.status.code], message: spec.status.message });
    return span;
  }
};

/** Decides what the case says of a span. */
function said(spec) {
  return {
    shouldSample: () => ({
      decision: spec.sampled === false ? SamplingDecision.NOT_RECORD : SamplingDecision.RECORD_AND_SAMPLED,
      ...(spec.trace_state && { traceState: createTraceState(spec.trace_state) }),
    }),
    toString: () => 'said',
  };
}

function linked(link, made) {
  const context = link.ref
    ? made[link.ref].spanContext()
    : { traceId: link.trace, spanId: link.span, traceFlags: TraceFlags.SAMPLED };
  return {
    ...context,
    ...(link.remote && { isRemote: true }),
    ...(link.trace_state && { traceState: createTraceState(link.trace_state) }),
  };
}

/** Seconds and nanoseconds, as a number cannot hold the nanoseconds of today. */
function time(nanos) {
  return nanos === undefined || nanos === null
    ? undefined
    : [Number(BigInt(nanos) / 1_000_000_000n), Number(BigInt(nanos) % 1_000_000_000n)];
}

const attributes = spec => Object.fromEntries((spec.attributes ?? []).map(({ key, value }) => [key, plain(value)]));

/** The JavaScript value of an OTLP/JSON AnyValue. */
function plain(anyValue) {
  const [kind, content] = Object.entries(anyValue)[0] ?? ['empty', null];
  switch (kind) {
    case 'stringValue': case 'boolValue': return content;
    case 'intValue': case 'doubleValue': return Number(content); // takes "NaN" and "Infinity" too
    case 'invalidString': return 'half a pair: \ud83d.';
    case 'arrayValue': return (content.values ?? []).map(plain);
    case 'empty': return null;
    default: throw new Error(`unknown kind of value: ${kind}`);
  }
}
