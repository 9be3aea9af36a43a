"""Take one step of the loop: the one way in which the state of a case changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases import engine, ledger, search
from chengyun.cases.actions.open import search_texts
from chengyun.cases.calls import counts_as_try
from chengyun.cases.catalogue_queries import item
from chengyun.cases.facts import CaseFacts
from chengyun.cases.models import Case, CaseEvent, CaseLink
from chengyun.cases.naming import wrong_person, wrong_units
from chengyun.cases.process import LOOPS
from chengyun.cases.vocabulary import AppealType
from chengyun.cases.world import surroundings
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, Stale
from chengyun.kernel.loop import Ask
from chengyun.kernel.writing import writing


def move(
    case_id: int, verb: str, *, actor: Actor, seen: int, now: datetime, said: Mapping[str, Any] | None = None
) -> CaseFacts:
    """Take one step and write it down.

    1. Read the case as this actor may see it.
    2. If somebody moved it since version ``seen``, say who did what; nothing is overwritten.
    3. Check that what is named (unit, person, other case) is there.
    4. Let the engine take the step; write it if the version still stands.

    Raises ``NotThere``, ``Stale``, ``NotAllowed``, ``Invalid`` or ``Refused``; nothing is then written.
    """
    said = dict(said or {})
    with writing():
        case = ledger.load(case_id, actor)
        if case["version"] != seen:
            raise Stale(who_moved(case_id))
        facts = _named_things(case, verb, said, actor, now)
        engine.take(case, verb, said, actor=actor, now=now, world=surroundings(now, facts))
        if not ledger.update(case, seen):
            raise Stale(who_moved(case_id))
        _afterwards(case, verb, facts, actor, now)
    return case


def who_moved(case_id: int) -> str:
    """Say who did what to a case last."""
    last = CaseEvent.objects.filter(case_id=case_id).select_related("case").order_by("-seq")[:1]
    for event in last:
        loop_verb = LOOPS[event.case.kind].verb_named.get(event.verb)
        return _("%(who)s 已于 %(when)s 对本案做了“%(verb)s”，请看过最新情况再操作；您填写的内容没有丢失") % {
            "who": event.actor_name,
            "when": f"{local(event.at):%m-%d %H:%M:%S}",
            "verb": loop_verb.label if loop_verb else event.verb,
        }
    return _("案件已被他人更新，请刷新")


def _named_things(
    case: CaseFacts, verb: str, said: dict[str, Any], actor: Actor, now: datetime
) -> dict[str, Any]:
    """Check units, people, catalogue items and cases that were named; return what the engine needs of them."""
    wrong, facts = {}, {}
    asks = case.loop.verb_named[verb].asks if verb in case.loop.verb_named else ()
    for ask in asks:
        value = said.get(ask.name)
        if value in (None, "", []):
            continue
        try:
            found = _named(ask, value, case, actor, now)
        except (ValueError, TypeError):
            continue  # the engine names the wrong field
        if isinstance(found, str):
            wrong[ask.name] = found
        elif found is not None and ask.kind == "case":
            facts["into_id"] = found
    if verb == "try_call":
        facts["counts"] = counts_as_try(case, now)
    if said.get("appeal_type") and said["appeal_type"] not in set(AppealType):
        wrong["appeal_type"] = _("诉求类型不在可选值内")
    if wrong:
        raise Invalid(wrong)
    return facts


def _named(ask: Ask, value: Any, case: CaseFacts, actor: Actor, now: datetime) -> str | int | None:
    """An error in words, the id of another case, or None if nothing is wrong."""
    kind = ask.kind
    if kind in {"unit", "helper", "units"}:
        return wrong_units(int(one) for one in (value if isinstance(value, list | tuple) else [value]))
    if kind == "person":
        return wrong_person(ask.name, int(value), case, local(now).date())
    if kind == "item":
        return None if item(str(value)) is not None else _("目录中没有这一项")
    if kind == "case":
        return _other_case(str(value).strip(), case, actor)
    return None


def _other_case(number: str, case: CaseFacts, actor: Actor) -> str | int:
    seen = Case.objects.seen_by(actor)
    row = seen.filter(number=number, kind=case["kind"]).values("id", "closed_at", "merged_into_id").first()
    if row is None:
        return _("没有编号为 %(number)s 的同类案件") % {"number": number}
    if row["id"] == case.id:
        return _("不能并入自己")
    if row["merged_into_id"] is not None:
        return _("该案已并入别的案件，请并入其主案")
    return int(row["id"])


def _afterwards(case: CaseFacts, verb: str, facts: dict[str, Any], actor: Actor, now: datetime) -> None:
    """What a step leaves in other tables of this room."""
    assert case.id is not None
    if verb == "merge":
        CaseLink.objects.get_or_create(
            case_id=case.id,
            other_id=facts["into_id"],
            kind="merged",
            defaults={"made_at": now, "made_by_id": actor.person_id},
        )
    if verb == "correct":
        search.index(case.id, *search_texts(case))
