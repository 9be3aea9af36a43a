"""Take files in, and tie them to the event they came with."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chengyun.cases.attachments import judge, pictures, store
from chengyun.cases.models.attachment import Attachment, StoredFile
from chengyun.cases.models.case import Case
from chengyun.cases.vocabulary import AttachmentKind
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere
from chengyun.kernel.writing import writing

MOST_PER_CASE = 200
MOST_WAITING = 60  # uploads of one person that no verb has taken up yet


class Upload(Protocol):
    """What the doors hand in; Django's uploaded files are such."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def chunks(self) -> Iterable[bytes]: ...


def add_attachment(
    case_id: int | None,
    upload: Upload,
    *,
    kind: str,
    actor: Actor,
    now: datetime,
    client_id: uuid.UUID | None = None,
    public: bool = False,
) -> Attachment:
    """Take one file in, for a case or (``case_id`` None) for the verb that is being filled in.

    1. The person may see the case; the kind is one we know.
    2. The same ``client_id`` from the same person is a retry and gets the first answer.
    3. The content is read once, judged, and put in the store before any row speaks of it.
    4. Of a photo, place and time are read out and the shown versions are made.

    Raises ``Invalid`` (fields file, kind, client_id), ``NotThere``, ``NotAllowed``.
    """
    name = clean_name(upload.name)
    _may_add(case_id, kind, actor)
    client_id = client_id or uuid.uuid4()
    known = _retried(client_id, upload, actor)
    if known is not None:
        return known
    row = Attachment(
        case_id=case_id,
        kind=kind,
        original_name=name,
        uploaded_by_id=actor.person_id,
        uploaded_at=now,
        public=public,
        client_id=client_id,
    )
    _take_in(row, upload)
    return _write(row, now)


def _take_in(row: Attachment, upload: Upload) -> None:
    """Judge the content, put it in the store, and note on the row what it is."""
    most = max(judge.LIMITS.values())
    try:
        with store.receiving(upload.chunks(), most) as incoming:
            judged = judge.judge(incoming.path, row.original_name)
            row.media_type, row.stored_id, row.size = judged.media_type, incoming.sha256, incoming.size
            if judged.family == "image":
                _photo(row, incoming)
            store.keep(incoming)
    except store.TooLarge as error:
        raise judge.too_large(row.original_name, most) from error


def _may_add(case_id: int | None, kind: str, actor: Actor) -> None:
    if kind not in {choice.value for choice in AttachmentKind}:
        raise Invalid({"kind": _("没有“%(kind)s”这种附件种类") % {"kind": kind[:40]}})
    if not (actor.system or actor.posts):
        raise NotAllowed(_("您没有岗位，不能上传附件"))
    if case_id is None:
        waiting = Attachment.objects.filter(case=None, uploaded_by_id=actor.person_id).count()
        if waiting >= MOST_WAITING and not actor.system:
            raise Invalid({"file": _("您有 %(count)s 个文件尚未提交，请先提交") % {"count": waiting}})
        return
    if not Case.objects.seen_by(actor).filter(pk=case_id).exists():
        raise NotThere(_("没有这个案件，或您无权查看"))
    if Attachment.objects.filter(case_id=case_id).count() >= MOST_PER_CASE:
        raise Invalid({"file": _("一个案件最多 %(most)s 个附件") % {"most": MOST_PER_CASE}})


def _retried(client_id: uuid.UUID, upload: Upload, actor: Actor) -> Attachment | None:
    known = Attachment.objects.filter(client_id=client_id).first()
    if known is None:
        return None
    if known.uploaded_by_id == actor.person_id and upload.size in (None, known.size):
        return known
    raise Invalid({"client_id": _("这个上传编号已用于另一个文件，请刷新页面后重传")})


def _photo(row: Attachment, incoming: store.Incoming) -> None:
    try:
        shown = pictures.make(incoming.path, row.media_type)
    except pictures.Unfit as error:
        raise judge.unfit(row.original_name, str(error)) from error
    exif = pictures.read_exif(incoming.path, row.media_type)
    row.width, row.height = shown.width, shown.height
    row.taken_at, row.taken_longitude, row.taken_latitude = exif.taken_at, exif.longitude, exif.latitude
    store.keep_derived(incoming.sha256, "display", shown.display)
    store.keep_derived(incoming.sha256, "thumb", shown.thumb)


@writing()
def _write(row: Attachment, now: datetime) -> Attachment:
    StoredFile.objects.bulk_create(
        [StoredFile(sha256=row.sha256, size=row.size, stored_at=now)], ignore_conflicts=True
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # The same upload came twice at once; the other one was first.
        first = Attachment.objects.filter(client_id=row.client_id, uploaded_by_id=row.uploaded_by_id).first()
        if first is None or first.sha256 != row.sha256:
            raise
        return first
    return row


@writing()
def attach(attachment_ids: Sequence[int], *, case_id: int, event_seq: int, actor: Actor) -> None:
    """Tie uploads to a case and the event they came with; call it in the transaction of the verb.

    Takes the actor's own uploads that wait, and those already on this case without an event. Raises
    ``Invalid`` (field attachments) if any of them is somebody else's, on another case, or not there.
    """
    wanted = set(attachment_ids)
    if not wanted:
        return
    mine = Attachment.objects.filter(pk__in=wanted, event_seq=None)
    if not actor.system:
        mine = mine.filter(uploaded_by_id=actor.person_id)
    tied = mine.filter(case=None).update(case_id=case_id, event_seq=event_seq)
    tied += mine.filter(case_id=case_id).update(event_seq=event_seq)
    if tied != len(wanted):
        raise Invalid({"attachments": _("有附件不存在或已用于别处，请重新上传")})


def clean_name(name: str | None) -> str:
    """The last part of the name, without letters that could confuse a page, a log or a file system."""
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*')
    kept = kept.strip(" .")
    if len(kept) > 120:
        stem, dot, ending = kept.rpartition(".")
        kept = (stem or ending)[:100] + (dot + ending[:10] if dot and stem else "")
    return kept or _("未命名")
