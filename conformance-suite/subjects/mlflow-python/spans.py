"""Makes the spans of an `emit` command through the public API of the MLflow Python SDK.

What an application would write as nested `with` blocks is made so. Spans with given times, with an order
of ends, or without an end are started and ended by hand, as the SDK offers it for such cases.
"""

import base64
import builtins
import contextvars
from collections import defaultdict
from contextlib import contextmanager

import destinations
import mlflow
import opentelemetry.sdk.trace
import opentelemetry.trace
from mlflow.entities import NoOpSpan, SpanEvent, SpanStatus
from mlflow.entities.model_registry import PromptVersion
from mlflow.tracing import (
    get_tracing_context_headers_for_http_request,
    set_tracing_context_from_http_request_headers,
)
from mlflow.tracing.attachments import Attachment
from mlflow.tracing.provider import with_active_span
from mlflow.tracing.trace_manager import InMemoryTraceManager

BY_HAND = {"start", "end", "end_order", "end_times"}
UPDATE_ARGUMENTS = {"session": "session_id"}


class SubjectFault(Exception):
    """The SDK did something to the application that it must not do."""


class OtelSpan:
    """A span of the plain OpenTelemetry API, with the ids that MLflow has for it, if it knows it."""

    def __init__(self, span):
        context = span.get_span_context()
        self._span, self.span_id = span, format(context.span_id, "016x")
        active = mlflow.get_current_active_span()
        known = active is not None and active.span_id == self.span_id
        self.trace_id = active.trace_id if known else format(context.trace_id, "032x")

    def describe(self, spec):
        for key, value in _attributes(spec.get("attributes", [])).items():
            self._span.set_attribute(key, value)
        for event in spec.get("events", []):
            when = int(event["time"]) if "time" in event else None
            self._span.add_event(event["name"], _attributes(event.get("attributes", [])), when)
        if "status" in spec:
            code = opentelemetry.trace.StatusCode[spec["status"]["code"]]
            self._span.set_status(code, spec["status"].get("message"))


def provide_opentelemetry():
    """What an application does that uses OpenTelemetry for its own ends."""
    opentelemetry.trace.set_tracer_provider(opentelemetry.sdk.trace.TracerProvider())


def answer_of(span, spec):
    ids = {"trace": span.trace_id, "span": span.span_id}
    return {**ids, "told": span.told} if "tell" in spec else ids


def expand(gen):
    """The list of spans that a `gen` stands for."""
    template, pad = gen["template"], []
    if "pad" in gen:
        pad = [{"key": gen["pad"]["key"], "value": {"stringValue": "x" * gen["pad"]["chars"]}}]
    padded = {**template, "attributes": template.get("attributes", []) + pad}
    return [{**padded, "ref": f"{template['ref']}-{n}"} for n in range(gen["count"])]


def traces_of(specs):
    """Traces are made one after the other, unless an order of ends may interleave them."""
    if any("end_order" in spec for spec in specs):
        return [specs]
    traces, root_of = defaultdict(list), {}
    for spec in specs:
        root_of[spec["ref"]] = root_of.get(spec.get("parent"), spec["ref"])
        traces[root_of[spec["ref"]]].append(spec)
    return list(traces.values())


def make(traces, still_open):
    """Makes all traces; the spans by ref, those included that an earlier command left open."""
    spans = dict(still_open)
    for specs in traces:
        kids = defaultdict(list)
        for spec in specs:
            kids[spec.get("parent")].append(spec)
        if "parent" in specs[0] or any(BY_HAND & spec.keys() for spec in specs):
            _make_by_hand(specs, kids, spans)
        else:
            _where_it_belongs(specs[0], lambda: _make_root(specs[0], kids, spans))
    return spans


def never_ends(spec):
    return spec.get("end", "now") is None


def _where_it_belongs(root, make):
    """Runs what makes a root, for the destination and below the remote span that the case names."""
    if "destination" in root:
        # A context of its own, whose destination ends with it.
        return contextvars.copy_context().run(lambda: [destinations.use_here(root["destination"]), make()][1])
    if "context" in root.get("mlflow", {}):
        with mlflow.tracing.context(**root["mlflow"]["context"]):
            return make()
    if "remote_parent" in root:
        with set_tracing_context_from_http_request_headers(root["remote_parent"]):
            return make()
    return make()


def _make_root(spec, kids, spans):
    ratio = spec.get("mlflow", {}).get("sampling_ratio")
    if ratio is None:
        return _make_nested(spec, kids, spans)
    # The ratio is that of a traced function; its own span is the root.
    def work():
        span = spans[spec["ref"]] = mlflow.get_current_active_span() or NoOpSpan()
        _describe(span, spec)
        for kid in kids[spec["ref"]]:
            _make_nested(kid, kids, spans)

    mlflow.trace(work, name=spec["name"], sampling_ratio_override=ratio)()


