"""The pytest plugin: chooses the database and a fresh data folder before Django's settings are read.

Named in pyproject.toml (``-p``), because pytest-django reads the settings before any conftest.py.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from chengyun.config.testing import network
from chengyun.config.testing.cluster import Cluster, NoCluster, throw_away_cluster

pytest_plugins = ["chengyun.config.testing.browser"]

DATABASE = "CHENGYUN_TEST_DATABASE"
# Whoever asks for one of these asks the database.
ASKING = frozenset(
    {"db", "transactional_db", "django_db_serialized_rollback", "live_server", "django_db_setup"}
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("chengyun").addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default=None,
        help=f"database to test on; default: the variable {DATABASE}, else sqlite",
    )
    parser.getgroup("chengyun").addoption(
        "--touching-the-database",
        action="store_true",
        help="leave out what never asks the database: it was tried with the other one",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Set the surroundings that chengyun.config.environment will read."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        _take_part_of_folder(os.environ["PYTEST_XDIST_WORKER"])
        return  # the database was chosen, and started, by the process that leads
    for name in [name for name in os.environ if name.startswith("CHENGYUN_") and name != DATABASE]:
        if not name.startswith(("CHENGYUN_TEST_", "CHENGYUN_BROWSER")):
            del os.environ[name]  # a developer's own settings must not decide a test
    _make_folder(early_config)
    chosen = early_config.known_args_namespace.database or os.environ.get(DATABASE) or "sqlite"
    os.environ[DATABASE] = chosen
    if chosen == "postgresql":
        _start_cluster(early_config)


def _make_folder(config: pytest.Config) -> None:
    folder = tempfile.mkdtemp(prefix="chengyun-test-")
    os.environ["CHENGYUN_DATA"] = folder
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def _take_part_of_folder(worker: str) -> None:
    folder = Path(os.environ["CHENGYUN_DATA"]) / worker
    folder.mkdir(exist_ok=True, mode=0o700)
    os.environ["CHENGYUN_DATA"] = str(folder)


def _start_cluster(config: pytest.Config) -> Cluster:
    try:
        cluster = throw_away_cluster()
    except NoCluster as reason:
        raise pytest.UsageError(f"cannot test on PostgreSQL: {reason}") from None
    config.add_cleanup(cluster.stop)
    atexit.register(cluster.stop)
    os.environ["CHENGYUN_DATABASE_URL"] = cluster.url
    return cluster


def pytest_configure(config: pytest.Config) -> None:
    network.forbid()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test marked ``postgresql`` needs that database and no other; a pure one needs no second run."""
    if os.environ.get(DATABASE) != "postgresql":
        wanted = [item for item in items if not item.get_closest_marker("postgresql")]
    elif config.getoption("--touching-the-database"):
        wanted = [item for item in items if _asks_the_database(item)]
    else:
        return
    left_out = set(items) - set(wanted)
    if left_out:
        config.hook.pytest_deselected(items=[item for item in items if item in left_out])
        items[:] = wanted


def _asks_the_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("one_database"):
        return False
    if any(item.get_closest_marker(name) for name in ("postgresql", "own_database", "django_db")):
        return True
    return not ASKING.isdisjoint(getattr(item, "fixturenames", ()))


def pytest_report_header() -> str:
    return f"database: {os.environ.get(DATABASE, 'sqlite')}; data: {os.environ.get('CHENGYUN_DATA', '')}"


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what could not be tried."""
    skipped = terminalreporter.stats.get("skipped", [])
    browser = [report for report in skipped if "browser" in getattr(report, "keywords", {})]
    if browser:
        terminalreporter.section("NOT TRIED", red=True, bold=True)
        terminalreporter.line(f"{len(browser)} browser tests skipped: {browser[0].longrepr[2]}")


@pytest.fixture
def data_folder() -> Path:
    """The run's own data folder."""
    return Path(os.environ["CHENGYUN_DATA"])
