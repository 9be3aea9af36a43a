"""A small office for the tests of lists: people with accounts, and cases brought where they are wanted."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from chengyun.cases.actions import NewCase, move, open_case
from chengyun.cases.models import Case
from chengyun.kernel import clock
from chengyun.kernel.actor import Actor
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import Someone, bureau, centre, enter, person


class Office:
    """Two bureaus and the centre. Cases are opened and moved by real verbs."""

    def __init__(self) -> None:
        self.parks, self.water = bureau("绿化局"), bureau("水务局")
        self.now: datetime = clock.now()
        self._people: dict[str, Someone] = {}

    def who(self, post: Post, unit: str = "") -> Someone:
        """The holder of a post in the centre, or in ``parks`` or ``water``."""
        name = f"{post.value}-{unit or 'centre'}"
        if name not in self._people:
            home = getattr(self, unit) if unit else centre()
            self._people[name] = person(name, post, unit=home)
        return self._people[name]

    def actor(self, post: Post, unit: str = "") -> Actor:
        """The same as an actor."""
        return self.who(post, unit).now_actor()

    def client(self, post: Post, unit: str = "") -> Client:
        """A browser in which they are logged in."""
        return enter(Client(), self.who(post, unit))

    def order(self, title: str = "路灯不亮", **said: Any) -> Case:
        """A new hotline order."""
        facts: dict[str, Any] = {"kind": "hotline", "title": title, "channel": "phone", "appeal_type": "help"}
        return self._open({**facts, **said})

    def finding(self, title: str = "井盖缺失", **said: Any) -> Case:
        """A new grid case of the inspector."""
        inspector = self.who(Post.INSPECTOR).person.pk
        facts = {"kind": "grid", "title": title, "channel": "patrol", "reporter_id": inspector}
        return self._open({**facts, **said})

    def _open(self, facts: dict[str, Any]) -> Case:
        made, _new = open_case(NewCase(**facts), actor=self.actor(Post.INTAKE), now=self.now)
        return Case.objects.get(pk=made.id)

    def go(self, case: Case, verb: str, actor: Actor, **said: Any) -> Case:
        """Take a verb on the case as it stands."""
        self.now += timedelta(seconds=1)
        case.refresh_from_db()
        move(case.pk, verb, actor=actor, seen=case.version, now=self.now, said=said)
        case.refresh_from_db()
        return case

    def dispatched(self, unit: str = "parks", **said: Any) -> Case:
        """An order that lies with a bureau."""
        case = self.order(**said)
        return self.go(case, "dispatch", self.actor(Post.DISPATCHER), unit=getattr(self, unit).pk)

    def signed(self, unit: str = "parks", **said: Any) -> Case:
        """An order that a bureau has accepted."""
        return self.go(self.dispatched(unit, **said), "sign", self.actor(Post.UNIT, unit))

    def in_hand(self, unit: str = "parks", **said: Any) -> Case:
        """An order that a bureau works on."""
        case = self.signed(unit, **said)
        moment = self.now.isoformat()
        return self.go(case, "contact", self.actor(Post.UNIT, unit), reached="yes", contacted_at=moment)

    def overdue(self, case: Case) -> Case:
        """Let the deadline that the lists show lie two hours back."""
        Case.objects.filter(pk=case.pk).update(due_at=self.now - timedelta(hours=2))
        case.refresh_from_db()
        return case


def numbers(answer: Any) -> list[str]:
    """Numbers of the cases on a page, in order, each once."""
    return list(dict.fromkeys(re.findall(r'href="/cases/([A-Z0-9-]+)/" data-open', answer.content.decode())))
