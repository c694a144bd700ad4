"""A full day of a user of the real MLflow client.

    python user_day.py TRACKING_URI

TRACKING_URI is a running tracking server, the fake or a real one. Needs the package mlflow (or mlflow-skinny) 3.17.2.
Prints one line for each check; exit status 0 if all hold, 1 if one does not, 2 if the call is wrong.
"""

import os
import sys
import threading
import time
import urllib.request

CHECKS = []


def check(name, actual, expected=True):
    CHECKS.append(actual == expected)
    verdict = "ok  " if actual == expected else "FAIL"
    print(f"  {verdict} {name}" + ("" if actual == expected else f": expected {expected!r}, found {actual!r}"), flush=True)


def refused(name, call):
    try:
        call()
        check(name, "accepted", "refused")
    except Exception as e:
        check(name, "RESOURCE_" in getattr(e, "error_code", "") or "INVALID" in getattr(e, "error_code", ""))


def experiments(mlflow, client, run):
    name = f"day-{run}"
    experiment = mlflow.set_experiment(name)
    check("an experiment is made and found again", mlflow.set_experiment(name).experiment_id, experiment.experiment_id)
    client.set_experiment_tag(experiment.experiment_id, "team", "a")
    check("its tag", client.get_experiment(experiment.experiment_id).tags.get("team"), "a")
    other = client.create_experiment(name + "-other", tags={"team": "b"})
    found = client.search_experiments(filter_string=f"name LIKE '{name}%'", order_by=["name"])
    check("search by name", [e.name for e in found], [name, name + "-other"])
    client.rename_experiment(other, name + "-renamed")
    check("renamed", client.get_experiment(other).name, name + "-renamed")
    client.delete_experiment(other)
    check("deleted", client.get_experiment(other).lifecycle_stage, "deleted")
    client.restore_experiment(other)
    check("restored", client.get_experiment(other).lifecycle_stage, "active")
    refused("the same name twice", lambda: client.create_experiment(name))
    return experiment.experiment_id


def traces(mlflow, experiment):
    from mlflow.entities import SpanType

    @mlflow.trace(span_type=SpanType.TOOL)
    def tool(x):
        return {"got": x}

    @mlflow.trace(span_type=SpanType.AGENT)
    def agent(question):
        with mlflow.start_span("think", span_type=SpanType.LLM) as span:
            span.set_inputs({"messages": [{"role": "user", "content": question}]})
            span.set_attribute("mlflow.chat.tokenUsage", {"input_tokens": 5, "output_tokens": 7, "total_tokens": 12})
            tool(question)
        mlflow.update_current_trace(tags={"kind": "nested"}, metadata={"mlflow.trace.session": "s-1"})
        return question + "!"

    agent("why")
    nested = mlflow.get_last_active_trace_id()

    @mlflow.trace
    def fails():
        raise ValueError("boom")

    try:
        fails()
    except ValueError:
        pass
    failed = mlflow.get_last_active_trace_id()
    for i in range(5):
        with mlflow.start_span(f"page-{i}") as span:
            span.set_outputs(i)
        mlflow.flush_trace_async_logging()
    trace = mlflow.get_trace(nested)
    check("nested spans", [s.name for s in trace.data.spans], ["agent", "think", "tool"])
    check("token usage", trace.info.token_usage, {"input_tokens": 5, "output_tokens": 7, "total_tokens": 12})
    check("state of a failing trace", mlflow.get_trace(failed).info.state.value, "ERROR")

    def search(**how):
        found = mlflow.search_traces(locations=[experiment], return_type="list", **how)
        return [t.info.trace_id for t in found]

    check("search by tag", search(filter_string="tags.kind = 'nested'"), [nested])
    check("search by state", search(filter_string="status = 'ERROR'"), [failed])
    check("search by span", search(filter_string="span.name LIKE 'thi%' AND span.type = 'LLM'"), [nested])
    check("search by session", search(filter_string="metadata.`mlflow.trace.session` = 's-1'"), [nested])
    check("search by name", len(search(filter_string="name LIKE 'page-%'")), 5)
    check("search by time", len(search(filter_string=f"timestamp_ms > {int(time.time() * 1000) - 600_000}")), 7)
    check("search in order", search(order_by=["timestamp_ms ASC"])[:2], [nested, failed])
    return nested, failed


def pages(client, experiment):
    seen, token, sizes = [], None, []
    while True:
        page = client.search_traces(locations=[experiment], max_results=3, page_token=token)
        sizes.append(len(page))
        seen += [t.info.trace_id for t in page]
        token = page.token
        if not token:
            break
    check("pages", sizes, [3, 3, 1])
    check("no trace twice", len(set(seen)), 7)


def tags(mlflow, client, nested):
    mlflow.set_trace_tag(nested, "late", "yes")
    check("a tag set later", mlflow.get_trace(nested).info.tags.get("late"), "yes")
    mlflow.delete_trace_tag(nested, "late")
    check("a tag deleted", mlflow.get_trace(nested).info.tags.get("late"), None)
    refused("a tag that is not there", lambda: client.delete_trace_tag(nested, "late"))


