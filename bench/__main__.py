"""Measure speed and memory and print a Markdown table for docs/benchmarks.md.

    make bench                                       everything, on both databases
    make bench ARGS="create start --database sqlite" some of it
    make bench ARGS="list case search --cases 2000000"

Each database gets a folder of its own under the temporary folder and is removed afterwards, unless --keep
names a folder to keep it in and use again. All traffic stays on this machine.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measures import ALL, Place, Row
from chengyun.config.testing.cluster import binaries, throw_away_cluster
from chengyun.config.testing.real_server import RealServer


@contextmanager
def place(database: str, arguments: argparse.Namespace) -> Iterator[Place]:
    """A running server with rehearsal data, multiplied to ``--cases``."""
    with tempfile.TemporaryDirectory(prefix="chengyun-bench-") as folder:
        kept = Path(arguments.keep) / database if arguments.keep else Path(folder)
        cluster = throw_away_cluster(durable=True) if database == "postgresql" else None
        server = RealServer(kept, cluster.url if cluster else "")
        try:
            server.start()
            if arguments.cases:
                server.stop()
                fill(server, arguments.cases)
                server.start()
            yield Place(database, server, cluster, arguments.seconds, arguments.documents)
        finally:
            server.kill()
            if cluster:
                cluster.stop()


def fill(server: RealServer, cases: int) -> None:
    print(f"Multiplying to {cases:,} cases ...", flush=True)
    command = [sys.executable, "-m", "bench.million", "--cases", str(cases)]
    subprocess.run(command, env=server.surroundings, check=True)


def table(rows: list[Row]) -> str:
    lines = ["| what | database | measured | wanted |", "|---|---|---|---|"]
    return "\n".join([*lines, *(f"| {r.what} | {r.database} | {r.measured} | {r.wanted} |" for r in rows)])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(ALL)}")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--cases", type=int, default=0, help="multiply the cases to so many first")
    parser.add_argument("--seconds", type=int, default=10, help="how long each load lasts (default 10)")
    parser.add_argument("--keep", help="a folder for the data of SQLite, kept and used again")
    parser.add_argument(
        "--documents", type=Path, help="a folder of published budgets for check; else a sample is made"
    )
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(ALL)
    if unknown:
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}; there are {', '.join(ALL)}")
    databases = arguments.database or ["sqlite", "postgresql"]
    if binaries() is None and "postgresql" in databases:
        print("*** PostgreSQL is not installed here: measuring on SQLite only ***")
        databases.remove("postgresql")
    rows: list[Row] = []
    for database in databases:
        with place(database, arguments) as where:
            for name in arguments.names or list(ALL):
                print(f"{database}: {name} ...", flush=True)
                rows += ALL[name](where)
    print(f"\n{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores\n")
    print(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
