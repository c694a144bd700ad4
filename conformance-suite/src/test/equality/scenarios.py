"""The scenarios of the equality test, driven with the MLflow Python SDK.

    python scenarios.py NAME=TRACKING_URI[#EXPERIMENT] ...

Each scenario traces one thing to the experiment of its tracking URI; the default is 0. JavaScenarios has the same ones: same names,
same values, same order. The settings come from the environment, as in production.
"""

import sys
import threading

import mlflow
from mlflow.entities import Link, SpanEvent, SpanType
from mlflow.entities.model_registry import PromptVersion
from mlflow.entities.trace_location import MlflowExperimentLocation, UCSchemaLocation
from mlflow.tracing import set_tracing_context_from_http_request_headers
from mlflow.tracing.trace_manager import InMemoryTraceManager

REMOTE_PARENT = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}


def nested():
    with mlflow.start_span("root", span_type=SpanType.CHAIN) as root:
        root.set_inputs({"question": "What is a span?", "n": 3})
        with mlflow.start_span("retrieve", span_type=SpanType.RETRIEVER) as retrieve:
            retrieve.set_inputs("spans")
            with mlflow.start_span("rank", span_type=SpanType.TOOL) as rank:
                rank.set_outputs([0.5, 1.0])
            retrieve.set_outputs(["doc-1", "doc-7"])
        with mlflow.start_span("generate", span_type=SpanType.LLM) as generate:
            generate.set_outputs("A named operation.")
        root.set_outputs({"answer": "A named operation."})


def error():
    try:
        with mlflow.start_span("root") as root:
            root.set_inputs({"x": 1})
            with mlflow.start_span("inner"):
                raise ValueError("boom, with ümlaut")
    except ValueError:
        pass


def unicode():
    with mlflow.start_span("würzel 根 😀") as root:
        root.set_inputs({"clé": "naïve 😀 \u2028 \x7f \x01 \"quoted\" back\\slash \t tab", "😀": "\U0001F469\u200D\U0001F4BB"})
        root.set_attribute("ключ", "значение")
        mlflow.update_current_trace(tags={"étiquette": "日本"}, metadata={"données": "😀" * 300})
        root.set_outputs("ende 終 😀")


def big():
    with mlflow.start_span("root") as root:
        root.set_inputs({"text": "0123456789😀" * 20000})
        root.set_outputs(list(range(5000)))
        mlflow.update_current_trace(tags={"long": "y" * 5000, "k" * 300: "v"}, metadata={"long": "z" * 300})


def prompts():
    with mlflow.start_span("root") as root:
        root.set_inputs({"a": 1})
        for name, version in (("greeting", 1), ("farewell", 12), ("greeting", 1)):
            # What load_prompt() does with a prompt that it has fetched from the registry.
            prompt = PromptVersion(name, version, template="Hello, {{name}}!")
            InMemoryTraceManager.get_instance().register_prompt(root.trace_id, prompt)


def facts():
    with mlflow.start_span("root") as root:
        root.set_inputs({"a": 1})
        mlflow.update_current_trace(tags={"fruit": "apple", "json": '{"a": [1]}'}, metadata={"color": "red"})
        mlflow.update_current_trace(tags={"fruit": "pear"}, session_id="session-1", user="someone",
                                    client_request_id="request-1", request_preview="asked", response_preview="said",
                                    state="ERROR")


def events():
    with mlflow.start_span("root") as root:
        root.add_event(SpanEvent("plain"))
        root.add_event(SpanEvent("typed", attributes={
            "text": "täxt", "int": 5, "float": 1.5, "bool": True, "texts": ["a", "b"], "ints": [1, 2],
            "floats": [0.5, 2.0], "bools": [True, False]}))


def links():
    with mlflow.start_span("root", links=[
            Link("tr-0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", {"kind": "cause", "weight": 2}),
            Link("tr-11111111111111111111111111111111", "2222222222222222")]) as root:
        root.set_inputs(1)


def attributes():
    with mlflow.start_span("root") as root:
        root.set_inputs(None)
        root.set_attributes({
            "text": "täxt", "empty": "", "digits": "12345", "json text": '{"a": 1}', "true text": "true",
            "int": 42, "zero": 0, "negative": -7, "max": 9223372036854775807, "min": -9223372036854775808,
            "float": 1.5, "whole": 2.0, "small": 1e-7, "large": 1e22, "sixteen": 1e16, "tenth": 0.1, "minus zero": -0.0,
            "true": True, "false": False, "none": None,
            "list": ["a", 1, 1.5, None, True, [2], {"k": "v"}], "empty list": [],
            "map": {"b": 1, "a": {"c": [1, {"d": None}]}}, "empty map": {}})
        root.set_outputs(False)


def odd():
    with mlflow.start_span("root") as root:
        root.set_inputs({"x": 1})
        with mlflow.start_span("child") as child:
            child.set_attributes({"beyond 64 bits": 2 ** 70, "nan": float("nan"), "infinity": float("inf"),
                                  "keys": {5: "int", None: "none", True: "bool", 1.5: "float"}})


def chat():
    with mlflow.start_span("root", span_type=SpanType.CHAT_MODEL) as root:
        root.set_inputs({"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi 😀"}]})
        root.set_attribute("mlflow.chat.tokenUsage", {"input_tokens": 3, "output_tokens": 5, "total_tokens": 8})
        root.set_outputs({"choices": [{"message": {"role": "assistant", "content": "Hello!"}}]})


def remote():
    with set_tracing_context_from_http_request_headers(REMOTE_PARENT):
        with mlflow.start_span("handler") as handler:
            handler.set_inputs({"x": 1})
            with mlflow.start_span("inner") as inner:
                inner.set_outputs("done")


def unity_catalog():
    with mlflow.start_span("root", span_type=SpanType.CHAIN) as root:
        root.set_inputs({"q": "hello"})
        with mlflow.start_span("inner") as inner:
            inner.set_outputs({"k": [1]})
        mlflow.update_current_trace(tags={"fruit": "apple"}, session_id="session-1", user="someone")
        root.set_outputs("bye")


def otlp(tags=None):
    with mlflow.start_span("root", span_type=SpanType.CHAIN) as root:
        root.set_inputs({"q": "hello", "n": 1})
        with mlflow.start_span("inner", span_type=SpanType.TOOL) as inner:
            inner.set_attributes({"int": 42, "map": {"k": [1, None]}})
            inner.add_event(SpanEvent("happened", attributes={"why": "because"}))
            inner.set_outputs("plain")
        if tags:
            mlflow.update_current_trace(tags=tags)
        root.set_outputs({"answer": True})


def otlp_tags():
    otlp({"fruit": "apple"})


# Scenarios that are others against a server, or in a mode, of another kind.
SAME = {"artifact": nested, "background": nested, "databricks": unity_catalog}


def run(name, destination):
    uri, _, experiment = destination.partition("#")
    mlflow.set_tracking_uri(uri)
    if name == "unity_catalog":
        mlflow.tracing.set_destination(UCSchemaLocation("catalog", "schema"))
    elif not name.startswith("otlp"):
        mlflow.tracing.set_destination(MlflowExperimentLocation(experiment or "0"))
    (SAME.get(name) or globals()[name])()
    mlflow.flush_trace_async_logging()
    # No flush waits for these, and they use the tracking URI of the moment.
    for thread in threading.enumerate():
        if thread.name.startswith("link_prompts"):
            thread.join()


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        run(*argument.split("=", 1))
