"""What the tests of the case page stand on: a case of either kind, and a clerk who only uses what pages offer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from chengyun.cases.actions import NewCase, open_case
from chengyun.cases.facts import CaseFacts
from chengyun.cases.models import Case
from chengyun.kernel import clock
from chengyun.organisation.models import Unit
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import Someone, bureau, enter, person
from chengyun.worktime import freshness
from chengyun.worktime.limits import Provenance
from chengyun.worktime.models import TimeLimit
from chengyun.worktime.units import Unit as TimeUnit


class _Reader(HTMLParser):
    """Reads the links to verbs and the form of a verb out of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.action = ""
        self.values: dict[str, list[str]] = {}
        self.offered: dict[str, list[str]] = {}
        self.names: set[str] = set()
        self._inside = False
        self._select = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and "/do/" in said.get("href", ""):
            self.links.append(said["href"])
        if tag == "form":
            self._inside = "/do/" in said.get("action", "")
            self.action = said["action"] if self._inside else self.action
        if self._inside and (tag == "option" or said.get("name")):
            self._field(tag, said)

    def _field(self, tag: str, said: dict[str, str]) -> None:
        name = said.get("name", self._select)
        self.names.add(name)
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._text = name
            self.values[name] = [""]
        elif tag == "option" or said.get("type") in {"radio", "checkbox"}:
            self.offered.setdefault(name, []).append(said.get("value", ""))
            if "selected" in said or "checked" in said:
                self.values.setdefault(name, []).append(said.get("value", ""))
        elif tag == "input" and said.get("type") != "file":
            self.values.setdefault(name, []).append(said.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._text:
            self.values[self._text] = [self.values[self._text][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "textarea":
            self._text = ""


def read(html: str) -> _Reader:
    """The links and the verb form of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader


@dataclass
class Clerk:
    """Somebody at a browser without script."""

    who: Someone
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        enter(self.client, self.who)

    def page(self, number: str) -> str:
        """The page of the case."""
        answer = self.client.get(reverse("workbench:case", args=[number]))
        assert answer.status_code == 200, answer.content.decode()[:2000]
        return answer.content.decode()

    def form(self, number: str, verb: str) -> _Reader:
        """Open the form of a verb that the page offers."""
        address = reverse("workbench:case-verb", args=[number, verb])
        assert address in read(self.page(number)).links, f"{self.who.person.name} is not offered {verb}"
        found = read(self.client.get(address).content.decode())
        assert found.action == address
        return found

    def send(self, form: _Reader, **said: Any) -> Any:
        """Send a form with its own values, changed as said; every name must be a field of the form."""
        assert set(said) <= form.names | {"files"}, f"no such field: {set(said) - form.names}"
        values: dict[str, Any] = {
            **form.values,
            **{k: v if isinstance(v, list) else [v] for k, v in said.items()},
        }
        for name, chosen in said.items():
            for one in chosen if isinstance(chosen, list) else [chosen]:
                assert name not in form.offered or str(one) in form.offered[name], (
                    f"{name}: {one} is not offered"
                )
        return self.client.post(form.action, values)

    def do(self, number: str, verb: str, **said: Any) -> Case:
        """Take a verb through its form and come back to the case."""
        answer = self.send(self.form(number, verb), **said)
        assert answer.status_code == 303, read_errors(answer.content.decode())
        return Case.objects.get(number=number)


def read_errors(html: str) -> str:
    """The part of a page that says what is wrong."""
    at = html.find("data-errors")
    return html[at : at + 600] if at >= 0 else html[:600]


@dataclass
class Staff:
    """One clerk per post, and the bureau that handles with its team."""

    unit: Unit
    posts: dict[Post, Clerk]

    def __getitem__(self, post: Post) -> Clerk:
        return self.posts[post]


CENTRE_POSTS = (Post.INTAKE, Post.SHIFT_LEADER, Post.DISPATCHER, Post.CALLBACK, Post.INSPECTOR)


def staff() -> Staff:
    """Five posts of the centre and a bureau with liaison and handler."""
    unit = bureau("绿化局")
    posts = {post: Clerk(person(str(post), post)) for post in CENTRE_POSTS}
    posts[Post.UNIT] = Clerk(person("liaison", Post.UNIT, unit=unit))
    posts[Post.HANDLER] = Clerk(person("handler", Post.HANDLER, unit=unit))
    return Staff(unit, posts)


def order(by: Clerk, now: datetime | None = None, **said: Any) -> CaseFacts:
    """A hotline order just registered."""
    facts: dict[str, Any] = {
        "kind": "hotline",
        "title": "小区门口路灯不亮",
        "channel": "phone",
        "description": "晚上看不清路，已有三天。",
        "appeal_type": "complaint",
        "contact": {"name": "王小明", "phone": "13812345678"},
        "client_id": uuid4(),
    }
    return open_case(NewCase(**{**facts, **said}), actor=by.who.actor, now=now or clock.now())[0]


def finding(by: Clerk, now: datetime | None = None, **said: Any) -> CaseFacts:
    """A grid case as an inspector reports it."""
    facts: dict[str, Any] = {
        "kind": "grid",
        "title": "井盖破损",
        "channel": "patrol",
        "description": "人行道井盖破损。",
        "client_id": uuid4(),
        "reporter_id": by.who.person.pk,
    }
    return open_case(NewCase(**{**facts, **said}), actor=by.who.actor, now=now or clock.now())[0]


def limit(process: str, stage: str, workdays: int) -> TimeLimit:
    """A dated limit from a second-hand source, in force since long ago."""
    row = TimeLimit.objects.create(
        process=process,
        stage=stage,
        amount=Decimal(workdays),
        unit=TimeUnit.WORKDAY,
        valid_from=date(2000, 1, 1),
        source="测试资料",
        provenance=Provenance.SECONDARY,
        noted_at=clock.now(),
    )
    freshness.bump()
    return row
