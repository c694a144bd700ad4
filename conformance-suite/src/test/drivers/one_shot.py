"""A program without a protocol, as docs/driver-protocol.md describes it: `one_shot.py [mode]`.

Started for each case with its exporter's own variables (TOY_URI, TOY_EXPERIMENT), it makes the spans of EDP_CONTEXT,
tells their ids in EDP_REFS and ends. Modes of misbehaviour: `yes-man` does not look at the scenario, `die`, `hang`.
"""

import datetime
import json
import os
import secrets
import sys
import time
import urllib.request

KNOWN = {"emit", "flush"}
mode = sys.argv[1] if len(sys.argv) > 1 else ""
scenario = os.environ["EDP_SCENARIO"].split("+")
if mode != "yes-man" and not KNOWN.issuperset(scenario):
    sys.exit(127)
if "emit" in scenario and mode == "die":
    sys.exit(3)
while "emit" in scenario and mode == "hang":
    time.sleep(3600)

refs = {}
with open(os.environ["EDP_CONTEXT"]) as file:
    spans = [span for step in json.load(file)["steps"] for span in step.get("spans", [])]
for span in spans:
    parent = refs.get(span.get("parent"))
    trace = parent["trace"] if parent else "tr-" + secrets.token_hex(16)
    refs[span["ref"]] = {"trace": trace, "span": secrets.token_hex(8)}
    if not parent:
        start = int(span.get("start", time.time_ns()))
        at = datetime.datetime.fromtimestamp(start // 10**9, datetime.timezone.utc)
        info = {"trace_id": trace, "state": "OK", "execution_duration": "0s",
                "trace_location": {"type": "MLFLOW_EXPERIMENT",
                                   "mlflow_experiment": {"experiment_id": os.environ["TOY_EXPERIMENT"]}},
                "request_time": at.strftime("%Y-%m-%dT%H:%M:%S") + f".{start // 10**6 % 1000:03}Z"}
        urllib.request.urlopen(urllib.request.Request(
            os.environ["TOY_URI"] + "/api/3.0/mlflow/traces", json.dumps({"trace": {"trace_info": info}}).encode(),
            {"Content-Type": "application/json", "X-Timeout": os.environ.get("TOY_TIMEOUT", "")}))
with open(os.environ["EDP_REFS"], "w") as file:
    json.dump(refs, file)
