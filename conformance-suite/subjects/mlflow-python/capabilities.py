"""What the MLflow Python SDK can do, as this driver brings it to the suite."""

import platform

import destinations
import mlflow
import settings

_CAPABILITIES = {
    "destinations": destinations.TYPES,
    "pipeline": ["batch"],
    "ids": "own",
    "times": "given",
    "sessions": "one",
    "ops": ["flush", "shutdown", "race", "fork", "observe", "exit"],
    "config": settings.KEYS,
    "spans": ["attributes", "events", "status", "raise", "never-ended", "end-order", "end-twice", "concurrency",
              "otel-api", "destination", "remote-parent", "tell.active_span", "tell.headers",
              "mlflow.inputs", "mlflow.trace", "mlflow.prompts", "mlflow.state", "mlflow.previews",
              "mlflow.attachment", "mlflow.sampling-ratio", "mlflow.context"],
    "environment": [settings.NOTEBOOK],
    "signals": ["log"],
    # The first retry follows at once, the k-th after it waits base * 2^k and a jitter.
    "retry": {"base_ms": 2000, "factor": 2, "jitter_ms": 1000, "cap_ms": 120000,
              "retryable": [408, 429, 500, 502, 503, 504]},
}

HELLO = {
    "protocol": 1,
    "subject": {"name": "mlflow-python", "version": mlflow.__version__, "language": "Python"},
    "driver": {"name": "mlflow-python", "version": "1"},
    "runtime": {"name": platform.python_implementation(), "version": platform.python_version()},
    "capabilities": _CAPABILITIES,
}
