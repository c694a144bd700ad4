"""Brings the suite's destinations to the MLflow Python SDK."""

import importlib
import os

import mlflow
from mlflow.entities.trace_location import MlflowExperimentLocation, UCSchemaLocation, UnityCatalog

TYPES = ["mlflow-v3", "mlflow-otlp", "databricks-v3", "databricks-uc"]


def use(destination):
    """Sends the traces of the whole process there."""
    if destination["type"] == "mlflow-otlp":
        # No destination of MLflow's own, which would win. Without a tracking URI mlflow-tracing looks for a local store
        # and fails to import what it lacks (sqlparse), so there would be no spans at all.
        mlflow.set_tracking_uri(destination["endpoint"])
        os.environ.setdefault("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
        if "OTEL_EXPORTER_OTLP_ENDPOINT" not in os.environ:
            # The base address would lead metrics there too.
            os.environ.setdefault("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", destination["endpoint"] + "/v1/traces")
        return
    if destination["type"] == "mlflow-v3":
        mlflow.set_tracking_uri(destination["endpoint"])
    else:
        # Imported now rather than within the first request, which would take seconds; and not before it is known to be
        # needed, as it triples the start of a process.
        importlib.import_module("databricks.sdk")
        importlib.import_module("mlflow.tracing.export.uc_table")
        os.environ["DATABRICKS_HOST"] = destination["endpoint"]
        mlflow.set_tracking_uri("databricks")
    if "table_prefix" in destination:
        # The one public way to such tables; the SDK asks the server for their names.
        mlflow.set_experiment(experiment_id=destination["experiment_id"], trace_location=_location(destination))
    else:
        # Unlike MLFLOW_EXPERIMENT_ID this costs no GET experiments/get at the start of every root span.
        mlflow.tracing.set_destination(_location(destination))


def use_here(destination):
    """Sends the traces of the current context there."""
    mlflow.tracing.set_destination(_location(destination), context_local=True)


def _location(destination):
    if destination["type"] != "databricks-uc":
        return MlflowExperimentLocation(destination["experiment_id"])
    if "table_prefix" in destination:
        return UnityCatalog(destination["catalog"], destination["schema"], destination["table_prefix"])
    return UCSchemaLocation(destination["catalog"], destination["schema"])
