"""Writes traces with the real MLflow client and reads them back through it.

    python read_back.py TRACKING_URI

TRACKING_URI is a running tracking server, for instance one that the serve command has started. Needs the package
mlflow-tracing (or mlflow) 3.17.2. Runs the scenario in a process of its own for each mode: synchronous, and asynchronous
as by default. Prints one line for each check; exit status 0 if all hold, 1 if one does not, 2 if the call is wrong.
"""

import os
import subprocess
import sys

CHECKS = []


def check(name, actual, expected):
    CHECKS.append((name, actual == expected))
    verdict = "ok  " if actual == expected else "FAIL"
    print(f"  {verdict} {name}" + ("" if actual == expected else f": expected {expected!r}, found {actual!r}"))


def scenario():
    import mlflow
    from mlflow.entities import SpanEvent, SpanType
    from mlflow.tracing.client import TracingClient

    experiment = mlflow.set_experiment(f"read-back-{os.getpid()}")
    client = TracingClient()
    check("an experiment is found by its name", mlflow.set_experiment(experiment.name).experiment_id,
          experiment.experiment_id)

    with mlflow.start_span("root", span_type=SpanType.CHAIN) as root:
        root.set_inputs({"question": "What is it?", "n": 9007199254740993})
        with mlflow.start_span("child", span_type=SpanType.RETRIEVER) as child:
            child.set_inputs(["a", 1, 1.5, None, True])
            child.set_attributes({"text": "täxt", "number": 5, "map": {"k": [1, 2]}})
            child.add_event(SpanEvent("happened", attributes={"why": "because"}))
            child.set_outputs("plain")
        mlflow.update_current_trace(tags={"fruit": "apple"}, metadata={"mlflow.trace.session": "s-1", "color": "red"},
                                    client_request_id="req-1")
        root.set_outputs({"answer": "42"})
    written = root.trace_id

    failed = None
    try:
        with mlflow.start_span("fails") as span:
            failed = span.trace_id
            raise ValueError("boom")
    except ValueError:
        pass
    mlflow.flush_trace_async_logging()

    trace = mlflow.get_trace(written)
    check("the trace is found by its id", trace is not None and trace.info.trace_id, written)
    if trace is None:
        return
    check("its state", trace.info.state.value, "OK")
    check("its experiment", trace.info.experiment_id, experiment.experiment_id)
    check("its client request id", trace.info.client_request_id, "req-1")
    check("its tag", trace.info.tags.get("fruit"), "apple")
    check("its name", trace.info.tags.get("mlflow.traceName"), "root")
    check("its metadata", trace.info.trace_metadata.get("color"), "red")
    check("its session", trace.info.trace_metadata.get("mlflow.trace.session"), "s-1")
    spans = {s.name: s for s in trace.data.spans}
    check("its spans", sorted(spans), ["child", "root"])
    check("parent of the child", spans["child"].parent_id, spans["root"].span_id)
    check("inputs of the root", spans["root"].inputs, {"question": "What is it?", "n": 9007199254740993})
    check("outputs of the root", spans["root"].outputs, {"answer": "42"})
    check("type of the root", spans["root"].span_type, "CHAIN")
    check("inputs of the child", spans["child"].inputs, ["a", 1, 1.5, None, True])
    check("outputs of the child", spans["child"].outputs, "plain")
    check("text attribute", spans["child"].get_attribute("text"), "täxt")
    check("number attribute", spans["child"].get_attribute("number"), 5)
    check("map attribute", spans["child"].get_attribute("map"), {"k": [1, 2]})
    check("event", [e.name for e in spans["child"].events], ["happened"])

    failure = mlflow.get_trace(failed)
    check("state of the failed trace", failure.info.state.value, "ERROR")
    check("status of its span", failure.data.spans[0].status.status_code.value, "ERROR")
    check("its exception", [e.name for e in failure.data.spans[0].events], ["exception"])

    def search(**how):
        found = mlflow.search_traces(locations=[experiment.experiment_id], return_type="list", **how)
        return [t.info.trace_id for t in found]

    check("search, newest first", search(), [failed, written])
    check("search by tag", search(filter_string="tags.fruit = 'apple'"), [written])
    check("search by status", search(filter_string="status = 'ERROR'"), [failed])
    check("search by metadata", search(filter_string="metadata.color = 'red'"), [written])
    check("search in order", search(order_by=["timestamp ASC"]), [written, failed])
    check("search with a limit", search(max_results=1), [failed])

    client.set_trace_tag(written, "late", "yes")
    check("a tag set later", mlflow.get_trace(written).info.tags.get("late"), "yes")
    client.delete_trace_tag(written, "late")
    check("a tag deleted", mlflow.get_trace(written).info.tags.get("late"), None)
    client.delete_traces(experiment_id=experiment.experiment_id, trace_ids=[failed])
    check("a trace deleted", search(), [written])


def main(arguments):
    if len(arguments) == 1 and not arguments[0].startswith("-"):
        status = 0
        for mode, asynchronous in (("synchronous", "false"), ("asynchronous", None)):
            print(f"{mode}, {arguments[0]}", flush=True)
            environment = dict(os.environ, MLFLOW_TRACKING_URI=arguments[0], READ_BACK_MODE=mode)
            environment.pop("MLFLOW_ENABLE_ASYNC_TRACE_LOGGING", None)
            if asynchronous:
                environment["MLFLOW_ENABLE_ASYNC_TRACE_LOGGING"] = asynchronous
            status |= subprocess.run([sys.executable, __file__, "--scenario"], env=environment, check=False).returncode
        return 1 if status else 0
    if arguments == ["--scenario"]:
        scenario()
        good = sum(1 for _, held in CHECKS if held)
        print(f"  {good} of {len(CHECKS)} checks hold", flush=True)
        return 0 if good == len(CHECKS) and CHECKS else 1
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
