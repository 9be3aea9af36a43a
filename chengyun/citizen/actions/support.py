"""我也遇到: one more person has met a problem that is known already."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chengyun.cases.models import Case
from chengyun.citizen import limits
from chengyun.citizen.actions.codes import check_code, phone_hash
from chengyun.citizen.models import Supporter
from chengyun.citizen.public_cases import public_case
from chengyun.citizen.vocabulary import CitizenRuleName as Name
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Refused
from chengyun.kernel.writing import writing


def support(
    case_id: int, *, browser_hash: str, phone: str = "", code: str = "", actor: Actor, now: datetime
) -> bool:
    """Count one browser, and one telephone if it is given, once for an order. Return whether it is new.

    1. The order is one that may be shown to the public and is not finished.
    2. A telephone is taken only with its code, because it will get messages.
    3. The same browser or telephone again changes nothing, but may add the telephone.

    Raises ``NotThere``, ``Refused``, ``Invalid`` (phone, code) or ``TooOften``.
    """
    case = public_case(case_id, now=now)
    if case.closed_at is not None:
        raise Refused(_("这件已经办结，不能再附议。问题还在的话，请重新上报。"))
    if phone:
        check_code(phone, code, now=now)
    hashed = phone_hash(phone) if phone else ""
    with writing():
        known = Supporter.objects.filter(case_id=case_id, browser_hash=browser_hash)
        if known.exists():
            if hashed and not Supporter.objects.filter(case_id=case_id, phone_hash=hashed).exists():
                known.update(phone=phone, phone_hash=hashed)
            return False
        limits.count(Name.WORDS_PER_ADDRESS, actor.address, now=now)
        try:
            with transaction.atomic():
                Supporter.objects.create(
                    case_id=case_id, browser_hash=browser_hash, phone_hash=hashed, phone=phone, at=now
                )
        except IntegrityError:
            return False
    return True


def supporters_of(case: Case) -> int:
    """How many have met the same problem."""
    return Supporter.objects.filter(case=case).count()
