"""The people of the closed loop, and a driver for its verbs: ``play = Cast()``, ``play.go("sign", play.unit)``."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from chengyun.cases.actions import NewCase, move, open_case
from chengyun.cases.facts import CaseFacts
from chengyun.cases.models import Case, CaseClock
from chengyun.cases.tests.scene import a_unit, somebody
from chengyun.kernel.actor import Actor
from chengyun.organisation.models import Posting

MORNING = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)  # Tuesday 09:00 in Shanghai


class Cast:
    """Everybody a case meets. Time moves on by a minute with each verb, or to where ``at`` says."""

    def __init__(self) -> None:
        centre, self.parks, self.water = a_unit("城运中心"), a_unit("绿化市容局"), a_unit("水务局")
        self.intake = somebody("受理 甲", "intake", centre)
        self.dispatcher = somebody("派遣 乙", "dispatcher", centre)
        self.leader = somebody("值班长 丙", "shift_leader", centre)
        self.callback = somebody("回访 丁", "callback", centre)
        self.inspector = somebody("监督 戊", "inspector", centre)
        self.unit = somebody("绿化 己", "unit", self.parks)
        self.helper = somebody("水务 庚", "unit", self.water)
        self.handler = somebody("绿化队 辛", "handler", self.parks)
        for one in (self.inspector, self.handler):
            for held in one.holdings:
                Posting.objects.create(
                    person_id=one.person_id, post=held.post, unit_id=held.unit_id, valid_from=date(2020, 1, 1)
                )
        self.now = MORNING
        self.case_id = 0

    def order(self, **said: Any) -> CaseFacts:
        """Open a hotline order."""
        facts: dict[str, Any] = {
            "kind": "hotline",
            "title": "小区门口树枝压电线",
            "channel": "phone",
            "appeal_type": "help",
        }
        return self._open(NewCase(**{**facts, **said}))

    def finding(self, **said: Any) -> CaseFacts:
        """Open a grid case, found by the inspector unless said otherwise."""
        facts: dict[str, Any] = {"kind": "grid", "title": "井盖缺失", "channel": "patrol"}
        return self._open(NewCase(**{**facts, "reporter_id": self.inspector.person_id, **said}))

    def _open(self, new: NewCase) -> CaseFacts:
        case, _ = open_case(new, actor=self.intake, now=self.now)
        assert case.id is not None
        self.case_id = case.id
        return case

    def go(self, verb: str, actor: Actor, *, at: datetime | None = None, **said: Any) -> CaseFacts:
        """Take a verb on the version that stands."""
        self.now = at or self.now + timedelta(minutes=1)
        return move(self.case_id, verb, actor=actor, seen=self.row.version, now=self.now, said=said)

    @property
    def row(self) -> Case:
        """The case as it stands in the database."""
        return Case.objects.get(pk=self.case_id)

    def clock(self, stage: str) -> CaseClock:
        """The newest clock of a stage."""
        return CaseClock.objects.filter(case_id=self.case_id, stage=stage).latest("no")

    def to_in_hand(self) -> None:
        """Dispatch, sign, first contact."""
        self.go("dispatch", self.dispatcher, unit=self.parks.pk)
        self.go("sign", self.unit)
        self.go("contact", self.unit, reached="yes", contacted_at=self.now.isoformat())

    def answer(self) -> CaseFacts:
        """The unit's answer."""
        return self.go(
            "answer", self.unit, finding="true", demand="reasonable", outcome="solved", reply="已修剪"
        )

    def to_called_back(self, satisfaction: str = "satisfied") -> None:
        """Answer, audit, callback."""
        self.answer()
        self.go("pass_audit", self.leader)
        said = {"said": "树枝还在"} if "dis" in satisfaction else {}
        self.go("call_back", self.callback, outcome="solved", satisfaction=satisfaction, **said)
