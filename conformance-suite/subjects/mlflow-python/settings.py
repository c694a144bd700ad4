"""Brings the suite's configuration keys to the MLflow Python SDK, before its exporter exists."""

import os
import sys
from types import ModuleType, SimpleNamespace

import mlflow

NOTEBOOK = "databricks-notebook"


def apply(key, value):
    """Whether the SDK honours this value of this key."""
    if key == "environment":
        if value == NOTEBOOK:
            _pretend_notebook()
        return value == NOTEBOOK
    if key == "span_processor":
        return value == "throws"
    if key in _NATIVE:
        os.environ[key] = value
        return True
    variables = _VARIABLES[key](value) if key in _VARIABLES else {}
    os.environ.update({name: str(setting) for name, setting in variables.items()})
    return bool(variables)


def apply_last(config):
    """What a change of the tracking URI would take back."""
    if config.get("span_processor") == "throws":
        mlflow.tracing.configure(span_processors=[_fail])


def _fail(span):
    raise ValueError("the application's processor fails")


def _pretend_notebook():
    """Provide what a Databricks runtime provides: the module that the SDK asks first where it runs."""
    surroundings = {"isInNotebook": True, "isInJob": False, "isInCluster": False,
                    "notebookId": "1", "notebookPath": "/Users/someone/notebook",
                    "apiUrl": None, "workspaceUrl": "https://workspace.invalid", "workspaceId": "1",
                    "workloadId": None, "workloadClass": None}
    module = ModuleType("dbruntime.databricks_repl_context")
    module.get_context = lambda: SimpleNamespace(**surroundings)
    sys.modules.update({"dbruntime": ModuleType("dbruntime"), module.__name__: module})


def _attempts(n):
    # More than 10 retries are refused, at the time of the request.
    return {"MLFLOW_HTTP_REQUEST_MAX_RETRIES": n - 1} if 1 <= n <= 11 else {}


def _backoff(base_ms):
    if base_ms == 0:
        return {"MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR": 0, "MLFLOW_HTTP_REQUEST_BACKOFF_JITTER": 0}
    seconds, rest = divmod(base_ms, 1000)
    return {"MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR": seconds} if rest == 0 and seconds <= 120 else {}


def _budget(ms):
    # Only on Databricks; elsewhere the SDK has no such limit.
    return {"MLFLOW_ASYNC_TRACE_LOGGING_RETRY_TIMEOUT": ms // 1000,
            "MLFLOW_DATABRICKS_ENDPOINT_HTTP_RETRY_TIMEOUT": ms // 1000} if ms > 0 and ms % 1000 == 0 else {}


def _timeout(ms):
    return {"MLFLOW_HTTP_REQUEST_TIMEOUT": ms // 1000} if ms > 0 and ms % 1000 == 0 else {}


_VARIABLES = {
    "async": lambda on: {"MLFLOW_ENABLE_ASYNC_TRACE_LOGGING": on},
    "retry.max_attempts": _attempts,
    "retry.base_ms": _backoff,
    "retry.budget_ms": _budget,
    "timeout_ms": _timeout,
    "queue.max_size": lambda tasks: {"MLFLOW_ASYNC_TRACE_LOGGING_MAX_QUEUE_SIZE": tasks},
    "queue.workers": lambda n: {"MLFLOW_ASYNC_TRACE_LOGGING_MAX_WORKERS": n},
    "batch.max_size": lambda n: {"MLFLOW_ASYNC_TRACE_LOGGING_MAX_SPAN_BATCH_SIZE": n},
    "batch.interval_ms": lambda ms: {"MLFLOW_ASYNC_TRACE_LOGGING_MAX_INTERVAL_MILLIS": ms, "OTEL_BSP_SCHEDULE_DELAY": ms},
    "provider": lambda name: {"MLFLOW_USE_DEFAULT_TRACER_PROVIDER": name == "isolated"},
    "auth.bearer": lambda token: {"MLFLOW_TRACKING_TOKEN": token, "DATABRICKS_TOKEN": token},
    "auth.basic": lambda user: {
        "MLFLOW_TRACKING_USERNAME": user["username"],
        "MLFLOW_TRACKING_PASSWORD": user["password"],
    },
}

_NATIVE = [
    "MLFLOW_TRACE_SAMPLING_RATIO",
    "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT",
    "MLFLOW_TRACE_TIMEOUT_SECONDS",
    "MLFLOW_TRACE_TIMEOUT_CHECK_INTERVAL_SECONDS",
    "MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER",
    "MLFLOW_WORKSPACE",
    "MLFLOW_TRACE_ENABLE_OTLP_DUAL_EXPORT",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
    "OTEL_EXPORTER_OTLP_HEADERS",
    "OTEL_EXPORTER_OTLP_COMPRESSION",
    "OTEL_SERVICE_NAME",
]

KEYS = [*_VARIABLES, *_NATIVE, "environment", "span_processor"]
