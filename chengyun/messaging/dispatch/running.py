"""The worker's messaging threads: one for each gateway on another machine, so that a dead one stops no other."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime

from django.db import DatabaseError, close_old_connections

from chengyun.kernel.clock import now
from chengyun.messaging.dispatch.claim import anything_due, claim, recover
from chengyun.messaging.dispatch.rounds import run_round
from chengyun.messaging.dispatch.standing import may_serve, note_down, note_up
from chengyun.messaging.dispatch.store import store_events
from chengyun.messaging.gateways import Event, Gateway, Link
from chengyun.messaging.gateways.kinds import KINDS, made
from chengyun.messaging.models import GatewayRow

log = logging.getLogger(__name__)
LOOK_EVERY = 2.0  # seconds between two looks at the rows of gateways
IDLE, POLL, AFTER_TROUBLE = 0.25, 0.02, 5.0  # seconds
MOST_AT_ONCE = 100
STOP_WITHIN, NOTE_EVERY = 5.0, 10.0


def run_until(stop: threading.Event) -> None:
    """Keep a thread for every enabled gateway that is not local, and start it anew when its row is changed."""
    running: dict[int, Runner] = {}
    while not stop.is_set():
        try:
            _follow_rows(running)
        except Exception:
            log.exception("the gateways cannot be read")
        close_old_connections()
        stop.wait(LOOK_EVERY)
    for runner in running.values():
        runner.told.set()
    for runner in running.values():
        runner.join(STOP_WITHIN + 2)


def _follow_rows(running: dict[int, Runner]) -> None:
    wanted = {
        row.pk: row
        for row in GatewayRow.objects.filter(enabled=True)
        if row.kind in KINDS and not KINDS[row.kind].local
    }
    for key, runner in list(running.items()):
        row = wanted.get(key)
        if row is None or row.changed_at != runner.changed_at:
            runner.told.set()
        # One that is still waiting for an answer keeps its place: two must never serve the same gateway.
        if not runner.is_alive():
            del running[key]
    for key, row in wanted.items():
        if key not in running:
            running[key] = Runner(row)
            running[key].start()


class Runner(threading.Thread):
    """Serves one gateway until it is told to stop; trouble is noted, and it goes on after a while."""

    def __init__(self, row: GatewayRow) -> None:
        super().__init__(name=f"messages-{row.name}", daemon=True)
        self.row = row
        self.changed_at: datetime = row.changed_at
        self.told = threading.Event()

    def run(self) -> None:
        """Serve, and begin again after an error that nobody expected."""
        while not self.told.is_set():
            try:
                recover(self.row.name, now=now())
                gateway = made(self.row)
                if KINDS[self.row.kind].long_lived:
                    LinkService(gateway, self.row, self.told).run()  # type: ignore[arg-type]
                else:
                    self._serve(gateway)  # type: ignore[arg-type]
            except Exception as trouble:
                log.exception("the gateway %s stopped", self.row.name)
                self._note(trouble)
                self.told.wait(AFTER_TROUBLE)
            finally:
                close_old_connections()

    def _serve(self, gateway: Gateway) -> None:
        most = int(self.row.settings.get("batch") or MOST_AT_ONCE)
        while not self.told.is_set():
            handed = run_round(gateway, most, now=now())
            close_old_connections()
            if handed < most:
                self.told.wait(IDLE)

    def _note(self, trouble: Exception) -> None:
        try:
            note_down(self.row.name, f"{type(trouble).__name__}: {trouble}", now=now())
        except Exception:
            log.exception("the trouble of %s cannot be noted", self.row.name)


class LinkService:
    """Feeds a link and writes down what it tells, until told to stop."""

    def __init__(self, link: Link, row: GatewayRow, told: threading.Event) -> None:
        self.link = link
        self.row = row
        self.told = told
        self._told_of: tuple[bool, str] | None = None
        self._note_again = 0.0
        self._unstored: list[Event] = []
        self._metered: bool = row.metered

    def run(self) -> None:
        """Serve; on leaving every answer that came is on disk."""
        self.link.start()
        try:
            idle = False
            while not self.told.is_set():
                try:
                    idle = not self.step(IDLE if idle else POLL)
                except DatabaseError:
                    # What the link told stays in hand until the database is back.
                    log.exception("the gateway %s waits for the database", self.row.name)
                    self.told.wait(AFTER_TROUBLE)
                close_old_connections()
        finally:
            self.link.stop(STOP_WITHIN)
            self._store(0.0)

    def step(self, timeout: float) -> int:
        """Feed once and listen once; returns how many messages and events there were."""
        moment = now()
        self._note(moment)
        handed = 0
        room = min(self.link.room(), MOST_AT_ONCE)
        if room > 0 and anything_due(moment):
            _row, takes = may_serve(self.row.name, moment)
            if takes:
                self._metered = self.row.metered and False in takes
            for one in claim(self.row.name, room, now=moment, rehearsal=takes) if takes else ():
                self.link.submit(one)
                handed += 1
        return handed + self._store(timeout)

    def _store(self, timeout: float) -> int:
        self._unstored += self.link.poll(timeout)
        told = len(self._unstored)
        if told:
            store_events(self.row.name, self._unstored, metered=self._metered, now=now())
            self.link.stored(self._unstored)
            self._unstored = []
        return told

    def _note(self, moment: datetime) -> None:
        """Tell the row when the link went up or down, and why; that it is up also every few seconds."""
        state = self.link.state()
        news = self._told_of != (state.up, state.error)
        if state.up and (news or time.monotonic() >= self._note_again):
            note_up(self.row.name, now=moment)
            self._note_again = time.monotonic() + NOTE_EVERY
        elif news and not state.up:
            note_down(self.row.name, state.error, now=moment)
        self._told_of = (state.up, state.error)
