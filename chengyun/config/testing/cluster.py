"""A throw-away PostgreSQL cluster: made in a temporary folder, reached by its owner's socket."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

# Where Debian and its children keep the server; the search path is looked at first.
FOLDERS = tuple(f"/usr/lib/postgresql/{version}/bin" for version in (18, 17, 16, 15))

# What makes it quick. Never for data that anybody wants to keep.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}


class NoCluster(Exception):
    """PostgreSQL cannot be started here; the message says why."""


def binaries() -> Path | None:
    """The folder that holds ``initdb`` and ``pg_ctl``, or None where PostgreSQL is not installed."""
    found = shutil.which("initdb")
    folders = ([str(Path(found).resolve().parent)] if found else []) + list(FOLDERS)
    for folder in folders:
        if (Path(folder) / "initdb").exists() and (Path(folder) / "pg_ctl").exists():
            return Path(folder)
    return None


def _servant() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as a user that the machine already has."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise NoCluster("PostgreSQL does not run as root, and there is neither a user 'postgres' nor 'nobody'")


@dataclass(frozen=True)
class Cluster:
    """A running cluster. ``url`` names its empty database; ``socket`` is for ``psql -h``."""

    folder: Path
    programs: Path
    servant: dict[str, Any]

    @property
    def socket(self) -> str:
        return str(self.folder)

    @property
    def url(self) -> str:
        """An address for CHENGYUN_DATABASE_URL."""
        return f"postgresql://chengyun@{quote(self.socket, safe='')}/postgres"

    def _run(self, *command: str) -> None:
        """Run one of PostgreSQL's programs; raise NoCluster with what it said when it fails."""
        done = subprocess.run(  # noqa: S603
            command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=120,
            **self.servant,
        )
        if done.returncode:
            raise NoCluster(f"{Path(command[0]).name} failed: {done.stdout.strip()}")

    def prepare(self, *, durable: bool) -> None:
        data = str(self.folder / "data")
        self._run(
            str(self.programs / "initdb"), "-D", data, "-U", "chengyun", "-E", "UTF8",
            "--locale=C", "--auth=trust", "--no-sync", "--no-instructions",
        )  # fmt: skip
        settings = {
            "listen_addresses": "''",  # the socket alone: nobody else on the machine can come in
            "unix_socket_directories": f"'{self.folder}'",
            "max_connections": "60",
            "shared_buffers": "256MB",
            **({} if durable else CARELESS),
        }
        with (Path(data) / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.writelines(f"{name} = {value}\n" for name, value in settings.items())

    def start(self) -> None:
        log = str(self.folder / "log")
        self._run(str(self.programs / "pg_ctl"), "-D", f"{self.folder}/data", "-w", "-l", log, "start")

    def kill(self) -> None:
        """As if the power were cut: SIGKILL to every process of the cluster at once.

        ``start()`` then recovers what was promised, if the cluster is durable.
        """
        note = self.folder / "data" / "postmaster.pid"
        leader = int(note.read_text(encoding="ascii").split()[0])
        for member in (leader, *self._members()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(member, signal.SIGKILL)
        until = time.monotonic() + 30
        while self._members() and time.monotonic() < until:
            time.sleep(0.02)
        # After a real cut nobody has the leader's number; here it may keep it, dead, until it is reaped.
        for lock in (note, self.folder / ".s.PGSQL.5432.lock"):
            lock.unlink(missing_ok=True)

    def _members(self) -> list[int]:
        """The living processes of this cluster, which all work in its data folder."""
        here, found = f"{self.folder}/data", []
        for name in os.listdir("/proc"):
            if name.isdigit():
                with contextlib.suppress(OSError):
                    if os.readlink(f"/proc/{name}/cwd") == here:
                        found.append(int(name))
        return found

    def stop(self) -> None:
        """Stop the server and remove its folder. May be called twice."""
        if not self.folder.exists():
            return
        try:
            self._run(
                str(self.programs / "pg_ctl"), "-D", f"{self.folder}/data", "-m", "immediate", "-w", "stop"
            )
        except (NoCluster, subprocess.TimeoutExpired):
            pass  # it was not running
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)


def throw_away_cluster(*, durable: bool = False) -> Cluster:
    """Make and start a cluster; the caller calls ``stop()``. ``durable`` keeps every promise to the disk.

    Raises NoCluster where there are no binaries or the server will not start.
    """
    programs = binaries()
    if programs is None:
        raise NoCluster("no initdb and pg_ctl found; on Debian: apt-get install postgresql")
    servant = _servant()
    folder = Path(tempfile.mkdtemp(prefix="chengyun-pg-"))
    cluster = Cluster(folder, programs, servant)
    try:
        if servant:
            os.chown(folder, servant["user"], servant["group"])
        cluster.prepare(durable=durable)
        cluster.start()
    except BaseException:
        cluster.stop()
        raise
    return cluster
