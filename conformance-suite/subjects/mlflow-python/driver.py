"""EDP/1 driver (docs/driver-protocol.md) for the tracing client of the MLflow Python SDK.

A process serves one session, as the SDK reads its settings once. They reach it as they would in production:
through its environment variables, set in `open` before the exporter exists.
"""

import faulthandler
import json
import logging
import os
import sys
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

# The protocol owns file descriptor 1; whatever else prints, from C code too, goes to stderr.
_protocol = os.fdopen(os.dup(1), "wb")
_protocol_lock = threading.Lock()
os.dup2(2, 1)

import mlflow  # noqa: E402
import mlflow.tracing.export.mlflow_v3  # noqa: E402 - now rather than within the first `open`
import capabilities  # noqa: E402
import destinations  # noqa: E402
import logs  # noqa: E402
import processes  # noqa: E402
import settings  # noqa: E402
import spans  # noqa: E402
from mlflow.entities import NoOpSpan  # noqa: E402

sessions = {}  # at most one: name -> spans that are still open, by ref


class Unsupported(Exception):
    """The SDK has nothing that could do what was asked."""


def hello(command):
    if 1 not in command["protocol"]:
        raise Unsupported("this driver speaks protocol 1 only")
    return capabilities.HELLO


def send(message):
    line = json.dumps(message).encode() + b"\n"
    with _protocol_lock:
        _protocol.write(line)
        _protocol.flush()


def open_session(command):
    if sessions:
        raise Unsupported("one session for each process")
    destination, config = command["destination"], command.get("config", {})
    if destination["type"] not in destinations.TYPES:
        raise Unsupported("destination " + destination["type"])
    applied = [key for key, value in config.items() if settings.apply(key, value)]
    if config.get("provider") == "isolated":
        spans.provide_opentelemetry()
    destinations.use(destination)
    settings.apply_last(config)
    sessions[command["session"]] = {}
    return {"applied": applied, "ignored": [key for key in config if key not in applied]}


def emit(command):
    still_open = sessions[command["session"]]
    specs = spans.expand(command["gen"]) if "gen" in command else command["spans"]
    traces, concurrency = spans.traces_of(specs), command.get("concurrency")
    threads, repeat = (concurrency["threads"], concurrency["repeat"]) if concurrency else (1, 1)
    made, times = [{}] * (threads * repeat), [(0, 0)] * (threads * repeat)
    start = threading.Barrier(threads)

    def work(thread):
        start.wait()
        for n in range(thread * repeat, (thread + 1) * repeat):
            begun = time.perf_counter_ns()
            made[n] = spans.make(traces, still_open)
            times[n] = (begun, time.perf_counter_ns())

    if concurrency:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, range(threads)))
    else:
        work(0)
        still_open.update({spec["ref"]: made[0][spec["ref"]] for spec in specs if spans.never_ends(spec)})
    refs = {
        f"{spec['ref']}#{n}" if concurrency else spec["ref"]: spans.answer_of(span, spec)
        for n, by_ref in enumerate(made)
        for spec in specs
        if not isinstance(span := by_ref[spec["ref"]], NoOpSpan)
    }
    return {
        "refs": refs,
        "accepted": len(refs),
        "caller_max_ns": str(max(end - begun for begun, end in times)),
        "caller_total_ns": str(max(end for _, end in times) - min(begun for begun, _ in times)),
    }


def flush(command, terminate=False):
    """The SDK's flush takes no time limit and tells no result."""
    mlflow.flush_trace_async_logging(terminate=terminate)
    return {"result": "unknown"}


OPS = {
    "hello": hello,
    "open": open_session,
    "emit": emit,
    "flush": flush,
    "shutdown": lambda command: flush(command, terminate=True),
    "race": lambda command: processes.race(command, OPS),
    "fork": lambda command: processes.fork(command, OPS),
    "observe": lambda command: {
        name: mlflow.get_last_active_trace_id() for name in command["what"] if name == "trace.last_active"
    },
    "close": lambda command: sessions[command["session"]].clear() or {},
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
        where = traceback.extract_tb(e.__traceback__)[-1].filename
        own = where in (__file__, destinations.__file__, settings.__file__, spans.__file__) and not isinstance(e, spans.SubjectFault)
        kind = "driver" if own else "config" if command["op"] == "open" else "subject"
        return {"error": {"kind": kind, "type": type(e).__name__, "message": str(e)}}


def main():
    faulthandler.enable()  # stacks on SIGABRT
    for name in ("mlflow", "opentelemetry"):
        logging.getLogger(name).addHandler(logs.LogEvents(send))
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
