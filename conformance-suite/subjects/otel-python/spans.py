"""Makes the spans of a command through the OpenTelemetry API."""

import base64
import time

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.sampling import Decision, Sampler, SamplingResult
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

FEATURES = ["attributes", "events", "links", "status", "kind", "scope", "scope-attributes", "int64", "bytes", "kvlist", "nan", "remote-parent",
            "trace-state", "not-sampled", "lone-surrogate", "never-ended", "end-twice", "end-order", "concurrency"]


class Said(Sampler):
    """Decides what the case says of a span."""

    def __init__(self, spec):
        decision = Decision.RECORD_AND_SAMPLE if spec.get("sampled", True) else Decision.DROP
        self._result = SamplingResult(decision, trace_state=_trace_state(spec))

    def should_sample(self, *arguments, **names):
        return self._result

    def get_description(self):
        return "Said"


class SpanMaker:
    def __init__(self, processor):
        self._processor, self.provider = processor, TracerProvider()
        self.provider.add_span_processor(processor)

    def make(self, specs):
        """The ids by ref, and the longest time that one end of a span took."""
        made = {}
        for spec in specs:
            made[spec["ref"]] = self._start(spec, made)
        longest = 0
        for spec in sorted(reversed(specs), key=lambda spec: spec.get("end_order", float("inf"))):
            for _ in range(0 if spec.get("end", "now") is None else spec.get("end_times", 1)):
                begun = time.perf_counter_ns()
                made[spec["ref"]].end(_time(spec, "end"))
                longest = max(longest, time.perf_counter_ns() - begun)
        contexts = {ref: span.get_span_context() for ref, span in made.items()}
        return {ref: _ids(context) for ref, context in contexts.items() if context.is_valid}, longest

    def _start(self, spec, made):
        parent = Context()
        if "parent" in spec:
            parent = trace.set_span_in_context(made[spec["parent"]], parent)
        elif "remote_parent" in spec:
            parent = TraceContextTextMapPropagator().extract(spec["remote_parent"], parent)
        span = self._tracer(spec).start_span(
            spec["name"],
            parent,
            trace.SpanKind[spec.get("kind", "INTERNAL")],
            links=[_link(link, made) for link in spec.get("links", [])],
            start_time=_time(spec, "start"),
        )
        for attribute in spec.get("attributes", []):
            span.set_attribute(attribute["key"], _plain(attribute["value"]))
        for event in spec.get("events", []):
            span.add_event(event["name"], _attributes(event), _time(event, "time"))
        if "status" in spec:
            span.set_status(trace.StatusCode[spec["status"]["code"]], spec["status"].get("message"))
        return span

    def _tracer(self, spec):
        provider = self.provider
        if "sampled" in spec or "trace_state" in spec:
            provider = TracerProvider(sampler=Said(spec), resource=provider.resource, shutdown_on_exit=False)
            provider.add_span_processor(self._processor)
        scope = spec.get("scope", {"name": "application"})
        return provider.get_tracer(
            scope["name"], scope.get("version"), schema_url=scope.get("schema_url"), attributes=_attributes(scope)
        )


def specs_of(command):
    """The list of spans, also where a `gen` stands for them."""
    if "gen" not in command:
        return command["spans"]
    gen, pad = command["gen"], []
    if "pad" in gen:
        pad = [{"key": gen["pad"]["key"], "value": {"stringValue": "x" * gen["pad"]["chars"]}}]
    padded = {**gen["template"], "attributes": gen["template"].get("attributes", []) + pad}
    return [{**padded, "ref": f"{padded['ref']}-{n}"} for n in range(gen["count"])]


def _link(link, made):
    if "ref" in link:
        context = made[link["ref"]].get_span_context()
    else:
        flags = trace.TraceFlags(trace.TraceFlags.SAMPLED)
        context = trace.SpanContext(int(link["trace"], 16), int(link["span"], 16), link.get("remote", False), flags)
    if "trace_state" in link:
        context = trace.SpanContext(context.trace_id, context.span_id, context.is_remote, context.trace_flags, _trace_state(link))
    return trace.Link(context, _attributes(link))


def _trace_state(spec):
    return trace.TraceState.from_header([spec["trace_state"]]) if "trace_state" in spec else None


def _ids(context):
    return {"trace": format(context.trace_id, "032x"), "span": format(context.span_id, "016x")}


def _time(spec, name):
    return int(spec[name]) if name in spec else None


def _attributes(spec):
    return {pair["key"]: _plain(pair["value"]) for pair in spec.get("attributes", [])}


def _plain(any_value):
    """The Python value of an OTLP/JSON AnyValue."""
    if not any_value:
        return None
    ((kind, content),) = any_value.items()
    match kind:
        case "stringValue" | "boolValue":
            return content
        case "intValue":
            return int(content)
        case "doubleValue":
            return float(content)  # takes "NaN" and "Infinity" too
        case "bytesValue":
            return base64.b64decode(content)
        case "invalidString":
            return "half a pair: \ud83d."
        case "arrayValue":
            return [_plain(element) for element in content.get("values", [])]
        case "kvlistValue":
            return {pair["key"]: _plain(pair["value"]) for pair in content.get("values", [])}
    raise ValueError(f"unknown kind of value: {kind}")
