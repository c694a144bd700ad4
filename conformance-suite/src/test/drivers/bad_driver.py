"""The smallest EDP/1 driver, and what can be wrong with a driver: `python3 bad_driver.py [mode] [options]`.

It drives no exporter: it accepts spans and sends nothing. Without a mode it keeps to the protocol. Options: `--listen`
serves one TCP connection after the other, at a port that it names on stderr; `--in CASE` misbehaves in that case only;
`--mark TEXT` does nothing but stand in the command line. Modes:

  hang           never answers `emit`
  die            ends with exit code 3 at `emit`
  exit-0         ends with exit code 0 at `emit`
  late           answers `emit` half a second after its deadline
  wrong-id       answers `emit` with the id of another command
  two-forms      answers `emit` with `ok` and `error` at once
  unreadable     answers `emit` with half a JSON object
  invalid-utf8   answers `emit` with bytes that are not UTF-8
  huge-line      answers `emit` with a line of 2 MiB
  twice          answers every command twice
  yes-man        answers every op with `ok`, those that it does not know too
  garbage        writes two lines of noise before every answer
  split-writes   writes every answer byte by byte
  stderr-flood   writes 4 MiB to stderr before it answers `emit`
  stdin-closed   closes its stdin instead of reading `emit`, and lives on
  stdout-closed  closes its stdout at `emit`, and lives on
  grandchild     starts a process at `emit`, names its id on stderr, and never answers
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import time

MODES = {line.split()[0] for line in __doc__.splitlines() if line.startswith("  ")}

CAPABILITIES = {
    "destinations": ["mlflow-v3"],
    "pipeline": ["batch"],
    "ids": "own",
    "times": "given",
    "sessions": "one",
    "ops": ["flush", "shutdown", "observe", "exit"],
    "config": ["async", "environment", "retry.max_attempts", "retry.base_ms", "timeout_ms", "queue.max_size",
               "queue.workers", "auth.bearer", "auth.basic"],
    "spans": ["attributes", "events", "status", "raise", "never-ended", "end-order", "end-twice", "concurrency",
              "mlflow.inputs", "mlflow.trace", "mlflow.prompts", "mlflow.state", "mlflow.previews"],
    "environment": ["databricks-notebook"],
    "signals": ["log"],
}


def result(command):
    """The member that answers the command."""
    match command["op"]:
        case "hello":
            return {"ok": {
                "protocol": 1,
                "subject": {"name": "null", "version": "1", "language": "Python"},
                "driver": {"name": "bad_driver", "version": "1"},
                "runtime": {"name": "Python", "version": sys.version.split()[0]},
                "capabilities": CAPABILITIES,
            }}
        case "open":
            return {"ok": {"applied": list(command.get("config", {})), "ignored": []}}
        case "emit":
            return {"ok": {"refs": {}, "accepted": 0, "caller_max_ns": "0", "caller_total_ns": "0"}}
        case "flush" | "shutdown":
            return {"ok": {"result": "unknown"}}
        case "observe":
            return {"ok": {"trace.last_active": None}}
        case "close":
            return {"ok": {}}
    return {"unsupported": {"reason": "unknown op " + command["op"]}}


def hang():
    while True:
        time.sleep(3600)


def misbehave(options, command):
    """What happens instead of, or before, the answer to `emit`; the answer's line, or None for the usual one."""
    answer = json.dumps({"id": command["id"], **result(command)}).encode()
    match options.mode:
        case "hang":
            hang()
        case "die":
            sys.exit(3)
        case "exit-0":
            sys.exit(0)
        case "late":
            time.sleep(command["deadline_ms"] / 1000 + 0.5)
        case "wrong-id":
            return json.dumps({"id": command["id"] + 1000, **result(command)}).encode()
        case "two-forms":
            return json.dumps({"id": command["id"], **result(command), "error": {}}).encode()
        case "unreadable":
            return answer[: len(answer) // 2]
        case "invalid-utf8":
            return answer.replace(b'"refs": {}', b'"refs": {"\xff\xfe": {}}')
        case "huge-line":
            return answer.replace(b'"refs": {}', b'"refs": {}, "pad": "' + b"x" * (2 << 20) + b'"')
        case "stderr-flood":
            for _ in range(64):
                print("flood " * 10923, file=sys.stderr)
        case "stdout-closed":
            os.close(1)
            hang()
        case "grandchild":
            program = "import time; time.sleep(3600)"
            child = subprocess.Popen([sys.executable, "-c", program, options.mark or ""])
            print("grandchild", child.pid, file=sys.stderr, flush=True)
            hang()
    return None


def serve(options, commands, out):
    bad = options.case is None
    for line in commands:
        command = json.loads(line)
        if command["op"] == "exit":
            if command["how"] == "throw":
                raise RuntimeError("the application fails")
            return
        if command["op"] == "open":
            bad = options.case in (None, command.get("case"))
        mode = options.mode if bad else None
        answer = result(command)
        if mode == "yes-man" and "unsupported" in answer:
            answer = {"ok": {}}
        encoded = misbehave(options, command) if bad and command["op"] == "emit" else None
        encoded = (encoded or json.dumps({"id": command["id"], **answer}).encode()) + b"\n"
        if mode == "garbage":
            out.write(b"loading model weights 42%\n[1, 2]\n")
        if mode == "stdin-closed" and command["op"] == "open":
            os.close(0)
        for piece in ([bytes([b]) for b in encoded] if mode == "split-writes" else [encoded]):
            out.write(piece)
            out.flush()
        if mode == "twice":
            out.write(encoded)
            out.flush()
        if mode == "stdin-closed" and command["op"] == "open":
            hang()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", nargs="?", choices=sorted(MODES))
    parser.add_argument("--listen", action="store_true")
    parser.add_argument("--in", dest="case")
    parser.add_argument("--mark")
    options = parser.parse_args()
    if not options.listen:
        serve(options, sys.stdin.buffer, sys.stdout.buffer)
        return
    listener = socket.create_server(("127.0.0.1", 0))
    print("listening on", listener.getsockname()[1], file=sys.stderr, flush=True)
    while True:
        with listener.accept()[0] as peer, peer.makefile("rwb") as stream:
            serve(options, stream, stream)


if __name__ == "__main__":
    main()
