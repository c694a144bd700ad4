"""EDP/1 driver (docs/driver-protocol.md) for the OpenTelemetry SDK of Python with its OTLP/HTTP exporter.

A process serves one session, as the SDK reads its settings from the environment of the process.
"""

import faulthandler
import json
import logging
import os
import platform
import sys
import threading
import traceback

# The protocol owns file descriptor 1; whatever else prints goes to stderr.
_protocol = os.fdopen(os.dup(1), "wb")
_protocol_lock = threading.Lock()
os.dup2(2, 1)

import processes  # noqa: E402
import spans  # noqa: E402
from pipelines import BatchPipeline, DirectPipeline  # noqa: E402
from settings import VARIABLES  # noqa: E402
from opentelemetry.sdk.version import __version__  # noqa: E402

PIPELINES = {"batch": BatchPipeline, "direct": DirectPipeline}
MAX_LOG_CHARS = 64 * 1024
sessions = {}  # at most one

CAPABILITIES = {
    "destinations": ["otlp-http-protobuf"],
    "pipeline": list(PIPELINES),
    "ids": "own",
    "times": "given",
    "sessions": "one",
    "ops": ["export", "flush", "flush.timeout", "shutdown", "race", "fork", "exit"],
    "config": ["pipeline", *VARIABLES],
    "spans": spans.FEATURES,
    "signals": ["log"],
    # opentelemetry.exporter.otlp.common.http: six attempts at most, none past the timeout.
    "retry": {"base_ms": 1000, "factor": 2, "jitter": 0.2, "cap_ms": 32000, "retryable": [429, 502, 503, 504]},
}


class Unsupported(Exception):
    """The SDK has nothing that could do what was asked."""


def send(message):
    line = json.dumps(message).encode() + b"\n"
    with _protocol_lock:
        _protocol.write(line)
        _protocol.flush()


class LogEvents(logging.Handler):
    LEVELS = {"WARNING": "WARN", "CRITICAL": "ERROR"}

    def emit(self, record):
        try:
            level = self.LEVELS.get(record.levelname, record.levelname)
            send({"event": "log", "level": level, "logger": record.name, "text": self.format(record)[:MAX_LOG_CHARS]})
        except Exception:  # such as a pipe that nobody reads: nothing that may disturb the SDK
            self.handleError(record)


def hello(command):
    if 1 not in command["protocol"]:
        raise Unsupported("this driver speaks protocol 1 only")
    return {
        "protocol": 1,
        "subject": {"name": "otel-python", "version": __version__, "language": "Python"},
        "driver": {"name": "otel-python", "version": "1"},
        "runtime": {"name": platform.python_implementation(), "version": platform.python_version()},
        "capabilities": CAPABILITIES,
    }


def open_session(command):
    if sessions:
        raise Unsupported("one session for each process")
    destination, config = command["destination"], command.get("config", {})
    if destination["type"] not in CAPABILITIES["destinations"]:
        raise Unsupported("destination " + destination["type"])
    variables = {key: value for key, value in config.items() if key in VARIABLES}
    if destination.get("endpoint") and "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT" not in variables:
        variables.setdefault("OTEL_EXPORTER_OTLP_ENDPOINT", destination["endpoint"])
    os.environ.update({key: str(value) for key, value in variables.items() if value is not None})
    sessions[command["session"]] = PIPELINES[config.get("pipeline", "batch")]()
    applied = [key for key in config if key in VARIABLES or key == "pipeline"]
    return {"applied": applied, "ignored": [key for key in config if key not in applied]}


def session(command):
    return sessions[command["session"]]


OPS = {
    "hello": hello,
    "open": open_session,
    "emit": lambda command: session(command).emit(command),
    "export": lambda command: session(command).export(command),
    "flush": lambda command: {"result": session(command).flush(command["timeout_ms"])},
    "shutdown": lambda command: {"result": session(command).shutdown()},
    "race": lambda command: processes.race(command, OPS),
    "fork": lambda command: processes.fork(command, OPS),
    "close": lambda command: {},
}


def answer(command):
    try:
        if command["op"] not in OPS:
            raise Unsupported("unknown op " + command["op"])
        return {"ok": OPS[command["op"]](command)}
    except Unsupported as e:
        return {"unsupported": {"reason": str(e)}}
    except Exception as e:
        traceback.print_exc()
        own = os.path.dirname(traceback.extract_tb(e.__traceback__)[-1].filename) == os.path.dirname(__file__)
        kind = "driver" if own else "config" if command["op"] == "open" else "subject"
        return {"error": {"kind": kind, "type": type(e).__name__, "message": str(e)}}


def main():
    faulthandler.enable()  # stacks on SIGABRT
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        os.environ.pop(name, None)  # of this machine; requests prefers them to the certificate of the exporter
    logging.getLogger("opentelemetry").addHandler(LogEvents())
    for line in sys.stdin.buffer:
        command = json.loads(line)
        if command["op"] == "exit":
            if command["how"] == "throw":
                raise RuntimeError("the application fails")
            if command["how"] == "exit0":
                sys.exit(0)
            return
        send({"id": command["id"], **answer(command)})
    os._exit(0)


if __name__ == "__main__":
    main()
