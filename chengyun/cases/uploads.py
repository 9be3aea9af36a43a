"""Files that come with a form: taken in at once, so that a form with errors does not lose them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from chengyun.cases.actions.attachments import add_attachment
from chengyun.cases.models.attachment import Attachment
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.organisation.requests import StaffRequest

MOST_AT_ONCE = 20


@dataclass(slots=True)
class Uploads:
    """Files of one field that wait for their case, and what was wrong with others. ``name`` is the field's."""

    name: str
    kind: str
    files: list[Attachment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def ids(self) -> list[int]:
        """Ids to hand to the action."""
        return [one.pk for one in self.files]


def take_in(request: StaffRequest, name: str, kind: str) -> Uploads:
    """Take in the files of the field ``name``; those that a script sent ahead stand in ``<name>_ids``."""
    found = Uploads(name, kind)
    found.files = waiting(request.POST.getlist(f"{name}_ids"), kind, request.actor)
    sent = [one for one in request.FILES.getlist(name) if isinstance(one, UploadedFile)]
    if len(found.files) + len(sent) > MOST_AT_ONCE:
        most = _("一次最多 %(most)d 个文件，多出的没有保存") % {"most": MOST_AT_ONCE}
        found.problems.append(most)
    for file in sent[: MOST_AT_ONCE - len(found.files)]:
        try:
            found.files.append(add_attachment(None, file, kind=kind, actor=request.actor, now=request.now))
        except Invalid as error:
            found.problems.append(error.message)
    return found


def waiting(ids: Iterable[str], kind: str, actor: Actor) -> list[Attachment]:
    """The person's own uploads of these ids that no verb has taken up yet; anything else is left out."""
    numbers = [int(one) for one in ids if one.isascii() and one.isdigit() and len(one) < 19]
    mine = Attachment.objects.filter(case=None, uploaded_by_id=actor.person_id, kind=kind)
    return list(mine.filter(pk__in=numbers[:MOST_AT_ONCE]))
