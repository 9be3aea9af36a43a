"""The same pressure by wrk (apt-get install wrk), which leaves more of the two cores to the product."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}

SCRIPT = """
math.randomseed(os.time() + tonumber(tostring({{}}):match("0x(%x+)"), 16) % 1000000)
local body = {body}
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer {token}"
function request()
  local r = math.random
  local id = string.format("%08x-%04x-4%03x-8%03x-%06x%06x", r(0, 0x7fffffff), r(0, 0xffff), r(0, 0xfff),
    r(0, 0xfff), r(0, 0xffffff), r(0, 0xffffff))
  return wrk.format(nil, nil, nil, (body:gsub("CLIENT%-ID", id)))
end
function done(summary)
  io.write("STATUS " .. summary.errors.status .. "\\n")
end
"""


def is_here() -> bool:
    return shutil.which("wrk") is not None


def post(
    port: int, path: str, case: dict[str, str], token: str, *, connections: int, seconds: int
) -> tuple[float, float, float, int]:
    """Post cases; return (answers a second, p50 in ms, p99 in ms, refused)."""
    body = json.dumps(json.dumps({**case, "client_id": "CLIENT-ID"}))  # JSON's quoting is good Lua here
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "post.lua"
        script.write_text(SCRIPT.format(body=body, token=token), encoding="utf-8")
        address = f"http://127.0.0.1:{port}{path}"
        command = ["wrk", "-t1", f"-c{connections}", "--latency", "-s", str(script), address]
        subprocess.run([*command, "-d2s"], check=True, capture_output=True)  # warm
        said = subprocess.run([*command, f"-d{seconds}s"], check=True, capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    refused = re.search(r"STATUS (\d+)", said)
    assert rate, said
    return float(rate[1]), _latency(said, "50%"), _latency(said, "99%"), int(refused[1]) if refused else 0


def _latency(said: str, share: str) -> float:
    found = re.search(rf"^\s+{share}\s+([\d.]+)(us|ms|s)", said, re.MULTILINE)
    return float(found[1]) * UNITS[found[2]] if found else float("nan")
