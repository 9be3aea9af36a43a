"""What is shown of a caller: masked for everybody, nothing at all to units when the caller asked for secrecy.

The rules follow 个人信息保护法 (minimum necessary, art. 6; de-identification, art. 51) and the practice of
12345 centres for callers who ask for secrecy (要求保密). Masking happens here, on the server.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengyun.cases.models.case import Case
from chengyun.cases.models.contact import Contact
from chengyun.cases.process import GridState, HotlineState, Kind
from chengyun.kernel.actor import Actor
from chengyun.kernel.masking import mask_id_number, mask_name, mask_phone, mask_phones_in_text
from chengyun.organisation.posts import CENTRE, Post

# What is kept of a caller, and how a form calls it.
FIELDS = {
    "name": gettext_lazy("姓名"),
    "phone": gettext_lazy("电话"),
    "other_phone": gettext_lazy("备用电话"),
    "id_number": gettext_lazy("证件号码"),
    "address_detail": gettext_lazy("住址"),
    "channel_identity": gettext_lazy("渠道账号"),
}

# What may be shown in full with a reason: the caller, and the order's own words, which may hold numbers.
REVEALABLE = {**FIELDS, "description": gettext_lazy("诉求原文")}

# Posts of the centre that may see a caller in full, with a reason.
REVEALING = (Post.INTAKE, Post.SHIFT_LEADER, Post.DISPATCHER, Post.CALLBACK, Post.SUPERVISION)

# States in which the leading unit has accepted the case and is still working on it.
IN_WORK: dict[str, frozenset[str]] = {
    Kind.HOTLINE.value: frozenset(
        {
            HotlineState.SIGNED,
            HotlineState.IN_HAND,
            HotlineState.SUSPENDED,
            HotlineState.ANSWERED,
            HotlineState.REHANDLING,
        }
    ),
    Kind.GRID.value: frozenset({GridState.DISPATCHED, GridState.SUSPENDED, GridState.DISPOSED}),
}

_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_WIDE_RUN = re.compile(r"[０-９]{7,}")
_NUMBERS = re.compile(r"[0-9０-９A-Za-z]+")


@dataclass(frozen=True, slots=True)
class ContactView:
    """A caller as a page may show them. Every text is masked; ``hidden`` means there is nothing to show."""

    name: str = ""
    phone: str = ""
    other_phone: str = ""
    id_number: str = ""
    address_detail: str = ""
    channel_identity: str = ""
    secret: bool = False
    hidden: bool = False
    notice: str = ""
    may_reveal: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is known of the caller, or nothing may be shown."""
        return not any(getattr(self, field) for field in FIELDS)


def contact_seen_by(case: Case, contact: Contact | None, actor: Actor) -> ContactView:
    """The caller of a case, masked for this reader.

    Whoever is not of the centre learns of a secret caller only that secrecy was asked for, not even whether a
    name or number is on record.
    """
    if case.secret and not actor.holds(*CENTRE):
        return ContactView(secret=True, hidden=True, notice=_("来电人要求保密"))
    notice = _("来电人要求保密，请勿向承办单位透露") if case.secret else ""
    if contact is None:
        return ContactView(secret=case.secret, notice=notice)
    return ContactView(
        name=mask_name(contact.name),
        phone=mask_phone(contact.phone),
        other_phone=mask_phone(contact.other_phone),
        id_number=mask_id_number(contact.id_number),
        address_detail=_NUMBERS.sub("*", contact.address_detail),
        channel_identity="****" if contact.channel_identity else "",
        secret=case.secret,
        notice=notice,
        may_reveal=may_reveal(case, actor),
    )


def may_reveal(case: Case, actor: Actor) -> bool:
    """Whether this person may see the caller in full, giving a reason.

    The centre's posts that speak with callers may; of a caller who is not secret, also the unit that leads
    the case and the handler it was given to, from signing it until it is done. The system never needs to.
    """
    if actor.system or actor.person_id is None:
        return False
    if actor.holds(*REVEALING):
        return True
    in_work = case.state in IN_WORK.get(case.kind, ())
    if case.secret or not in_work:
        return False
    return case.lead_unit_id in actor.units(Post.UNIT) or case.handler_id in actor.people(Post.HANDLER)


def mask_text(text: str, contact: Contact | None = None) -> str:
    """Free text fit for exports, notices and public replies: numbers masked, and the caller's name if given.

    Masks mobile, landline and citizen numbers, also in full-width digits.
    """
    text = _WIDE_RUN.sub(lambda run: run[0].translate(_WIDE), text)
    text = mask_phones_in_text(text)
    # One character alone is too common a word to be taken for a name.
    if contact is not None and len(contact.name.strip()) > 1:
        text = text.replace(contact.name.strip(), mask_name(contact.name))
    return text
