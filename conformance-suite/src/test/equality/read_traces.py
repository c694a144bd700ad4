"""Reads traces with the MLflow Python client.

    python read_traces.py TRACKING_URI EXPERIMENT ...

Prints a JSON object with the traces of each experiment, as the client gives them to its user.
"""

import json
import sys

import mlflow


def span_tree(span):
    return {
        "span_id": span.span_id,
        "trace_id": span.trace_id,
        "parent_span_id": span.parent_id,
        "name": span.name,
        "type": span.span_type,
        "status": {"code": span.status.status_code.value, "message": span.status.description},
        "start_time_unix_nano": span.start_time_ns,
        "end_time_unix_nano": span.end_time_ns,
        "inputs": span.inputs,
        "outputs": span.outputs,
        "attributes": span.attributes,
        "events": [{"name": event.name, "attributes": dict(event.attributes or {}), "time_unix_nano": event.timestamp}
                   for event in span.events],
        "links": [{"trace_id": link.trace_id, "span_id": link.span_id, "attributes": link.attributes or {}}
                  for link in span.links],
    }


def trace_tree(trace):
    info = trace.info
    spans = {}
    for span in trace.data.spans:
        assert span.name not in spans, f"two spans are named {span.name}"
        spans[span.name] = span_tree(span)
    return {
        "trace_id": info.trace_id,
        "experiment_id": info.experiment_id,
        "client_request_id": info.client_request_id,
        "state": info.state.value,
        "request_time_ms": info.request_time,
        "execution_duration_ms": info.execution_duration,
        "request_preview": info.request_preview,
        "response_preview": info.response_preview,
        "tags": dict(info.tags),
        "trace_metadata": dict(info.trace_metadata),
        "spans": spans,
    }


def read(experiment):
    found = mlflow.search_traces(locations=[experiment], return_type="list", include_spans=False)
    return [trace_tree(mlflow.get_trace(trace.info.trace_id)) for trace in found]


if __name__ == "__main__":
    mlflow.set_tracking_uri(sys.argv[1])
    json.dump({experiment: read(experiment) for experiment in sys.argv[2:]}, sys.stdout)
