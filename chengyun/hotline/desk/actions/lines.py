"""Lines of the decision table: an administrator changes them from a day on; what was applied before stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from chengyun.hotline.desk.vocabulary import Treatment
from chengyun.hotline.models import DecisionLine
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import note_change, stop_at, text
from chengyun.organisation.models import Change
from chengyun.organisation.policies import require
from chengyun.organisation.posts import Post
from chengyun.worktime.limits import Provenance

_LOGGED = ("situation", "treatment", "required", "say", "source")
_MOST_WORDS = 60


def set_line(
    code: str,
    *,
    situation: str,
    treatment: str,
    required: str,
    recognised: str = "",
    keywords: Sequence[str] = (),
    say: str = "",
    routes: Sequence[str] = (),
    order: int = 100,
    valid_from: date,
    source: str,
    provenance: str,
    confirmed: bool = False,
    actor: Actor,
    now: datetime,
) -> DecisionLine:
    """Write a line as it is from a day on; a new code is a new line.

    The line in force until then ends the day before; one that begins on the same day and was not used is
    replaced. Raises ``NotAllowed`` or ``Invalid`` naming the fields.
    """
    require(actor, Post.ADMIN)
    faults: dict[str, str] = {}
    facts: dict[str, Any] = {
        "situation": text("situation", situation, 100, faults),
        "required": text("required", required, 300, faults),
        "recognised": text("recognised", recognised, 2000, faults, required=False),
        "say": text("say", say, 2000, faults, required=False),
        "source": text("source", source, 200, faults),
        "keywords": _words("keywords", keywords, faults),
        "routes": _words("routes", routes, faults),
        "treatment": treatment,
        "provenance": provenance,
        "order": order,
        "confirmed": confirmed,
    }
    code = text("code", code, 40, faults)
    if treatment not in set(Treatment):
        faults["treatment"] = _("请从列出的处理方式中选。")
    if provenance not in set(Provenance):
        faults["provenance"] = _("请从列出的可靠程度中选。")
    if treatment == Treatment.EXPLAIN_ROUTE and not facts["routes"]:
        faults["routes"] = _("请列出可以告知的渠道，一行一个。")
    if valid_from < local(now).date():
        faults["valid_from"] = _("只能从今天或以后起改：以前用过的判定不变。")
    stop_at(faults)
    with writing():
        rows = DecisionLine.objects.filter(code=code)
        before = rows.filter(valid_from__lte=valid_from).order_by("-valid_from").first()
        later = rows.filter(valid_from__gt=valid_from).order_by("valid_from").first()
        facts["valid_until"] = later.valid_from - timedelta(days=1) if later else None
        said = {name: [getattr(before, name, ""), facts[name]] for name in _LOGGED}
        if before is not None and before.valid_from < valid_from:
            DecisionLine.objects.filter(pk=before.pk).update(valid_until=valid_from - timedelta(days=1))
        line, _fresh = DecisionLine.objects.update_or_create(code=code, valid_from=valid_from, defaults=facts)
        note_change(
            Change.SET_DECISION_LINE, "decision_line", line, said, actor=actor, now=now, name=situation
        )
    return line


def end_line(line_id: int, *, last_day: date, actor: Actor, now: datetime) -> DecisionLine:
    """Take a line out of use after a day. Raises ``NotAllowed``, ``NotThere`` or ``Invalid``."""
    require(actor, Post.ADMIN)
    with writing():
        line = DecisionLine.objects.select_for_update().filter(pk=line_id).first()
        if line is None:
            raise NotThere(_("判定表里没有这一条。"))
        today = local(now).date()
        if last_day < today or last_day < line.valid_from:
            stop_at({"last_day": _("请填今天或以后、并且不早于生效日的日期。")})
        before, line.valid_until = line.valid_until, last_day
        line.save(update_fields=["valid_until"])
        said = {"valid_until": [before, last_day]}
        note_change(
            Change.SET_DECISION_LINE, "decision_line", line, said, actor=actor, now=now, name=line.situation
        )
    return line


def _words(field: str, words: Sequence[str], faults: dict[str, str]) -> list[str]:
    found = list(dict.fromkeys(word.strip() for word in words if word.strip()))
    if len(found) > _MOST_WORDS or any(len(word) > 100 or "\x00" in word for word in found):
        faults[field] = _("最多 %(most)d 个，每个最多 100 字。") % {"most": _MOST_WORDS}
    return found
