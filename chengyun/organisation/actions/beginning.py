"""The first three administrators of a new system: somebody has to be there before anybody can be granted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Refused
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.accounts import create_account
from chengyun.organisation.actions.changes import find
from chengyun.organisation.actions.people import create_person
from chengyun.organisation.actions.postings import give_post
from chengyun.organisation.models import Posting, Unit
from chengyun.organisation.posts import SEPARATED, Post


@dataclass(frozen=True, slots=True)
class FirstLogin:
    """A first log-in with its random password, which must be changed and is kept nowhere."""

    post: str
    username: str
    password: str


@writing()
def first_administrators(*, now: datetime) -> list[FirstLogin]:
    """Make one account for each of the three administrators (三员). Needs ``load_reference``.

    Raises Refused if somebody real already holds one of these posts: then a colleague grants, not the console.
    """
    if Posting.objects.filter(post__in=SEPARATED, person__rehearsal=False).exists():
        raise Refused(_("三员账号已经建立，请由安全管理员授予岗位。"))
    centre = find(Unit, Unit.objects.filter(code="centre").values_list("pk", flat=True).first(), _("单位"))
    made = []
    for post in (Post.ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR):
        person = create_person(name=post.zh, unit_id=centre.pk, actor=SYSTEM, now=now)
        username = post.value.replace("_", "-")
        _account, password = create_account(person_id=person.pk, username=username, actor=SYSTEM, now=now)
        today = local(now).date()
        give_post(person_id=person.pk, post=post, unit_id=centre.pk, valid_from=today, actor=SYSTEM, now=now)
        made.append(FirstLogin(post.value, username, password))
    return made
