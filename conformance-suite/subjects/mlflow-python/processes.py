"""Several threads, and a second process, at work on one session."""

import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor


def race(command, ops):
    """Threads that flush and shut down at once."""
    threads, names = command["threads"], command["ops"]
    start, results, errors = threading.Barrier(threads), [], []

    def call(n):
        name = names[n % len(names)]
        start.wait()
        try:
            results.append(ops[name](command)["result"])
        except Exception as e:
            errors.append(f"{name}: {e!r}")

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(call, range(threads)))
    return {"results": results, "errors": errors}


def fork(command, ops):
    """A child that makes spans, flushes and ends without the end of the interpreter, as workers of servers do."""
    read, write = os.pipe()
    if os.fork() == 0:
        try:
            refs = ops["emit"](command)["refs"]
            ops["flush"](command)
            os.write(write, json.dumps(refs).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as child:
        text = child.read()
    os.wait()
    return {"refs": json.loads(text)}
