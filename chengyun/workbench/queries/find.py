"""Search: by number, telephone, address and words, newest first, bounded in time and in what is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from chengyun.cases import search
from chengyun.cases.models import Case, Contact
from chengyun.cases.numbers import PREFIXES
from chengyun.cases.privacy import IN_WORK, REVEALING
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.organisation.posts import Post
from chengyun.workbench.case_text import reading_of
from chengyun.workbench.filters import Filter
from chengyun.workbench.queries.branches import conditions, sees_everything
from chengyun.workbench.queries.rows import Row, rows_of
from chengyun.workbench.snippets import snippet

PER_PAGE = 50
MOST_LOOKED_AT = 6000  # matches of the words that are tried against what the reader may see
LONGEST = 100  # characters of a question
_TEXTS = ("number", "source_number", "title", "address", "description")
_TAIL = re.compile(r"(\d{4}|\d{8})-(\d{1,5})")
_LONG_NUMBER = re.compile(r"\d[\d\- ]{5,}\d")
_PHONE = re.compile(r"\+?[\d\- ]{7,19}")


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that was found: why, and the piece of text around the words."""

    row: Row
    why: str
    snippet: list[tuple[str, bool]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits. ``below``: where the next page goes on, 0 if there is none; ``cut``: not all was tried."""

    hits: list[Hit]
    below: int
    cut: bool
    phones_tried: bool


def find(text: str, chosen: Filter, actor: Actor, now: datetime, *, below: int = 0) -> Found:
    """Find cases that the reader may see.

    1. By number: whole, as ``1123-17`` (day and serial), or a serial of up to five digits.
    2. By the caller's telephone, whole or its last four digits, for those who may see callers.
    3. By words in number, source number, title, text and address.

    The first two only on the first page; they are few.
    """
    text = " ".join(text.split())[:LONGEST]
    ids: dict[int, str] = {}
    narrowed = conditions(chosen, now)
    phones = _may_search_phones(actor)
    if below == 0:
        for why, matching in _directly(text, actor, now, phones):
            for one in _seen(matching & narrowed, actor):
                ids.setdefault(one, why)
    by_words, cut = _by_words(text, narrowed, actor, now, below)
    further = len(by_words) > PER_PAGE
    for one in by_words[:PER_PAGE]:
        ids.setdefault(one, "")
    texts = _readable(list(ids), actor, now)
    hits = [_hit(row, ids[row.case_id], text, texts) for row in rows_of(list(ids), actor, now)]
    return Found(hits, by_words[PER_PAGE - 1] if further else 0, cut and not further, phones)


def _hit(row: Row, why: str, text: str, texts: dict[int, tuple[str, str]]) -> Hit:
    _searched, description = texts.get(row.case_id, ("", ""))
    found = [] if why else snippet(description, text)
    return Hit(row, why or _why_words(row, text, found), found)


def _readable(ids: list[int], actor: Actor, now: datetime) -> dict[int, tuple[str, str]]:
    """Of each case all that it is searched by, and its description, both masked for this reader."""
    found = {}
    cases = Case.objects.seen_by(actor).filter(pk__in=ids).select_related("contact")
    for case in cases.only(*_TEXTS, "kind", "state", "secret", "lead_unit", "contact__name"):
        text = reading_of(case, getattr(case, "contact", None), actor, now).text
        whole = " ".join((case.number, case.source_number, text(case.title), text(case.address)))
        description = text(case.description)
        found[case.pk] = (f"{whole} {description}", description)
    return found


def _why_words(row: Row, text: str, found: list[tuple[str, bool]]) -> str:
    if text.upper() in row.number:
        return _("编号")
    words = [word for word in text.split() if word]
    if any(word in row.title for word in words):
        return _("标题")
    if any(word in f"{row.place}{row.address}" for word in words):
        return _("地址")
    return _("内容") if any(marked for _piece, marked in found) else _("文字或来源编号")


def _directly(text: str, actor: Actor, now: datetime, phones: bool) -> Iterator[tuple[str, Q]]:
    """Questions that an index answers at once."""
    if numbers := list(_numbers(text, now)):
        yield _("编号"), Q(number__in=numbers)
    digits = re.sub(r"\D", "", text)
    if phones and _PHONE.fullmatch(text) and 7 <= len(digits) <= 15:
        yield (
            _("电话"),
            _callers(actor, Contact.objects.filter(phone__in={digits, digits.removeprefix("86")})),
        )
    elif phones and re.fullmatch(r"\d{4}", text):
        yield _("电话尾号"), _callers(actor, Contact.objects.filter(phone_tail=text))


def _numbers(text: str, now: datetime) -> Iterable[str]:
    """Case numbers that may be meant."""
    text = text.upper()
    if re.fullmatch(r"[A-Z]{1,4}[0-9A-Z\-]{6,28}", text):
        yield text
    if match := _TAIL.fullmatch(text):
        day = match[1] if len(match[1]) == 8 else f"{local(now):%Y}{match[1]}"
        for prefix in PREFIXES.values():
            yield f"{prefix}{settings.DISTRICT_CODE}-{day}-{int(match[2]):05d}"
    elif re.fullmatch(r"\d{1,5}", text):
        for prefix in PREFIXES.values():
            yield f"{prefix}{settings.DISTRICT_CODE}-{local(now):%Y%m%d}-{int(text):05d}"


def _may_search_phones(actor: Actor) -> bool:
    return actor.holds(*REVEALING, Post.UNIT, Post.HANDLER)


def _callers(actor: Actor, contacts: QuerySet[Contact]) -> Q:
    """Cases of these callers, as far as this reader may see who called."""
    cases = Q(pk__in=contacts.order_by("-case_id").values("case_id")[:1000])
    if actor.holds(*REVEALING):
        return cases
    in_work = Q()
    for kind, states in IN_WORK.items():
        in_work |= Q(kind=kind, state__in=sorted(states))
    return cases & Q(secret=False, lead_unit__in=actor.units(Post.UNIT, Post.HANDLER)) & in_work


def _seen(matching: Q, actor: Actor) -> list[int]:
    found = Case.objects.seen_by(actor).filter(matching).order_by("-id")
    return list(found.values_list("id", flat=True)[:PER_PAGE])


def _by_words(text: str, narrowed: Q, actor: Actor, now: datetime, below: int) -> tuple[list[int], bool]:
    """Ids of cases that hold the words, one more than fill the page; and whether some were not tried."""
    wanted = PER_PAGE + 1
    found: list[int] = []
    tried = 0
    for batch in search.find(text, below=below, most=MOST_LOOKED_AT):
        tried += len(batch)
        seen = Case.objects.seen_by(actor).filter(narrowed, pk__in=batch).order_by("-id")
        pairs = list(seen.values_list("id", "secret")[:wanted])
        found += _findable(pairs, text, actor, now)
        if len(found) >= wanted:
            return found[:wanted], False
    return found, tried >= MOST_LOOKED_AT


def _findable(pairs: list[tuple[int, bool]], text: str, actor: Actor, now: datetime) -> list[int]:
    """Leave out what this reader would find only by words that are masked for them.

    A unit that looks for a neighbour's name or number shall not learn that they called.
    """
    if sees_everything(actor):
        return [one for one, _secret in pairs]
    doubtful = [one for one, secret in pairs if secret or _LONG_NUMBER.search(text)]
    wanted = set(search.tokens_of(text))
    readable = _readable(doubtful, actor, now) if doubtful else {}
    hidden = {one for one in doubtful if not wanted <= set(search.tokens_of(readable.get(one, ("", ""))[0]))}
    return [one for one, _secret in pairs if one not in hidden]
