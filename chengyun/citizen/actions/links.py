"""Private addresses of orders: made, opened, and found again by number and telephone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from chengyun.cases.models import Case, Contact
from chengyun.citizen import limits, proof
from chengyun.citizen.hashes import fresh_token, keyed
from chengyun.citizen.models import FollowLink
from chengyun.citizen.rules import rule
from chengyun.citizen.vocabulary import CitizenRuleName as Name
from chengyun.citizen.vocabulary import LinkWay
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.writing import writing


def hash_of(token: str) -> str:
    """What the table knows a token by."""
    return keyed("token", token)


def link_of(token: str, *, now: datetime) -> FollowLink:
    """The link that a token opens; raises ``NotThere``, whether it never was or is over."""
    found = FollowLink.objects.select_related("case").filter(token_hash=hash_of(token)).first()
    if found is None or (found.expires_at is not None and found.expires_at <= now):
        raise NotThere(_("这个链接不存在或已过期。请凭编号和电话重新查询，或拨打 12345。"))
    return found


def find_order(number: str, tail: str, *, nonce: str, actor: Actor, now: datetime) -> str:
    """Open an order's page to somebody who knows its number and the last four digits of the telephone.

    1. Count the look-up against the limits of the network address and of the order.
    2. The order must have been taken with that telephone and without secrecy: four digits are too few to guard
       a caller who asked for it.
    3. Make a link that ends by itself.

    Returns the token. Raises ``TooOften``, ``Invalid`` or ``NotThere`` with one sentence for every reason.
    """
    number, tail = number.strip().upper(), tail.strip()
    if not re.fullmatch(r"[A-Z]{2}\d{6}-\d{8}-\d{4,9}", number):
        raise Invalid({"number": _("编号应像 RX310113-20261123-00017，请照受理短信或页面上的编号填写。")})
    if not re.fullmatch(r"\d{4}", tail):
        raise Invalid({"tail": _("请填写当时所留电话的最后 4 位数字。")})
    # Counted on its own and kept even if nothing is found: guessing is what is being counted.
    limits.count(Name.FINDS_PER_ADDRESS, actor.address, now=now)
    limits.count(Name.FINDS_PER_ORDER, number, now=now)
    with writing():
        proof.spend(nonce, now=now)
    case = Case.objects.filter(number=number, secret=False).first()
    contact = Contact.objects.filter(case=case, phone_tail=tail).first() if case is not None else None
    if case is None or contact is None:
        raise NotThere(
            _(
                "没有找到：请核对编号和电话后 4 位。没有留电话或要求保密的，只能用当时的私人链接查看，或拨打 12345。"
            )
        )
    token = fresh_token()
    with writing():
        FollowLink.objects.create(
            case=case,
            token_hash=hash_of(token),
            way=LinkWay.FOUND,
            made_at=now,
            expires_at=now + timedelta(hours=rule(Name.FOUND_HOURS, now)),
        )
    return token
