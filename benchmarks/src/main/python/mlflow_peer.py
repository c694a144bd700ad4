"""What a traced call costs with Python MLflow, as one line of JSON.

Usage: python mlflow_peer.py URL

URL is a sink that takes everything; `./harness bench python PYTHON` starts one and runs this script with it. The traced
call is that of the JMH benchmarks: a root with inputs and outputs and two children with outputs, exported asynchronously.
"""

import json
import os
import statistics
import sys
import time

os.environ["MLFLOW_TRACKING_URI"] = sys.argv[1]
os.environ["MLFLOW_EXPERIMENT_ID"] = "0"
os.environ["MLFLOW_ENABLE_ASYNC_TRACE_LOGGING"] = "true"
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
os.environ.setdefault("DO_NOT_TRACK", "true")

import logging

import mlflow

logging.getLogger("mlflow").setLevel(logging.ERROR)

ROUNDS = 15
CALLS = 200  # fit into the queue of 1000 tasks
INPUTS = {"question": "What is a span?", "limit": 3}
OUTPUTS = "A named and timed operation."


def traced_call():
    with mlflow.start_span("answer") as root:
        root.set_inputs(INPUTS)
        with mlflow.start_span("retrieve") as span:
            span.set_outputs(OUTPUTS)
        with mlflow.start_span("generate") as span:
            span.set_outputs(OUTPUTS)
        root.set_outputs(OUTPUTS)


def main():
    for _ in range(CALLS):
        traced_call()
    mlflow.flush_trace_async_logging()
    caller, delivered = [], []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        for _ in range(CALLS):
            traced_call()
        made = time.perf_counter()
        mlflow.flush_trace_async_logging()
        done = time.perf_counter()
        caller.append((made - begun) / CALLS * 1e6)
        delivered.append(CALLS / (done - begun))
    print(
        json.dumps(
            {
                "mlflow": mlflow.__version__,
                "python": sys.version.split()[0],
                "traces": (ROUNDS + 1) * CALLS,
                "caller_us_per_call": {
                    "median": statistics.median(caller),
                    "min": min(caller),
                    "max": max(caller),
                },
                "traces_per_second": {
                    "median": statistics.median(delivered),
                    "min": min(delivered),
                    "max": max(delivered),
                },
            }
        )
    )


main()
