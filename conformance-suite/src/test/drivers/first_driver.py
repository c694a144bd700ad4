"""The driver of docs/write-a-driver.md, as it stands there."""

import datetime, json, os, secrets, socket, sys, time, urllib.request

protocol = os.fdopen(os.dup(1), "w")  # keep the real stdout for the protocol …
os.dup2(2, 1)                         # … and send everybody's print() to stderr

CAPABILITIES = {"destinations": ["mlflow-v3"], "pipeline": ["batch"], "ids": "own", "times": "given",
                "sessions": "one", "ops": ["flush", "shutdown"], "config": [], "spans": [], "environment": []}
destination = None


def hello(command):
    return {"protocol": 1,
            "subject": {"name": "my-exporter", "version": "0.1", "language": "Python"},
            "driver": {"name": "my-driver", "version": "1"},
            "runtime": {"name": "CPython", "version": sys.version.split()[0]},
            "capabilities": CAPABILITIES}


def open_session(command):
    global destination
    destination = command["destination"]
    return {"applied": [], "ignored": list(command.get("config", {}))}


def emit(command):
    refs, began = {}, time.perf_counter_ns()
    for span in spans_of(command):
        parent = refs.get(span.get("parent"))
        trace = parent["trace"] if parent else "tr-" + secrets.token_hex(16)
        refs[span["ref"]] = {"trace": trace, "span": secrets.token_hex(8)}
        if not parent:
            export(trace, span)
    took = str(time.perf_counter_ns() - began)
    return {"refs": refs, "accepted": len(refs), "caller_max_ns": took, "caller_total_ns": took}


def spans_of(command):
    """The spans of a command; `gen` stands for many that are alike."""
    if "spans" in command:
        return command["spans"]
    template = command["gen"]["template"]
    return [{**template, "ref": f"{template['ref']}-{n}"} for n in range(command["gen"]["count"])]


def export(trace, root):
    """This is the exporter under test: yours is better."""
    start = int(root.get("start", time.time_ns()))
    at = datetime.datetime.fromtimestamp(start // 10**9, datetime.timezone.utc)
    info = {"trace_id": trace, "state": "OK",
            "trace_location": {"type": "MLFLOW_EXPERIMENT",
                               "mlflow_experiment": {"experiment_id": destination["experiment_id"]}},
            "request_time": at.strftime("%Y-%m-%dT%H:%M:%S") + f".{start // 10**6 % 1000:03}Z",
            "execution_duration": "0s", "tags": {"mlflow.traceName": root["name"]}}
    urllib.request.urlopen(urllib.request.Request(
        destination["endpoint"] + "/api/3.0/mlflow/traces",
        json.dumps({"trace": {"trace_info": info}}).encode(), {"Content-Type": "application/json"}))


OPS = {"hello": hello, "open": open_session, "emit": emit, "close": lambda command: {},
       "flush": lambda command: {"result": "unknown"}, "shutdown": lambda command: {"result": "unknown"}}


def serve(commands, answers):
    for line in commands:
        command = json.loads(line)
        if command["op"] == "exit":
            sys.exit(0)
        if command["op"] not in OPS:
            answer = {"unsupported": {"reason": "unknown op " + command["op"]}}
        else:
            try:
                answer = {"ok": OPS[command["op"]](command)}
            except Exception as e:
                answer = {"error": {"kind": "subject", "type": type(e).__name__, "message": str(e)}}
        print(json.dumps({"id": command["id"], **answer}), file=answers, flush=True)


if len(sys.argv) == 1:
    serve(sys.stdin, protocol)
else:  # a port to listen on, for --attach
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
    print("listening on", listener.getsockname()[1], file=sys.stderr, flush=True)
    while True:
        with listener.accept()[0] as peer, peer.makefile("r") as commands, peer.makefile("w") as answers:
            serve(commands, answers)
os._exit(0)
