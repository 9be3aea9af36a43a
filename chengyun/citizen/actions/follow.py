"""What a citizen does with an order afterwards: add to it, rate it, ask for it to be handled again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from chengyun.cases.actions import move
from chengyun.cases.actions.attachments import attach
from chengyun.cases.models import Case
from chengyun.citizen import limits
from chengyun.citizen.models import Addition
from chengyun.citizen.progress import main_of
from chengyun.citizen.vocabulary import CitizenRuleName as Name
from chengyun.hotline.handling import actions as handling
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Refused, Stale
from chengyun.kernel.writing import writing

_TRIES = 3


def add_information(
    case_id: int,
    text: str,
    *,
    photos: Sequence[int] = (),
    client_id: UUID,
    actor: Actor,
    now: datetime,
) -> bool:
    """Write what the citizen adds into the order's history, with photos. Return whether it is new.

    1. The same form again changes nothing.
    2. A note in the order: whoever handles it sees it, and who has it open is told.
    3. Somebody else's step at the same moment is waited for, a few times.
    """
    for _again in range(_TRIES):
        if Addition.objects.filter(client_id=client_id).exists():
            return False
        try:
            _add(case_id, text, photos, client_id, actor, now)
        except (Stale, IntegrityError):  # somebody else's step, or this very form, was quicker
            continue
        return True
    raise Refused(_("这一件正在被办理人员更新，没有保存。请再提交一次，填好的内容都还在。"))


def _add(
    case_id: int, text: str, photos: Sequence[int], client_id: UUID, actor: Actor, now: datetime
) -> None:
    with writing():
        limits.count(Name.WORDS_PER_ADDRESS, actor.address, now=now)
        seen = Case.objects.values_list("version", flat=True).get(pk=case_id)
        case = move(case_id, "note", actor=actor, seen=seen, now=now, said={"note": text})
        attach(photos, case_id=case_id, event_seq=case["version"], actor=actor)
        Addition.objects.create(case_id=case_id, client_id=client_id, event_seq=case["version"], at=now)


def rate_order(
    case: Case, *, satisfaction: str, outcome: str, said: str, client_id: UUID, actor: Actor, now: datetime
) -> None:
    """Rate the result, through the hotline's own verb; a merged order's rating goes to the one it joined."""
    # The same press twice at the same moment: the other one was first, and it is one rating.
    with suppress(IntegrityError), writing():
        limits.count(Name.WORDS_PER_ADDRESS, actor.address, now=now)
        handling.rate(
            main_of(case).pk,
            satisfaction=satisfaction,
            outcome=outcome,
            said=said,
            way="web",
            actor=actor,
            now=now,
            key=f"web:{client_id}",
        )


def ask_reopen(case: Case, reason: str, *, client_id: UUID, actor: Actor, now: datetime) -> None:
    """Ask for a closed order to be handled again, through the hotline's own verb; the centre decides."""
    with suppress(IntegrityError), writing():
        limits.count(Name.WORDS_PER_ADDRESS, actor.address, now=now)
        handling.ask_reopen(main_of(case).pk, reason=reason, actor=actor, now=now, key=f"web:{client_id}")
