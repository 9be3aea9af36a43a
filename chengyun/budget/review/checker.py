"""Has documents checked in a process of its own: watches the clock, stops at once when asked to."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

import chengyun

LONGEST = 180.0  # seconds for one document
_LOOK = 0.3  # seconds between two looks at whether to stop


class Stopped(Exception):
    """Somebody asked to stop."""


class Checker:
    """One process for many documents; a new one after a document that broke it. Use as a context."""

    def __init__(self, stop_asked: Callable[[], bool], longest: float = LONGEST) -> None:
        self._stop_asked, self._longest = stop_asked, longest
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Checker:
        return self

    def __exit__(self, *said: object) -> None:
        self._end()

    def check(self, path: Path, prior: Path | None) -> dict[str, Any]:
        """``{"report": …}`` or ``{"unreadable": why}``. Raises ``Stopped``."""
        handle, out = tempfile.mkstemp(suffix=".json")
        os.close(handle)
        try:
            asked = {"path": str(path), "prior": str(prior) if prior else None, "out": out}
            problem = self._ask(asked)
            if problem:
                return {"unreadable": problem}
            said: dict[str, Any] = json.loads(Path(out).read_text(encoding="utf-8"))
            return said
        finally:
            Path(out).unlink(missing_ok=True)

    def _ask(self, asked: dict[str, Any]) -> str:
        """Hand one document over and wait; "" when it was done, else what to tell the reader."""
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(BrokenPipeError):  # it has died: its silence below tells
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
        end = time.monotonic() + self._longest
        with selectors.DefaultSelector() as waiting:
            waiting.register(process.stdout, selectors.EVENT_READ)
            while not waiting.select(_LOOK):
                if self._stop_asked():
                    self._end()
                    raise Stopped
                if time.monotonic() > end:
                    self._end()
                    told = _("核对超过 %(seconds)d 秒，已中止；请检查文件是否正常，或另存后再试")
                    return told % {"seconds": self._longest}
        if process.stdout.readline():
            return ""
        self._end()
        return _("文件无法处理（读取时程序中断），请另存为新文件后再试")

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            home = str(Path(chengyun.__file__).resolve().parents[1])
            path = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH", ""))))
            self._process = subprocess.Popen(
                [sys.executable, "-m", "chengyun.budget.review.aside"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            )
        return self._process

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):  # what it did not read is thrown away
                    pipe.close()
        self._process = None