def _make_nested(spec, kids, spans):
    def body(span):
        spans[spec["ref"]] = span
        _describe(span, spec)
        for kid in kids[spec["ref"]]:
            _make_nested(kid, kids, spans)

    scope = _otel_span(spec) if spec.get("api") == "otel" else mlflow.start_span(spec["name"], _span_type(spec))
    _run_traced(scope, spec, body)


@contextmanager
def _otel_span(spec):
    tracer = opentelemetry.trace.get_tracer("application")
    with tracer.start_as_current_span(spec["name"]) as span:
        yield OtelSpan(span)


def _make_by_hand(specs, kids, spans):
    for spec in specs:
        span = spans[spec["ref"]] = _where_it_belongs(spec, lambda: _start_by_hand(spec, spans))
        _run_traced(with_active_span(span), spec, lambda _: _describe(spans[spec["ref"]], spec))
    for spec in _end_sequence(specs, kids):
        for _ in range(0 if never_ends(spec) else spec.get("end_times", 1)):
            spans[spec["ref"]].end(end_time_ns=int(spec["end"]) if "end" in spec else None)


def _start_by_hand(spec, spans):
    return mlflow.start_span_no_context(
        spec["name"],
        _span_type(spec),
        parent_span=spans[spec["parent"]] if "parent" in spec else None,
        start_time_ns=int(spec["start"]) if "start" in spec else None,
    )


def _end_sequence(specs, kids):
    refs = {spec["ref"] for spec in specs}
    stack, parents_first = [spec for spec in specs if spec.get("parent") not in refs], []
    while stack:
        parents_first.append(stack.pop())
        stack.extend(kids[parents_first[-1]["ref"]])
    return sorted(reversed(parents_first), key=lambda spec: spec.get("end_order", float("inf")))


def _run_traced(scope, spec, body):
    """Runs the body in the scope; the application must see the very exception that its code raised."""
    error = _exception_of(spec)
    try:
        with scope as span:
            body(span)
            if error:
                raise error
    except BaseException as seen:
        if seen is not error:
            raise
    else:
        if error:
            raise SubjectFault(f"the application did not see its {type(error).__name__}")


def _exception_of(spec):
    if "raise" not in spec:
        return None
    name, message = spec["raise"]["type"], spec["raise"]["message"]
    known = getattr(builtins, name, None)
    if isinstance(known, type) and issubclass(known, BaseException):
        return known(message)
    return type(name, (Exception,), {})(message)


def _span_type(spec):
    return spec.get("mlflow", {}).get("span_type", "UNKNOWN")


def _describe(span, spec):
    if "tell" in spec:
        span.told = {what: _TELLERS[what]() for what in spec["tell"]}
    if isinstance(span, OtelSpan):
        return span.describe(spec)
    said = spec.get("mlflow", {})
    if "attachment" in said:
        content = base64.b64decode(said["attachment"]["content"])
        span.set_inputs({"file": Attachment(content_type=said["attachment"]["content_type"], content_bytes=content)})
    if "inputs" in said:
        span.set_inputs(said["inputs"])
    for key, value in _attributes(spec.get("attributes", [])).items():
        span.set_attribute(key, value)
    for event in spec.get("events", []):
        when = {"timestamp": int(event["time"])} if "time" in event else {}
        span.add_event(SpanEvent(event["name"], attributes=_attributes(event.get("attributes", [])), **when))
    if "trace" in said:
        _describe_trace(span, said["trace"])
    if "outputs" in said:
        span.set_outputs(said["outputs"])
    status = spec.get("status", {"code": "UNSET"})
    if status["code"] != "UNSET":
        span.set_status(SpanStatus(status["code"], status.get("message", "")))


def _active_span():
    span = mlflow.get_current_active_span()
    return span and span.span_id


_TELLERS = {"active_span": _active_span, "headers": get_tracing_context_headers_for_http_request}


def _describe_trace(span, trace):
    changes = {UPDATE_ARGUMENTS.get(key, key): value for key, value in trace.items() if key != "prompts"}
    if changes:
        mlflow.update_current_trace(**changes)
    for prompt in trace.get("prompts", []):
        # What load_prompt() does with a prompt that it has fetched from the registry.
        version = PromptVersion(prompt["name"], int(prompt["version"]), template="Hello, {{name}}!")
        InMemoryTraceManager.get_instance().register_prompt(span.trace_id, version)


def _attributes(pairs):
    return {pair["key"]: _plain(pair["value"]) for pair in pairs}


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
            return float(content)
        case "arrayValue":
            return [_plain(element) for element in content.get("values", [])]
        case "kvlistValue":
            return _attributes(content.get("values", []))
    raise ValueError(f"unknown kind of value: {kind}")
