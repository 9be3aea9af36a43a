"""Photos on their way to an order: judged at once, and named in the form by a signed token, not by an id.

A token is good for two days, as long as an upload waits; whoever has it may look at the small picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from chengyun.cases.actions.attachments import add_attachment
from chengyun.cases.models import Attachment
from chengyun.cases.vocabulary import AttachmentKind
from chengyun.citizen import limits
from chengyun.citizen.rules import rule
from chengyun.citizen.vocabulary import CitizenRuleName as Name
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, Refused

_SALT = "chengyun.citizen.photo"
_GOOD = timedelta(days=2)
_HEADS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A photo that waits for its form."""

    pk: int
    token: str
    name: str


@dataclass(slots=True)
class Photos:
    """The photos of a form, and what was wrong with others."""

    waiting: list[Waiting] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def ids(self) -> list[int]:
        """Ids to hand to the action."""
        return [one.pk for one in self.waiting]


def take_photos(request: Any, *, actor: Actor, now: datetime) -> Photos:
    """Take in the files ``photos`` of a form; those of an earlier try stand in ``photo_tokens``.

    One that is wrong is named in ``problems``, and the others are kept.
    """
    dropped = set(request.POST.getlist("photo_drop"))
    found = Photos(waiting_photos(t for t in request.POST.getlist("photo_tokens") if t not in dropped))
    sent = [one for one in request.FILES.getlist("photos") if isinstance(one, UploadedFile)]
    most = rule(Name.MOST_PHOTOS, now)
    if len(found.waiting) + len(sent) > most:
        found.problems.append(_("一次最多 %(most)d 张照片，多出的没有保存。") % {"most": most})
    for file in sent[: max(0, most - len(found.waiting))]:
        try:
            found.waiting.append(_take(file, actor, now))
        except Refused as error:
            found.problems.append(error.message)
    return found


def waiting_photos(tokens: Iterable[str]) -> list[Waiting]:
    """The photos of these tokens that no order has taken up yet; anything else is left out."""
    ids = {pk: token for token in tokens if (pk := photo_of(token)) is not None}
    rows = Attachment.objects.filter(pk__in=ids, case=None, uploaded_by=None).order_by("pk")
    return [Waiting(row.pk, ids[row.pk], row.original_name) for row in rows]


def photo_of(token: str) -> int | None:
    """The id in a token; None if it is not ours or too old."""
    try:
        return int(signing.TimestampSigner(salt=_SALT).unsign(token[:200], max_age=_GOOD))
    except (signing.BadSignature, ValueError):
        return None


def _take(file: UploadedFile[bytes], actor: Actor, now: datetime) -> Waiting:
    if not _may_be_a_photo(file):
        raise Invalid(
            {
                "photos": _("文件“%(name)s”不是照片，没有保存。请选 JPEG、PNG 或 WebP 照片。")
                % {"name": _name(file)}
            }
        )
    limits.count(Name.PHOTOS_PER_ADDRESS, actor.address, now=now)
    row = add_attachment(None, file, kind=AttachmentKind.EVIDENCE, actor=actor, now=now)
    return Waiting(row.pk, signing.TimestampSigner(salt=_SALT).sign(str(row.pk)), row.original_name)


def _may_be_a_photo(file: UploadedFile[bytes]) -> bool:
    """By the first bytes. The whole content is judged afterwards; a HEIC photo passes, to get its own advice."""
    head = file.read(12)
    file.seek(0)
    return head.startswith(_HEADS) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or _is_heic(head)


def _is_heic(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"}


def _name(file: UploadedFile[bytes]) -> str:
    return (file.name or "")[:40]
