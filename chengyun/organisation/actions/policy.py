"""Appending to the security policy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import note_change
from chengyun.organisation.models import Change, SecurityPolicy
from chengyun.organisation.policies import require
from chengyun.organisation.posts import Post
from chengyun.organisation.queries import current_policy


@writing()
def set_policy(
    *,
    second_factor_posts: Iterable[str],
    session_minutes: int,
    password_days: int,
    password_length: int,
    failures: int,
    lock_minutes: int,
    source: str,
    actor: Actor,
    now: datetime,
) -> SecurityPolicy:
    """Append the rules that hold from now on; earlier rows stay. ``source``: where the numbers come from.

    Raises Invalid with the field whose number is out of its bounds.
    """
    require(actor, Post.SECURITY_ADMIN)
    posts = sorted(set(second_factor_posts))
    if not set(posts) <= set(Post):
        raise Invalid({"second_factor_posts": _("请从岗位中选择。")})
    before = current_policy(now)
    row = SecurityPolicy(
        valid_from=now,
        second_factor_posts=posts,
        session_minutes=session_minutes,
        password_days=password_days,
        password_length=password_length,
        failures=failures,
        lock_minutes=lock_minutes,
        source=source.strip(),
        set_by_id=actor.person_id,
    )
    try:
        row.clean_fields(exclude={"second_factor_posts"})
    except ValidationError as error:
        raise Invalid({field: " ".join(texts) for field, texts in error.message_dict.items()}) from None
    row.save()
    numbers = ("session_minutes", "password_days", "password_length", "failures", "lock_minutes")
    said = {name: [getattr(before, name), getattr(row, name)] for name in numbers}
    said["second_factor_posts"] = [sorted(before.second_factor_posts), posts]
    note_change(Change.SET_POLICY, "policy", row, said, actor=actor, now=now)
    return row
