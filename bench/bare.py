"""How fast the bare database takes the same rows: the ceiling beside which the product is read."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

from chengyun.config.testing.cluster import Cluster

# What one new case writes, in columns and indexes that weigh about the same.
TABLES = (
    "CREATE TABLE bare_case (id {key}, number varchar(32) UNIQUE, title varchar(200), body text, "
    "state varchar(20), due_at {moment}, registered_at {moment})",
    "CREATE INDEX bare_case_due ON bare_case (state, due_at)",
    "CREATE INDEX bare_case_registered ON bare_case (registered_at)",
    "CREATE TABLE bare_event (id {key}, case_id bigint, seq integer, said text, digest varchar(64))",
    "CREATE INDEX bare_event_case ON bare_event (case_id, seq)",
    "CREATE TABLE bare_deadline (id {key}, case_id bigint, due_at {moment})",
)
SQLITE_INSERTS = (
    "INSERT INTO bare_case (number, title, body, state, due_at, registered_at) "
    "VALUES (?, ?, ?, 'registered', datetime('now'), datetime('now'))",
    "INSERT INTO bare_event (case_id, seq, said, digest) VALUES (?, 1, '{}', hex(randomblob(32)))",
    "INSERT INTO bare_deadline (case_id, due_at) VALUES (?, datetime('now'))",
)
PGBENCH = """\\set n random(1, 1000000000000000)
BEGIN;
INSERT INTO bare_case (number, title, body, state, due_at, registered_at)
 VALUES (:n::text, repeat('x', 40), repeat('y', 120), 'registered', now(), now());
INSERT INTO bare_event (case_id, seq, said, digest)
 VALUES (currval('bare_case_id_seq'), 1, '{}', repeat('z', 64));
INSERT INTO bare_deadline (case_id, due_at) VALUES (currval('bare_case_id_seq'), now());
COMMIT;
"""


def sqlite_per_second(seconds: float = 5.0) -> float:
    """Durable transactions a second, one after another, as the product's one writer makes them."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "bare.sqlite3", isolation_level=None)
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        for sql in TABLES:
            connection.execute(sql.format(key="integer PRIMARY KEY", moment="datetime"))
        done, began = 0, time.perf_counter()
        while time.perf_counter() - began < seconds:
            connection.execute("BEGIN IMMEDIATE")
            case = connection.execute(SQLITE_INSERTS[0], (str(done), "x" * 40, "y" * 120)).lastrowid
            connection.execute(SQLITE_INSERTS[1], (case,))
            connection.execute(SQLITE_INSERTS[2], (case,))
            connection.execute("COMMIT")
            done += 1
        spent = time.perf_counter() - began
        connection.close()
    return done / spent


def postgresql_per_second(cluster: Cluster, connections: int = 32, seconds: int = 5) -> float:
    """Transactions a second by pgbench over the same number of connections."""
    programs, where = cluster.programs, ["-h", cluster.socket, "-U", "chengyun", "postgres"]
    for sql in TABLES:
        filled = sql.format(key="bigserial PRIMARY KEY", moment="timestamptz")
        subprocess.run([programs / "psql", "-q", "-c", filled, *where], check=True)
    script = Path(tempfile.gettempdir()) / f"bare-{cluster.folder.name}.sql"
    script.write_text(PGBENCH, encoding="utf-8")
    try:
        command: list[str] = [str(programs / "pgbench"), "-n", "-f", str(script), "-c", str(connections)]
        command += ["-j1", f"-T{seconds}", *where]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    finally:
        script.unlink()
        names = ", ".join(("bare_case", "bare_event", "bare_deadline"))
        subprocess.run([programs / "psql", "-q", "-c", f"DROP TABLE {names}", *where], check=True)
    found = re.search(r"tps = ([\d.]+)", said)
    assert found, said
    return float(found[1])
