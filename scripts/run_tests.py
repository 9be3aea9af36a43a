"""Run every test: on SQLite, then on PostgreSQL where it is installed; the browser wherever Chromium is.

What is missing is installed through apt where that is possible (root on Debian), else said loudly.
In CI (variable CI set) a missing browser or PostgreSQL is a failure, not a skip.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter

from chengyun.config.testing.browser import REQUIRED, chromium
from chengyun.config.testing.cluster import binaries

WORDS = ("passed", "failed", "error", "skipped")


def may_install() -> bool:
    """Only root, and only where apt is."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages: str) -> None:
    print(f"Installing {' '.join(packages)} with apt-get ...", flush=True)
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", *command],
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            print(done.stdout[-2000:])
            print(f"apt-get {command[0]} failed; going on without {' '.join(packages)}.", flush=True)
            return


def provide_browser() -> bool:
    for package in ("chromium-headless-shell", "chromium"):  # not every distribution has the first
        if chromium() is None and may_install():
            install(package, "fonts-noto-cjk")
    return chromium() is not None


def run(database: str, wanted: list[str]) -> tuple[int, Counter[str]]:
    """Run the suite once; return pytest's exit code and its counts."""
    print(f"\n=== Tests on {database} ===", flush=True)
    command = [sys.executable, "-m", "pytest", f"--database={database}", "-n", "2", "--durations=20", *wanted]
    if database != "sqlite":
        command.append("--touching-the-database")  # the rest was tried a moment ago
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    last = ""
    assert process.stdout is not None
    for line in process.stdout:
        print(line, end="", flush=True)
        if re.search(r"\d+ (passed|failed|error)", line):
            last = line
    counts: Counter[str] = Counter()
    for number, word in re.findall(r"(\d+) (passed|failed|error|skipped)", last):
        counts[word] += int(number)
    return process.wait(), counts


def main(wanted: list[str]) -> int:
    """Run everything; the last line counts it all."""
    in_ci = bool(os.environ.get("CI"))
    missing = []
    if in_ci:
        os.environ[REQUIRED] = "required"
    if not provide_browser():
        missing.append("Chromium (browser tests skipped; apt-get install chromium fonts-noto-cjk)")
    codes, total = [], Counter[str]()
    databases = ["sqlite"]
    if binaries() is None:
        missing.append("PostgreSQL (the suite ran on SQLite only; apt-get install postgresql)")
    else:
        databases.append("postgresql")
    for database in databases:
        code, counts = run(database, wanted)
        codes.append(code)
        total += counts
    for what in missing:
        print(f"\n*** NOT TRIED: missing {what} ***")
    failed = total["failed"] + total["error"]
    bad = any(codes) or (in_ci and bool(missing))
    if bad and not failed:
        print("\nThe run failed although no test did; the reason stands above.")
    print(f"\n{total['passed']} passed, {failed} failed, {total['skipped']} skipped")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
