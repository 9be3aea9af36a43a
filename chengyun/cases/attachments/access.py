"""Who may have which version of a file."""

from __future__ import annotations

import logging
from pathlib import Path

from django.utils.translation import gettext as _

from chengyun.cases.attachments import pictures, store
from chengyun.cases.models.attachment import Attachment
from chengyun.cases.models.case import Case
from chengyun.cases.vocabulary import AttachmentKind
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotAllowed, NotThere
from chengyun.organisation.posts import CENTRE

log = logging.getLogger(__name__)

SHOWN = ("display", "thumb")


def attachment_seen_by(attachment_id: int, actor: Actor) -> Attachment:
    """An attachment of a case the actor may see, or one of their own that waits; else ``NotThere``."""
    found = Attachment.objects.filter(pk=attachment_id).first()
    if found is None or not _may_see(found, actor):
        raise NotThere(_("没有这个附件，或您无权查看"))
    return found


def _may_see(attachment: Attachment, actor: Actor) -> bool:
    if attachment.case_id is None:
        return actor.person_id is not None and attachment.uploaded_by_id == actor.person_id
    return Case.objects.seen_by(actor).filter(pk=attachment.case_id).exists()


def may_have_original(attachment: Attachment, actor: Actor) -> bool:
    """Whether the untouched file may go out to this person.

    A photo's original carries place and camera, so it is for the centre. A recording of a secret caller is
    the caller's voice, so it is for the centre, too.
    """
    if actor.holds(*CENTRE):
        return True
    if attachment.is_image:
        return False
    secret = attachment.case is not None and attachment.case.secret
    return not (
        secret and (attachment.kind == AttachmentKind.VOICE or attachment.media_type.startswith("audio/"))
    )


def file_of(attachment: Attachment, variant: str, actor: Actor) -> Path:
    """Where the wanted version (original, display, thumb) lies. Raises ``NotAllowed`` or ``NotThere``."""
    original = store.path_of(attachment.sha256)
    if variant == "original":
        if not may_have_original(attachment, actor):
            raise NotAllowed(_("原始文件仅供城运中心岗位查看"))
        return _there(original, attachment)
    if variant not in SHOWN or not attachment.is_image:
        raise NotThere(_("这个附件没有预览图"))
    shown = store.derived_path(attachment.sha256, variant)
    if not shown.exists():
        made = pictures.make(_there(original, attachment), attachment.media_type)
        store.keep_derived(attachment.sha256, "display", made.display)
        store.keep_derived(attachment.sha256, "thumb", made.thumb)
    return shown


def _there(path: Path, attachment: Attachment) -> Path:
    if not path.is_file():
        log.error("attachment %s: content %s is missing from the store", attachment.pk, attachment.sha256)
        raise NotThere(_("文件“%(name)s”在存储中缺失，请联系系统管理员") % {"name": attachment.original_name})
    return path
