"""Granting and ending posts, and standing in for the absent."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import find, note_change, stop_at, text
from chengyun.organisation.actions.separation import keep_apart
from chengyun.organisation.models import Change, Person, Posting, Substitution, Unit
from chengyun.organisation.policies import require, require_another
from chengyun.organisation.posts import Post


@writing()
def give_post(
    *,
    person_id: int,
    post: str,
    unit_id: int,
    valid_from: date,
    valid_until: date | None = None,
    actor: Actor,
    now: datetime,
) -> Posting:
    """Let a person hold a post in a unit from a day, until a day (included) or for good.

    Only the security administrator grants, never to themselves; the three administrators stay separate
    (三员分立). Raises Invalid, NotAllowed, NotThere, Refused.
    """
    require(actor, Post.SECURITY_ADMIN)
    require_another(actor, person_id)
    person = find(Person, person_id, _("人员"))
    unit = find(Unit, unit_id, _("单位"))
    faults: dict[str, str] = {}
    if post not in set(Post):
        faults["post"] = _("请选择岗位。")
    if not person.active:
        faults["person"] = _("该人员已停用。")
    if not unit.active:
        faults["unit"] = _("该单位已停用。")
    if valid_until is not None and valid_until < valid_from:
        faults["valid_until"] = _("结束日期不能早于开始日期。")
    elif _overlaps(person_id, post, unit_id, valid_from, valid_until):
        faults["post"] = _("该人员在这段时间已任此岗位。")
    stop_at(faults)
    posting = Posting.objects.create(
        person=person, post=post, unit=unit, valid_from=valid_from, valid_until=valid_until
    )
    keep_apart(person_id)
    said = {
        "post": [None, post],
        "unit": [None, unit.name],
        "valid_from": [None, valid_from],
        "valid_until": [None, valid_until],
    }
    note_change(Change.GIVE_POST, "posting", posting, said, actor=actor, now=now, name=person.name)
    return posting


def _overlaps(person_id: int, post: str, unit_id: int, first: date, last: date | None) -> bool:
    rows = Posting.objects.filter(
        person_id=person_id, post=post, unit_id=unit_id, withdrawn_at__isnull=True
    ).exclude(valid_until__lt=first)
    return (rows.filter(valid_from__lte=last) if last else rows).exists()


@writing()
def end_post(posting_id: int, *, on: date | None = None, actor: Actor, now: datetime) -> Posting:
    """End a posting at once, or with ``on`` as its last day. Raises Invalid, NotAllowed, NotThere."""
    require(actor, Post.SECURITY_ADMIN)
    posting = find(Posting, posting_id, _("任岗"))
    require_another(actor, posting.person_id)
    today = local(now).date()
    if posting.withdrawn_at is not None or (posting.valid_until is not None and posting.valid_until < today):
        raise Invalid({"on": _("这个任岗已经结束。")})
    before = posting.valid_until
    if on is None:
        posting.withdrawn_at = now
        posting.valid_until = max(today, posting.valid_from)
    elif on < max(today, posting.valid_from):
        raise Invalid({"on": _("最后一天不能早于今天，也不能早于开始日期。")})
    else:
        posting.valid_until = on
    posting.save(update_fields=["valid_until", "withdrawn_at"])
    keep_apart(posting.person_id)
    said = {"post": [posting.post, None], "valid_until": [before, posting.valid_until], "at_once": on is None}
    note_change(Change.END_POST, "posting", posting, said, actor=actor, now=now, name=posting.person.name)
    return posting


@writing()
def substitute(
    *,
    absent_id: int,
    substitute_id: int,
    starts_at: datetime,
    ends_at: datetime,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Substitution:
    """While ``absent_id`` is away, ``substitute_id`` may do what they may do; not passed on to a third.

    Anybody sets their own; the security administrator sets anybody's. Raises Invalid, NotAllowed, Refused.
    """
    if actor.person_id != absent_id:
        require(actor, Post.SECURITY_ADMIN)
        require_another(actor, substitute_id)
    absent = find(Person, absent_id, _("人员"))
    standing_in = find(Person, substitute_id, _("人员"))
    faults: dict[str, str] = {}
    reason = text("reason", reason, 200, faults, required=False)
    if absent_id == substitute_id:
        faults["substitute"] = _("代岗人不能是本人。")
    if not standing_in.active:
        faults["substitute"] = _("该人员已停用。")
    if ends_at <= starts_at:
        faults["ends_at"] = _("结束时间要晚于开始时间。")
    elif ends_at <= now:
        faults["ends_at"] = _("结束时间已经过去。")
    stop_at(faults)
    row = Substitution.objects.create(
        absent=absent, substitute=standing_in, starts_at=starts_at, ends_at=ends_at, reason=reason
    )
    keep_apart(substitute_id)
    said = {
        "absent": [None, absent.name],
        "substitute": [None, standing_in.name],
        "starts_at": [None, starts_at],
        "ends_at": [None, ends_at],
    }
    note_change(Change.SUBSTITUTE, "substitution", row, said, actor=actor, now=now, name=absent.name)
    return row


@writing()
def cancel_substitution(substitution_id: int, *, actor: Actor, now: datetime) -> Substitution:
    """End a substitution now, or call it off if it has not begun."""
    row = find(Substitution, substitution_id, _("代岗"))
    if actor.person_id != row.absent_id:
        require(actor, Post.SECURITY_ADMIN)
    if row.cancelled_at is not None or row.ends_at <= now:
        raise NotThere(_("这个代岗已经结束。"))
    before = row.ends_at
    if row.starts_at < now:
        row.ends_at = now
        row.save(update_fields=["ends_at"])
    else:
        row.cancelled_at = now
        row.save(update_fields=["cancelled_at"])
    said = {"ends_at": [before, now]}
    note_change(
        Change.CANCEL_SUBSTITUTION, "substitution", row, said, actor=actor, now=now, name=row.absent.name
    )
    return row