def assessments(mlflow, nested):
    from mlflow.entities import AssessmentSource

    source = AssessmentSource(source_type="HUMAN", source_id="ann")
    feedback = mlflow.log_feedback(trace_id=nested, name="good", value=True, source=source, rationale="it is")
    mlflow.log_feedback(trace_id=nested, name="score", value=0.5, metadata={"k": "v"})
    expected = mlflow.log_expectation(trace_id=nested, name="answer", value={"text": "why!"}, source=source)
    found = {a.name: a for a in mlflow.get_trace(nested).info.assessments}
    check("assessments", sorted(found), ["answer", "good", "score"])
    check("a feedback", (found["good"].feedback.value, found["good"].rationale), (True, "it is"))
    check("an expectation", found["answer"].expectation.value, {"text": "why!"})
    mlflow.override_feedback(trace_id=nested, assessment_id=feedback.assessment_id, value=False)
    values = [(a.feedback.value, a.valid) for a in mlflow.get_trace(nested).info.assessments if a.name == "good"]
    check("an overridden feedback", sorted(values), [(False, True), (True, False)])
    mlflow.delete_assessment(trace_id=nested, assessment_id=expected.assessment_id)
    check("a deleted expectation", "answer" in {a.name for a in mlflow.get_trace(nested).info.assessments}, False)
    hits = mlflow.search_traces(filter_string="feedback.score > 0.4", return_type="list")
    check("search by feedback", [t.info.trace_id for t in hits], [nested])


def prompts(mlflow, experiment, run):
    name = f"prompt-{run}"
    mlflow.genai.register_prompt(name=name, template="Hello {{who}}", commit_message="first", tags={"a": "b"})
    second = mlflow.genai.register_prompt(name=name, template="Hi {{who}}")
    check("versions of a prompt", second.version, 2)
    mlflow.genai.set_prompt_alias(name, alias="best", version=1)
    check("by alias", mlflow.genai.load_prompt(f"prompts:/{name}@best").template, "Hello {{who}}")
    check("filled", mlflow.genai.load_prompt(f"prompts:/{name}/2").format(who="Ann"), "Hi Ann")
    with mlflow.start_span("uses a prompt") as span:
        mlflow.genai.load_prompt(f"prompts:/{name}/2")
        linked = span.trace_id
    mlflow.flush_trace_async_logging()
    found, deadline = [], time.monotonic() + 30
    while not found and time.monotonic() < deadline:
        found = [t.info.trace_id for t in mlflow.search_traces(
            locations=[experiment], filter_string=f'prompt = "{name}/2"', return_type="list")]
    check("traces of a prompt", found, [linked])


def runs(mlflow, client, experiment):
    with mlflow.start_run(run_name="nightly") as run:
        with mlflow.start_span("in a run"):
            pass
        mlflow.set_tag("stage", "test")
        traced = mlflow.get_last_active_trace_id()
    mlflow.flush_trace_async_logging()
    stored = client.get_run(run.info.run_id)
    check("a run", (stored.info.status, stored.data.tags.get("stage")), ("FINISHED", "test"))
    hits = mlflow.search_traces(locations=[experiment], run_id=run.info.run_id, return_type="list")
    check("traces of a run", [t.info.trace_id for t in hits], [traced])
    check("search for runs", [r.info.run_id for r in client.search_runs([experiment], "tags.stage = 'test'")],
          [run.info.run_id])


def otlp(mlflow, uri, experiment):
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    request = ExportTraceServiceRequest()
    span = request.resource_spans.add().scope_spans.add().spans.add()
    span.trace_id, span.span_id, span.name = os.urandom(16), os.urandom(8), "by otlp"
    span.start_time_unix_nano = time.time_ns()
    span.end_time_unix_nano = span.start_time_unix_nano + 1_000_000
    post = urllib.request.Request(uri + "/v1/traces", data=request.SerializeToString(), method="POST", headers={
        "Content-Type": "application/x-protobuf", "x-mlflow-experiment-id": experiment})
    with urllib.request.urlopen(post, timeout=30) as answer:
        check("spans by OTLP", answer.status, 200)
    trace = mlflow.get_trace("tr-" + span.trace_id.hex())
    check("a trace by OTLP", [s.name for s in trace.data.spans], ["by otlp"])


def many(mlflow, client, run):
    experiment = client.create_experiment(f"many-{run}")
    errors = []

    def work(number):
        try:
            for i in range(10):
                root = mlflow.start_span_no_context(f"t{number}-{i}", experiment_id=experiment)
                mlflow.start_span_no_context("child", parent_span=root).end()
                root.end()
        except Exception as e:
            errors.append(e)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    mlflow.flush_trace_async_logging()
    check("10 threads without an error", errors, [])
    found = mlflow.search_traces(locations=[experiment], max_results=500, return_type="list")
    check("100 traces from 10 threads", len(found), 100)
    check("each with both spans", {len(t.data.spans) for t in found}, {2})


def deletes(mlflow, client, experiment, failed):
    check("a trace is deleted", client.delete_traces(experiment_id=experiment, trace_ids=[failed]), 1)
    check("and gone", mlflow.search_traces(locations=[experiment], filter_string="status = 'ERROR'", return_type="list"),
          [])
    check("all older ones are deleted", client.delete_traces(
        experiment_id=experiment, max_timestamp_millis=int(time.time() * 1000) + 1) > 5)
    check("none is left", mlflow.search_traces(locations=[experiment], return_type="list"), [])


def day(uri):
    import mlflow
    from mlflow import MlflowClient

    mlflow.set_tracking_uri(uri)
    client = MlflowClient()
    run = f"{os.getpid()}-{time.time_ns()}"
    experiment = experiments(mlflow, client, run)
    nested, failed = traces(mlflow, experiment)
    pages(client, experiment)
    tags(mlflow, client, nested)
    assessments(mlflow, nested)
    prompts(mlflow, experiment, run)
    runs(mlflow, client, experiment)
    otlp(mlflow, uri, experiment)
    many(mlflow, client, run)
    deletes(mlflow, client, experiment, failed)


def main(arguments):
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    day(arguments[0])
    print(f"  {sum(CHECKS)} of {len(CHECKS)} checks hold", flush=True)
    return 0 if CHECKS and all(CHECKS) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
