"""Files of a contract: taken in whole, judged by their content, never changed."""

from __future__ import annotations

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from chengyun.budget.contracts.actions.recording import contract_to_edit, write_down
from chengyun.budget.contracts.words import ContractVerb, DocumentKind
from chengyun.budget.models.contracts import ContractDocument
from chengyun.cases.actions.attachments import clean_name
from chengyun.cases.attachments import judge, store
from chengyun.cases.models import StoredFile
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import stop_at, text

MOST_BYTES = judge.LIMITS["document"]
FAMILIES = ("document", "image")


def add_document(
    contract_id: int,
    upload: UploadedFile[bytes],
    *,
    kind: str,
    bill_id: int | None = None,
    actor: Actor,
    now: datetime,
) -> ContractDocument:
    """Keep a PDF, DOCX, XLSX, OFD or photo with the contract, or with one of its bills.

    The content is in the store before any row speaks of it. Raises ``NotAllowed``, ``NotThere`` or ``Invalid``
    (file, kind, bill_id).
    """
    contract = contract_to_edit(contract_id, actor)
    if kind not in set(DocumentKind):
        raise Invalid({"kind": _("请选择文件种类。")})
    if bill_id is not None and not contract.bills.filter(pk=bill_id).exists():
        raise Invalid({"bill_id": _("这份合同没有这张账单。")})
    name = clean_name(upload.name)
    try:
        with store.receiving(upload.chunks(), MOST_BYTES) as incoming:
            judged = judge.judge(incoming.path, name)
            if judged.family not in FAMILIES:
                raise judge.unfit(name, _("不是文件或照片；可传 PDF、DOCX、XLSX、OFD、JPEG、PNG、WebP"))
            if contract.documents.filter(stored_id=incoming.sha256, withdrawn_at=None).exists():
                raise judge.unfit(name, _("与这份合同已有的一个文件内容相同"))
            store.keep(incoming)
    except store.TooLarge as error:
        raise judge.too_large(name, MOST_BYTES) from error
    with writing():
        kept = StoredFile(sha256=incoming.sha256, size=incoming.size, stored_at=now)
        StoredFile.objects.bulk_create([kept], ignore_conflicts=True)
        row = ContractDocument.objects.create(
            contract=contract,
            bill_id=bill_id,
            kind=kind,
            original_name=name,
            media_type=judged.media_type,
            stored_id=incoming.sha256,
            size=incoming.size,
            at=now,
            by_name=actor.name,
        )
        write_down(contract, ContractVerb.ADD_DOCUMENT, actor=actor, now=now, about=name)
    return row


@writing()
def withdraw_document(document_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """Take a file off the contract's list; it and its row stay. Raises ``NotAllowed``, ``NotThere``, ``Invalid``."""
    row = ContractDocument.objects.filter(pk=document_id, withdrawn_at=None).first()
    if row is None:
        raise NotThere(_("没有这个文件，或已撤下。"))
    contract = contract_to_edit(row.contract_id, actor)
    faults: dict[str, str] = {}
    reason = text("reason", reason, 300, faults)
    stop_at(faults)
    ContractDocument.objects.filter(pk=row.pk).update(withdrawn_at=now)
    verb = ContractVerb.WITHDRAW_DOCUMENT
    write_down(contract, verb, actor=actor, now=now, about=row.original_name, reason=reason)
